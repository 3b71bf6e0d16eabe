"""Finding what a query means, a bite at a time, whatever the number of items."""

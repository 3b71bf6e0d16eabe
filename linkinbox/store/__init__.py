"""What is kept: SQLite, its schema, and the only code that speaks SQL."""

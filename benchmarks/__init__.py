"""How fast linkinbox is, beside what else there is: ``python -m benchmarks``."""

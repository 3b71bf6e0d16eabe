"""The forms in which what the store holds leaves it."""

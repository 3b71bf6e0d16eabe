"""Whole screens: each routes its keys to its widgets, and is the only one that speaks with the inbox."""

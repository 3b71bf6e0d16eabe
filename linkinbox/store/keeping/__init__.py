"""Keeping a store whole: backups, restoring one, looking through it, and what to do about damage."""

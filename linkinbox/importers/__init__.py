"""Readers of what LinkedIn gives a member; each yields plain records and knows nothing of the store."""

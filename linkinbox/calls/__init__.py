"""Calls and contacts as files that a calendar or an address book reads."""

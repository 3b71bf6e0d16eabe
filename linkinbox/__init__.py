"""linkinbox: sweep the LinkedIn invitations and messages you exported, by keyboard."""

__version__ = "0.1.0"

"""Sentences and questions that the screen and the plain sweep share: no Textual in here."""

"""The sweep line by line: for screen readers, dumb terminals and pipes. No cursor moves, and no Textual."""

"""Prompts: one line to type in, where the eye is; what was understood is shown live beneath it."""

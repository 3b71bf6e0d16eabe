"""Run linkinbox as ``python -m linkinbox``."""

from linkinbox.cli import main

main()

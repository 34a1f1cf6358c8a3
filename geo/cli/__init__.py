"""The same answers from a terminal: the ``catalyse`` command."""

from geo.cli.main import main

__all__ = ["main"]

"""The same answers from a terminal: the ``catalyse`` command."""

from geo.cli.ending import run

__all__ = ["run"]

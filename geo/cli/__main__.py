"""``python -m geo.cli``: the same as ``catalyse``."""

from geo.cli.ending import run

run()

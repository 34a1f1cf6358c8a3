"""``python -m geo.cli``: the same as ``catalyse``."""

from geo.cli.main import main

main()

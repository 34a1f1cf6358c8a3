"""Build ``data/reference`` from pinned inputs: ``python -m geo.reference.build``."""

import argparse
import logging
import sys
from pathlib import Path

from geo.errors import AtlasError
from geo.reference.build.pipeline import build
from geo.settings import settings

_BAD_INPUT = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the build and say in French how it went; 2 for an input that cannot serve."""
    parser = argparse.ArgumentParser(
        prog="python -m geo.reference.build",
        description="Refait la géographie de référence (data/reference).",
    )
    parser.add_argument(
        "--crte",
        type=Path,
        metavar="FICHIER",
        help="liste officielle des CRTE (CSV de 2022 ou de 2025) ; par défaut, celle du projet",
    )
    parser.add_argument(
        "--contours",
        type=Path,
        metavar="DOSSIER",
        help="dossier qui contient les contours de communes ; par défaut, ils sont téléchargés",
    )
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        build(settings().data, chosen.crte, chosen.contours)
    except AtlasError as fault:
        logging.getLogger(__name__).error("%s", fault)  # noqa: TRY400 - one sentence, no trace
        return _BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())

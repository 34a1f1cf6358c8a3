"""Build ``data/reference`` from pinned inputs: ``python -m geo.reference.build``.

``--crte FILE`` and ``--movements FILE`` take another official list than the one that ships;
``--anct FOLDER`` only rebuilds what ships beside: programmes, grids, indicators; ``--ground
FOLDER`` only the land, rivers and lakes of the map's own ground.
"""

import argparse
import logging
import sys
from pathlib import Path

from geo.errors import AtlasError
from geo.reference.build import pipeline, public_tables, surroundings
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
        "--anct",
        type=Path,
        metavar="DOSSIER",
        help="ne refait que les programmes, les grilles et les indicateurs, depuis ces fichiers",
    )
    parser.add_argument(
        "--ground",
        type=Path,
        metavar="DOSSIER",
        help="ne refait que les terres voisines, cours d’eau et lacs du fond, depuis ces fichiers",
    )
    parser.add_argument(
        "--movements",
        type=Path,
        metavar="FICHIER",
        help="événements des communes depuis 1943 (CSV de l’INSEE) ; par défaut, ceux du projet",
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
        if chosen.anct:
            public_tables.build(settings().data, chosen.anct)
        elif chosen.ground:
            surroundings.build(settings().data, chosen.ground)
        else:
            pipeline.build(settings().data, chosen.crte, chosen.movements, chosen.contours)
    except AtlasError as fault:
        logging.getLogger(__name__).error("%s", fault)  # noqa: TRY400 - one sentence, no trace
        return _BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())

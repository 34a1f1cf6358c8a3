"""Every public page over many made-up actors: what a visit costs, as the base grows.

``python -m bench scale 10000 100000 1000000``; without sizes, 10,000 and 100,000. The actors are
fictitious and their store is thrown away. Each size has a process of its own, in which pages run
by Streamlit's own test runner, without network or browser: seconds are those of the processor.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Final

from bench.measure import Report, Row

SIZES: Final = (10_000, 100_000)
_CHILD: Final = "import sys; from bench.scale_pages import child; child(int(sys.argv[1]))"


def measured(quantity: int) -> list[Row]:
    """Measure one size in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="catalyse-mesure-") as folder:
        environment = {key: value for key, value in os.environ.items() if "CATALYSE_" not in key}
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, str(quantity)],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            env={
                **environment,
                "CATALYSE_STORE": f"{folder}/store",
                "CATALYSE_CACHE": f"{folder}/cache",
            },
        )
    rows: list[Row] = json.loads(done.stdout.splitlines()[-1])
    return [{"acteurs": f"{quantity:,}".replace(",", " "), **row} for row in rows]


def run(*sizes: int) -> Report:
    """Measure each size, the smallest first."""
    rows = [row for size in sorted(sizes or SIZES) for row in measured(size)]
    remarks = [
        "Acteurs fictifs, tirés comme la population, dans une base jetée ensuite.",
        "Secondes de processeur, tous fils compris, par AppTest : ni réseau ni navigateur.",
        "(démarrage) : la première lecture après l’écriture ; les pages sont du suivant.",
        "première : dans une session neuve ; ce que le serveur lit d’avance est lu, rien d’autre.",
        "modifiée : dans une session neuve, après la correction du site d’un catalyseur.",
        "carte : ce que la page envoie et fait chercher pour sa carte, gzip.",
        "peinte : ce que le serveur peint d’abord, gzip.",
        "mémoire : le plus que le processus des pages ait tenu, fichiers projetés compris.",
        "propre : ce qu’il tient seul, la visite finie ; les processus partagent ces fichiers.",
    ]
    return Report("Des pages devant des acteurs fictifs", rows, remarks)

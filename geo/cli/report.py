"""The command ``report``: printed sheets of territories, and the report of the whole country."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from geo.analysis.past.question import PastQuestion
from geo.analysis.report_local import region_members, share_inside
from geo.cli.french import FrenchCommand
from geo.cli.options import filters, read_selection, territory_code, valued
from geo.cli.show import tell
from geo.errors import AtlasError, BadFileError
from geo.files import write_whole
from geo.french import count
from geo.output.caption import FICTIVE_NOTICE, caption
from geo.output.sheet.files import Printer, RenderedSheet, printer
from geo.output.sheet.formats import FORMS
from geo.output.table import write_csv
from geo.query.parameters import COMPARED_DATE, DATE, NEAR, READING
from geo.query.selection import Selection
from geo.reference.kinds import kind_codes
from geo.reference.territory import Territory, code_today

_INDEX: Final = "index.csv"
_HEADER: Final = (
    *("territory_kind", "territory_code", "territory_name"),
    *("commune_count", "communes_in_region", "file"),
)


@click.command(cls=FrenchCommand)
@click.option("--territory", metavar="TYPE:CODE", help="La fiche de ce territoire.")
@click.option("--region", metavar="CODE", help="Les fiches de tous les territoires d’une région.")
@click.option(
    "--kind", metavar="TYPE", default="crte", help="Avec --region : leur type (crte par défaut)."
)
@click.option("--national", "whole", is_flag=True, help="La couverture du pays entier.")
@click.option("--ecosystem", metavar="ID", help="La fiche de cet écosystème.")
@valued(NEAR)
@valued(DATE, default=None)
@valued(COMPARED_DATE, default=None)
@valued(READING)
@filters
@click.option(
    "--format", "form", type=click.Choice([*FORMS]), help="pdf ou html (celui du nom, sinon pdf)."
)
@click.option(
    "-o",
    "path",
    type=Path,
    required=True,
    metavar="CHEMIN",
    help="Fichier à écrire ; avec --region, dossier.",
)
def report(form: str | None, path: Path, **values: Any) -> None:
    """Écrit la fiche A4 d’un territoire, celles d’une région, ou le rapport national.

    Avec --region, un territoire dont une partie seulement est dans la région a aussi sa fiche ;
    index.csv dit combien de ses communes y sont. Les filtres sont ceux de « export ».
    """
    _one_question(values)
    selection = read_selection(values)
    if values["region"]:
        members = region_members(values["region"], _kind(values["kind"]))
        _write_all(
            path, members, values["region"], _Choice(form or "pdf", selection, values["near_km"])
        )
        return
    form = form or _form_of(path)
    press = printer()
    question = PastQuestion(values["date"] or "", values["compared_date"] or "", values["reading"])
    if values["whole"]:
        done = press.national(form, selection)
    elif values["ecosystem"]:
        done = press.ecosystem(values["ecosystem"], form, question)
    else:
        kind, code = territory_code(values["territory"])
        rest = selection, values["near_km"], question
        done = press.territory(kind, code_today(kind, code), form, *rest)
    write_whole(path, done.content)
    tell(f"{path} : {count(len(done.content) // 1000, 'ko', 'ko')}.")
    _say_fiction(done)


@dataclass(frozen=True)
class _Choice:
    """How each sheet of a folder is printed."""

    form: str
    selection: Selection
    near_km: float

    def printed(self, press: Printer, found: Territory) -> RenderedSheet:
        return press.territory(found.kind, found.code, self.form, self.selection, self.near_km)


def _one_question(values: dict[str, Any]) -> None:
    targets = [bool(values[name]) for name in ("territory", "region", "whole", "ecosystem")]
    if sum(targets) != 1:
        raise AtlasError(
            "Donnez une seule option parmi --territory, --region, --ecosystem et --national."
        )
    dated = bool(values["date"] or values["compared_date"])
    if dated and not (values["territory"] or values["ecosystem"]):
        raise AtlasError("Une date se demande pour un seul territoire, ou un seul écosystème.")


def _kind(kind: str) -> str:
    if kind not in (known := kind_codes()):
        raise AtlasError(
            f"Type de territoire inconnu : « {kind[:40]} ». Types possibles : {', '.join(known)}."
        )
    return kind


def _form_of(path: Path) -> str:
    form = path.suffix.removeprefix(".").lower()
    return form if form in FORMS else "pdf"


def _write_all(folder: Path, members: Sequence[Territory], region: str, choice: _Choice) -> None:
    """Write one file each, whole, then the index: a folder without index is not complete."""
    press = printer()
    _make(folder)
    (folder / _INDEX).unlink(missing_ok=True)
    lines: list[list[Any]] = []
    with click.progressbar(members, label="Fiches", file=sys.stderr) as going:
        for found in going:
            done = choice.printed(press, found)
            write_whole(folder / done.name, done.content)
            inside = share_inside(found, region)
            lines.append(
                [found.kind, found.code, found.name, found.commune_count, inside, done.name]
            )
    about = caption(press.directory, choice.selection, f"Fiches des territoires, région {region}")
    index = write_csv(
        [*_HEADER], lines, about.line(len(press.directory.select(choice.selection))), about
    )
    write_whole(folder / _INDEX, index)
    partly = sum(line[3] != line[4] for line in lines)
    extent = (
        f"dont {partly} en partie seulement dans la région" if partly else "toutes dans la région"
    )
    tell(f"{count(len(lines), 'fiche')} et {_INDEX} dans {folder}, {extent}.")
    _say_fiction(done)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadFileError(
            f"Impossible de créer le dossier {folder} : {fault.strerror}. Choisissez un autre nom."
        ) from None


def _say_fiction(done: RenderedSheet) -> None:
    if done.fictive:
        tell(FICTIVE_NOTICE)

"""The command ``import``: read a file, say what it would change, then write one snapshot."""

import sys
from collections import Counter
from pathlib import Path

import click

from geo.cli.declaring import declaring, tell_words
from geo.cli.french import FrenchCommand
from geo.cli.show import show_table, tell, way_back
from geo.directory import contribution
from geo.directory.access import user_of_the_machine
from geo.directory.contribution import Contribution, remembered, to_write
from geo.directory.importing.apart import read_apart
from geo.directory.importing.dry_run import SEVERITIES
from geo.directory.importing.limits import limits_in_force
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.mapping_reasons import reasons
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.remark_groups import grouped
from geo.directory.importing.report import field_label, report_csv, value_text
from geo.directory.importing.table import Table
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import BadFileError
from geo.files import write_whole
from geo.french import count
from geo.settings import settings

_SHOWN = 20
_CELL = 60
_SAID = 100


@click.command("import", cls=FrenchCommand)
@click.argument("path", metavar="FICHIER", type=Path)
@click.option(
    "--mapping",
    "mapping_file",
    type=Path,
    metavar="M.json",
    help="Correspondance des colonnes à suivre ; si le fichier n’existe pas, il est écrit.",
)
@click.option("--sheet", default="", metavar="NOM", help="Feuille ou couche à lire.")
@click.option(
    "--declare",
    "declared",
    multiple=True,
    metavar="CLÉ=VALEUR",
    help="Dit, des lignes qui ne le disent pas, ce qu’elles sont (à répéter) : profil, pratique, "
    "ecosysteme, source, adresse, date, licence ; mots=proposes prend le sens proposé des mots.",
)
@click.option("--dry-run", is_flag=True, help="Vérifie et compare, n’écrit rien dans la base.")
@click.option("--report", type=Path, metavar="R.csv", help="Écrit le rapport, ligne par ligne.")
@click.option("--yes", is_flag=True, help="Enregistre sans demander de confirmation.")
def import_file(  # noqa: PLR0913 - one parameter per option
    path: Path, mapping_file: Path | None, sheet: str, declared: tuple[str, ...],
    report: Path | None, *, dry_run: bool, yes: bool,
) -> None:  # fmt: skip
    """Lit un fichier d’acteurs ou de périmètres, dit ce qu’il change, puis l’enregistre.

    CSV, XLSX, XLS, ODS, GeoJSON, GeoPackage, KML, KMZ, GPX, GML, FlatGeobuf, Parquet, Shapefile
    zippé, exports uMap et GoGoCarto. Rien n’est écrit avant l’accord ; le même fichier importé
    deux fois ne change rien.
    """
    store = open_store()
    table = read_apart(path, limits=limits_in_force(), sheet=sheet)
    mapping = declaring(store, table, _mapping(store, table, mapping_file), declared)
    made = _tried(store, table, mapping)
    if report:
        write_whole(report, report_csv(made.draft.problems, made.plan))
        tell(f"Rapport écrit dans {report}.")
    if dry_run:
        tell("Essai : rien n’a été écrit dans la base.")
    elif not made:
        tell("Rien à changer : la base dit déjà ce que dit ce fichier.")
    elif yes or _agreed():
        changes = to_write(store, made)
        done = submit(changes, made.message, user_of_the_machine(settings()), store)
        tell(f"Import enregistré. {way_back(done.snapshot)}")
    else:
        tell("Rien n’a été écrit. Ajoutez --yes pour enregistrer sans question.")


def _mapping(store: Store, table: Table, path: Path | None) -> Mapping:
    """Follow the mapping of a file; where there is none yet, write the proposed one there."""
    if path is None or not path.exists():
        proposed = propose(table, remembered(store))
        if path is not None:
            write_whole(path, proposed.to_json().encode())
            tell(f"Correspondance proposée écrite dans {path} : modifiez-la au besoin.")
        return proposed
    try:
        mapping = Mapping.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise BadFileError(f"Correspondance {path.name} refusée : elle ne peut être lue.") from None
    if not mapping.fits(table):
        absent = [name for name, _ in mapping.pairs if name not in table.columns]
        raise BadFileError(
            f"Correspondance {path.name} refusée : {table.name} n’a pas de colonne "
            f"« {absent[0][:_CELL]} »."
        )
    return mapping


def _tried(store: Store, table: Table, mapping: Mapping) -> Contribution:
    """Try the import and tell what was recognised, what is doubtful and what would change."""
    for notice in table.notices:
        tell(notice)
    why = reasons(table, mapping)
    rows = [[name, field_label(field), why[name]] for name, field in mapping.pairs]
    left = [[name, "—", ""] for name in mapping.unmapped(table)]
    show_table(["colonne", "champ", "pourquoi"], [*rows, *left])
    tell_words(table, mapping)
    made = _with_bar(store, table, mapping)
    found = Counter(problem.severity for problem in made.draft.problems)
    totals = [f"{name} : {found[name]}" for name in SEVERITIES if found[name]]
    tell(f"Lignes du rapport : {', '.join(totals) or 'aucune'}.")
    groups = [
        [one.severity, str(one.rows), one.message[:_SAID], one.action]
        for one in grouped(made.draft.problems)
    ]
    if groups:
        show_table(["gravité", "nombre", "remarque", "que faire"], groups[:_SHOWN])
    for remark in made.remarks:
        tell(remark)
    changes = [
        [one.record["actor_name"], c.label, value_text(c.old)[:_CELL], value_text(c.new)[:_CELL]]
        for one in made.plan.changed
        for c in one.fields
    ]
    if changes:
        show_table(["fiche", "champ", "avant", "après"], changes[:_SHOWN])
    if (more := len(changes) - _SHOWN) > 0:
        tell(f"Et {count(more, 'autre changement', 'autres changements')}, dans le rapport.")
    tell(made.sentence)
    return made


def _with_bar(store: Store, table: Table, mapping: Mapping) -> Contribution:
    """Try the import, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        return contribution.dry_run(store, table, mapping)
    with click.progressbar(length=100, file=sys.stderr) as bar:

        def moved(done: int, total: int) -> None:
            bar.update(max(0, 100 * done // max(total, 1) - bar.pos))

        return contribution.dry_run(store, table, mapping, progress=moved)


def _agreed() -> bool:
    """Ask on a terminal; nobody there is a no."""
    return sys.stdin.isatty() and click.confirm("Enregistrer ?", err=True)

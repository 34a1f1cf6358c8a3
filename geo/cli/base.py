"""Commands on the base: ``history``, ``revert``, ``backup``, ``restore``, ``export-complete``."""

import os
from datetime import date
from pathlib import Path
from typing import Final

import click

from geo.cli.french import FrenchCommand
from geo.cli.options import COUNTED, output_format
from geo.cli.show import show_json, show_table, tell, way_back
from geo.directory.access import user_of_the_machine
from geo.directory.schema import KINDS
from geo.directory.store import history as journal
from geo.directory.store.backup import backup as write_backup
from geo.directory.store.backup import check
from geo.directory.store.backup import restore as read_backup
from geo.directory.store.open import real_store, store_to_restore
from geo.directory.store.rotation import back_up
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.directory.undoing import published_again, undone
from geo.errors import AtlasError
from geo.files import write_whole
from geo.french import NBSP, count, moment, quoted
from geo.output.full_export import WARNING, complete_zip
from geo.settings import settings

_LAST: Final = 15
_FILE = click.argument("path", metavar="FICHIER", type=Path)


@click.command(cls=FrenchCommand)
@click.argument("snapshot", metavar="[ÉTAT]", type=COUNTED, required=False)
@click.option("--record", metavar="TYPE:ID", help="L’histoire d’une seule fiche : actor:…")
@click.option("--limit", type=COUNTED, default=20, help="Combien d’états (20).")
@output_format("table", "json")
def history(snapshot: int | None, record: str | None, limit: int, form: str) -> None:
    """Dit qui a changé quoi, quand et pourquoi ; champ par champ pour un ÉTAT ou une fiche."""
    store = real_store()
    if record:
        entries = journal.record_history(store, *_record(record))
        _show([_difference(e, d) for e, found in entries for d in found], form)
    elif snapshot:
        one = journal.entry(store, snapshot)
        _show([_difference(one, d) for d in journal.differences(store, snapshot)], form)
    else:
        _show([_entry(one) for one in journal.entries(store, limit)], form)


def _show(rows: list[dict[str, str]], form: str) -> None:
    if form == "json":
        show_json(rows)
    elif rows:
        show_table([*rows[0]], [[*row.values()] for row in rows])
    else:
        tell("Rien dans l’historique.")


def _entry(one: journal.HistoryEntry) -> dict[str, str]:
    touched = [
        count(
            one.touched[kind.name]["put"] + one.touched[kind.name]["drop"], kind.label, kind.plural
        )
        for kind in one.kinds
    ]
    return _who(one) | {"motif": one.message, "fiches": ", ".join(touched)}


def _who(one: journal.HistoryEntry) -> dict[str, str]:
    return {"état": str(one.snapshot), "date": moment(one.written_at), "auteur": one.author}


def _difference(one: journal.HistoryEntry, found: journal.Difference) -> dict[str, str]:
    return _who(one) | {
        "fiche": f"{found.kind.name}:{found.record_id}",
        "champ": found.field.label,
        "avant": found.before,
        "après": found.after,
    }


def _record(text: str) -> tuple[str, str]:
    kind, _, record_id = text.partition(":")
    if kind not in KINDS or not record_id:
        raise AtlasError(
            f"Fiche illisible : « {text[:60]} ». Écrivez TYPE:ID ; types : {', '.join(KINDS)}."
        )
    return kind, record_id


@click.command(cls=FrenchCommand)
@click.argument("snapshot", metavar="ÉTAT", type=COUNTED)
@click.option("--record", metavar="TYPE:ID", help="Seulement cette fiche, non toute la base.")
@click.option("--undo", is_flag=True, help="Défait cet état seul : ce qui est venu après reste.")
def revert(snapshot: int, record: str | None, *, undo: bool) -> None:
    """Remet la base, ou une fiche, dans un ÉTAT passé ; c’est un état de plus."""
    store = real_store()
    if record and undo:
        raise AtlasError(
            "Choisissez --record ou --undo : --undo défait toutes les fiches de l’état."
        )
    if undo:
        changes = undone(store, snapshot)
        message = f"Annulation{NBSP}: {journal.entry(store, snapshot).message}"
        if again := published_again(store, snapshot):
            tell(again)
    elif record:
        changes = journal.record_restored(store, *_record(record), snapshot)
        message = f"Retour de {quoted(_name(store, *_record(record)))} au {_day(store, snapshot)}"
    else:
        changes = journal.everything_restored(store, snapshot)
        message = f"Retour de la base au {_day(store, snapshot)}"
    if not changes:
        tell("Rien à changer : c’est déjà cet état.")
        return
    done = submit(changes, message, user_of_the_machine(settings()), store)
    tell(f"{message} : {count(changes.size(), 'fiche')}. {way_back(done.snapshot)}")


def _day(store: Store, snapshot: int) -> str:
    return moment(journal.entry(store, snapshot).written_at)


def _name(store: Store, kind: str, record_id: str) -> str:
    """Name a record as it is; one that is no more, by its identifier."""
    table = store.read(kind)
    return str(table.loc[record_id, KINDS[kind].title]) if record_id in table.index else record_id


@click.command(cls=FrenchCommand)
@click.argument("path", metavar="[FICHIER]", type=Path, required=False)
def backup(path: Path | None) -> None:
    """Sauvegarde toute la base, son historique et ses contacts, dans un FICHIER.

    Sans FICHIER : la sauvegarde du jour, dans le dossier réglé par CATALYSE_BACKUPS, où les plus
    anciennes laissent leur place. Une base d’une version plus ancienne est sauvegardée telle
    quelle, avant sa mise à niveau.
    """
    if path is None:
        if hasattr(os, "nice"):
            os.nice(_LAST)  # whoever reads a page comes first
        done = back_up(real_store(upgrading=False), date.today())  # noqa: DTZ011 - a day of here
        tell(f"Base sauvegardée dans {done}.")
    else:
        last = write_backup(real_store(upgrading=False), path)
        tell(f"Base sauvegardée dans {path}, jusqu’à son {last}e enregistrement.")
    tell("Ce fichier contient des données personnelles : gardez-le en lieu sûr.")


@click.command("export-complete", cls=FrenchCommand)
@_FILE
@click.option("--reason", required=True, metavar="TEXTE", help="À qui et pourquoi : gardé.")
def export_complete(path: Path, reason: str) -> None:
    """Remet toute la base, contacts en clair compris ; l’historique garde qui et pourquoi."""
    content = complete_zip(real_store(), author=settings().author, reason=reason)
    write_whole(path, content, private=True)
    tell(f"Base complète dans {path} : ce fichier {WARNING}.")


@click.command(cls=FrenchCommand)
@_FILE
def restore(path: Path) -> None:
    """Reprend une sauvegarde : tout l’historique si la base est vide, sinon un état de plus.

    Une base perdue ou abîmée est remplacée ; ce qu’il en reste est mis de côté, rien n’est effacé.
    """
    check(path)
    store = store_to_restore()
    written = read_backup(store, path, author=settings().author)
    done = f"{count(written, 'état')} de la base repris depuis {path.name}."
    tell(done if written else "Rien à changer.")

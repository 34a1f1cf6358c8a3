"""The ``check`` command: is the base whole, from end to end."""

import click

from geo.cli.french import FrenchCommand
from geo.cli.show import tell
from geo.directory.store.checking import ASIDE, faults, orphans, set_orphans_aside
from geo.directory.store.open import real_store
from geo.directory.store.rotation import backup_faults
from geo.errors import AtlasError
from geo.french import NBSP, count
from geo.settings import settings

_AT_FAULT = 1


@click.command(cls=FrenchCommand)
@click.option("--clean", is_flag=True, help="Met de côté les fichiers dont aucun état n’a besoin.")
def check(*, clean: bool) -> int:
    """Vérifie la base de bout en bout : catalogue, fichiers, fiches, historique, clés, sauvegardes.

    Une ligne par défaut sur la sortie standard ; code de sortie 0 si tout est là, 1 sinon.
    """
    found = 0
    try:
        store = real_store(upgrading=False)
        if store.read_only:
            tell(store.read_only)
        for line in faults(store):
            click.echo(line)
            found += 1
        left = set_orphans_aside(store) if clean else orphans(store)
    except AtlasError as fault:
        click.echo(str(fault))
        return _AT_FAULT
    if left:
        done = f"mis de côté dans « {ASIDE} »" if clean else "« --clean » les met de côté"
        tell(f"{count(len(left), 'fichier')} dont aucun état n’a besoin{NBSP}: {done}.")
    for line in backup_faults():
        click.echo(line)
        found += 1
    if not found:
        where = f"{settings().store}{' et ' * bool(settings().files)}{settings().files}"
        tell(f"La base est entière ({store.origin}), dans {where}.")
    return _AT_FAULT if found else 0

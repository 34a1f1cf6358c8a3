"""Say why a column was matched with a field: its name, its title once read, or its cells."""

from geo.directory.importing.column_titles import SMALL, readings, shared_prefix, title_words
from geo.directory.importing.fields import BY_NAME, names_of, plain
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.table import Table
from geo.french import quoted, typeset


def reasons(table: Table, mapping: Mapping) -> dict[str, str]:
    """Explain in French each column that feeds a field, by its title."""
    prefix = shared_prefix(table.columns)
    return {column: _reason(column, field, mapping, prefix) for column, field in mapping.pairs}


def _reason(column: str, field: str, mapping: Mapping, prefix: str) -> str:
    if mapping.preset:
        return "format reconnu"
    names = names_of(BY_NAME[field])
    if plain(column) in names:
        return "nom connu"
    words = {*title_words(column)} - SMALL
    inside = [alias for alias in names if {*alias.split()} - SMALL <= words]
    if inside:
        return typeset(f"titre qui dit {quoted(max(inside, key=len))}")
    return "titre compris" if field in readings(column, prefix) else "contenu des cellules"

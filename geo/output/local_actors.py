"""The local actors of a territory by practice: no catalysts, and who says what they do."""

import pandas as pd

from geo.analysis.territory import Sheet
from geo.dates import in_words
from geo.french import count, quoted, typeset
from geo.vocabulary import label

_SHOWN = 3


def local_sentences(sheet: Sheet) -> list[str]:
    """Return one French sentence a practice that local actors have, none without any.

    Each counts actors of today's communes of the territory, under the filters of the sheet, and
    names where they come from with the dates of these sources.
    """
    filtered = "" if sheet.selection.is_empty() else f" ({sheet.selection.in_words()})"
    return [
        typeset(f"{_local_sentence(code, rows, sheet)}{filtered}, d’après {_sources(rows)}.")
        for code, rows in sheet.local.items()
    ]


def _local_sentence(code: str, rows: pd.DataFrame, sheet: Sheet) -> str:
    counted = count(len(rows), "acteur local", "acteurs locaux")
    name = label("practice", code)
    if code in sheet.missing_practices:
        return f"{name} : aucun catalyseur connu, mais {counted}"
    return f"{name} : aussi {counted}, en plus des catalyseurs"


def _sources(rows: pd.DataFrame) -> str:
    found = rows.groupby(["source_title", "source_date"]).size().sort_values(ascending=False)
    parts = [
        quoted(str(title)) + (f" ({in_words(str(date))})" if date else " (sans date)")
        for title, date in found.index[:_SHOWN]
    ]
    more = f" et {count(len(found) - _SHOWN, 'autre source')}" if len(found) > _SHOWN else ""
    return f"{', '.join(parts)}{more}"

"""What every record a territory keeps must respect; all its faults at once, in French."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from secrets import token_hex
from typing import Any, Final

from geo import vocabulary
from geo.dates import span
from geo.directory.catalysts import web_link
from geo.directory.schema import TEXT, TEXTS, Field, RecordKind
from geo.errors import BadRecordError
from geo.french import CONTROLS
from geo.reference.gazetteer.spelling import fold_lines

Values = Mapping[str, Any]

LONGEST: Final = 300
LONGEST_NOTE: Final = 20_000
_SLUG: Final = 40
_INSIDE: Final = rf"(?![\t\n\r]){CONTROLS}"
"""What no text holds: long ones keep their lines."""
_SEEN: Final = "LNPS"
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""


def new_id(kind: str, name: str) -> str:
    """Make an id that says its record's name and that nobody else takes."""
    words = fold_lines(name).decode().split()
    return "-".join([kind, *"-".join(words)[:_SLUG].strip("-").split(), token_hex(4)])


def completed(kind: RecordKind, values: Values) -> dict[str, Any]:
    """Return a whole record: fields of the kind only, texts trimmed, lists without repeats."""
    record = kind.blank()
    for field in kind.fields:
        if field.name in values and values[field.name] is not None:
            record[field.name] = _tidy(field, values[field.name])
    record["status"] = record["status"] or "publiee"
    return record


def _tidy(field: Field, value: Any) -> Any:
    if field.type == TEXT:
        text = re.sub(_INSIDE, " ", str(value)).strip()
        return text if field.long else re.sub(CONTROLS, " ", text).strip()
    if field.type == TEXTS and field.name != "member_roles":
        return [*dict.fromkeys(str(one).strip() for one in value if str(one).strip())]
    return [str(one).strip() for one in value] if field.type == TEXTS else value


def faults_of(kind: RecordKind, record: Values) -> list[str]:
    """List what no record of any kind may hold."""
    found = [] if _is_seen(record[kind.title]) else [f"donnez un nom à {_this(kind)}"]
    for field in kind.fields:
        found += _outside(field, record[field.name])
        found += _bad_date(field, record[field.name])
        found += _too_long(field, record[field.name])
    if record["source_url"] and not web_link(record["source_url"]):
        found.append("l’adresse de la source doit commencer par http:// ou https://")
    return found


def _is_seen(text: str) -> bool:
    """Return whether a reader sees a name: one of zero width would be a link that nobody finds."""
    return any(unicodedata.category(c)[0] in _SEEN and c not in _BLANKS for c in text)


def _this(kind: RecordKind) -> str:
    return f"l’{kind.label}" if kind.label[0] in "aeiouyéè" else f"le {kind.label}"


def _outside(field: Field, value: Any) -> list[str]:
    if not field.vocabulary:
        return []
    wanted = [value] if isinstance(value, str) else value
    known = vocabulary.vocabularies()[field.vocabulary].ids()
    bad = [one for one in wanted if one and one not in known]
    quoted_terms = ", ".join(f"« {one[:60]} »" for one in bad)
    return [f"{field.label} : {quoted_terms} n’est pas dans la liste"] if bad else []


def _bad_date(field: Field, value: Any) -> list[str]:
    if not field.date or not value or span(value):
        return []
    quoted_date = f"« {value[:40]} »"
    return [f"{field.label} : {quoted_date} n’est pas une date (JJ/MM/AAAA, MM/AAAA ou AAAA)"]


def _too_long(field: Field, value: Any) -> list[str]:
    most = LONGEST_NOTE if field.long else LONGEST
    if field.type != TEXT or field.name == "geojson" or len(value) <= most:
        return []
    return [f"{field.label} : {len(value)} caractères, {most} au plus"]


def strangers(label: str, wanted: Iterable[str], known: Collection[str]) -> list[str]:
    """Name the ids that no record has."""
    bad = [one for one in wanted if one and one not in known]
    quoted_ids = ", ".join(f"« {one[:60]} »" for one in bad)
    return [f"{label} : {quoted_ids} n’existe pas ou plus"] if bad else []


def accepted(kind: RecordKind, record: dict[str, Any], faults: list[str]) -> dict[str, Any]:
    """Return the record back, or refuse it with every fault in one sentence.

    Raises
    ------
    BadRecordError
        There is at least one fault.
    """
    if faults:
        name = f" « {record[kind.title][:60]} »" if record[kind.title] else ""
        raise BadRecordError(f"Rien n’est enregistré ({kind.label}{name}) : {' ; '.join(faults)}.")
    return record

"""The option ``--declare`` of ``import``: what is said of every row of a file, key by key."""

from dataclasses import replace
from typing import Any, Final

from geo.cli.show import show_table, tell
from geo.directory.importing.declaration import Declaration
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.report import field_label
from geo.directory.importing.table import Table
from geo.directory.importing.terms import codes, term
from geo.directory.importing.unknown_terms import accepted, unknown_terms
from geo.directory.store.store import Store
from geo.errors import BadParameterError
from geo.french import quoted, typeset
from geo.reference.gazetteer.spelling import fold

_SHOWN: Final = 20
_OPTION: Final = "--declare"
_WORDS: Final = "mots"
_TEXTS: Final = {
    "source": "source_title",
    "adresse": "source_url",
    "date": "source_date",
    "licence": "licence",
}


def declaring(store: Store, table: Table, mapping: Mapping, declared: tuple[str, ...]) -> Mapping:
    """Return the mapping with what the options say of every row; without option, as it is.

    Raises
    ------
    BadParameterError
        A key is unknown, or its value is none: one French sentence.
    """
    about, words = mapping.about, False
    for part in declared:
        key, _, value = part.partition("=")
        key, value = key.strip().lower(), value.strip()
        words = words or (key == _WORDS)
        about = _declare(store, about, key, value, first=about.practices == mapping.about.practices)
    mapping = replace(mapping, about=about.checked())
    return accepted(table, mapping) if words else mapping


def _declare(store: Store, about: Declaration, key: str, value: str, *, first: bool) -> Declaration:
    """Say one thing of every row; the first practice given replaces those remembered."""
    match key:
        case "profil":
            return replace(about, profile=_code("profile", value))
        case "pratique":
            before = () if first else about.practices
            code = _code("practices", value)
            return replace(about, practices=tuple(dict.fromkeys((*before, code))))
        case "ecosysteme":
            return replace(about, ecosystem_id=_ecosystem(store, value))
        case _ if key in _TEXTS:
            fields: Any = {_TEXTS[key]: value}
            return replace(about, **fields)
        case _ if key == _WORDS and value == "proposes":
            return about
    known = ", ".join(["profil", "pratique", "ecosysteme", *_TEXTS, f"{_WORDS}=proposes"])
    raise _refused(f"{quoted(key[:60])} inconnu. Possibles : {known}.")


def _code(field: str, value: str) -> str:
    if not value:
        return ""
    if code := term(field, value):
        return code
    known = ", ".join(codes(field))
    label = field_label(field)
    raise _refused(f"{label} {quoted(value[:60])} inconnu. Connus : {known}.")


def _ecosystem(store: Store, value: str) -> str:
    """Return the ecosystem of that id or that name."""
    ecosystems = store.read("ecosystem")
    if not value or value in ecosystems.index:
        return value
    named = [
        str(i) for i, name in ecosystems["ecosystem_name"].items() if fold(name) == fold(value)
    ]
    if len(named) == 1:
        return named[0]
    raise _refused(f"aucun écosystème ne s’appelle {quoted(value[:60])}.")


def _refused(why: str) -> BadParameterError:
    return BadParameterError(typeset(f"{_OPTION} : {why}"), _OPTION)


def tell_words(table: Table, mapping: Mapping) -> None:
    """Show what is said of every row, then the words of types and what each means, or may mean."""
    if summary := _of_all(mapping.about):
        tell(typeset(f"Dit des lignes qui ne le disent pas : {summary}."))
    found = unknown_terms(table, mapping)
    rows = [
        [
            one.column,
            one.word,
            str(one.rows),
            _meaning(one.target, one.guess, is_confirmed=one.is_confirmed),
        ]
        for one in found[:_SHOWN]
    ]
    if rows:
        show_table(["colonne", "mot", "lignes", "veut dire"], rows)
    if any(one.guess and not one.is_confirmed for one in found):
        tell(typeset("Les sens proposés ne sont pas repris ; --declare mots=proposes les prend."))


def _of_all(about: Declaration) -> str:
    parts = [
        *(codes("profile")[code] for code in about.codes("profile")),
        *(codes("practices")[code] for code in about.codes("practices")),
        about.source("") if about.source_title or about.licence else "",
        *(about.source_url, about.source_date),
        f"écosystème {about.ecosystem_id}" if about.ecosystem_id else "",
    ]
    return ", ".join(part.strip() for part in parts if part)


def _meaning(field: str, code: str, *, is_confirmed: bool) -> str:
    if not code:
        return "—"
    text = f"{field_label(field)} : {codes(field)[code]}"
    return typeset(text if is_confirmed else f"{text} (proposé)")

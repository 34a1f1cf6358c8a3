"""Read CSV: its encoding and its separator are recognised, its cells kept as they are."""

import codecs
import html
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from geo.directory.importing.errors import bad_file
from geo.directory.importing.fields import TARGETS, names_of, plain
from geo.directory.importing.header_row import is_title, table_of
from geo.directory.importing.limits import Limits
from geo.directory.importing.quoting import quoted_rows
from geo.directory.importing.table import Table
from geo.errors import BadFileError
from geo.french import typeset

_SEPARATORS: Final = (";", ",", "\t", "|")
_NAMES: Final = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 avec marque d’ordre",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 sans marque d’ordre",
    "utf-16-be": "UTF-16 sans marque d’ordre",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "iso8859_15": "ISO 8859-15",
    "cp850": "DOS (page 850)",
    "mac_roman": "Mac (MacRoman)",
}
_OF_ONE_BYTE: Final = ("cp1252", "iso8859_15", "mac_roman", "cp850")
# An accented letter of French in a word: alone, a byte may be any sign of the other encoding.
# « œ » begins few words and ends none: another encoding has « ½ » there. A small letter is not amid
# large ones: « HŒDIC » is « HîDIC » in another encoding.
_ACCENTED: Final = re.compile(
    "(?<=[A-Za-z])[éèêëàâçîïôùû](?![A-Z])|[éèêëàâçîïôùûÉ](?=[a-z])"
    "|(?<=[A-Z])[ÀÂÇÈÉÊËÎÏÔÙÛŒ]|[ÀÂÇÈÉÊËÎÏÔÙÛŒ](?=[A-Z])"
    "|(?<=[A-Za-z])œ(?=[a-z])|œ(?=[udsn][a-z]{2})|(?<=[0-9])[ \xa0]?€"
)
_CONTROLS: Final = re.compile("[\x80-\x9f]")  # signs of Windows-1252, nothing in ISO 8859
_SAMPLE: Final = 100
_HEAD: Final = 4096
_HALF: Final = 0.5
_FEW: Final = 0.1
_NONE: Final = "\x1f"  # A separator that no text holds.
_SPACED: Final = 0.9
_SENTENCE: Final = re.compile(r"[.!?…]$|^(?:\S+\s+){7}.*, [a-zà-ÿ]")
# What begins a line of SQL, of YAML, of settings, of a log, of code, of an address book.
_CODE: Final = re.compile(
    r"^(?:(?:insert into|create table|drop table|select|copy) |--|---\s*$|%|[#/]|\w[\w-]*:\s|"
    r"\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|begin:v|(?:import|from|def|class) \w)",
    re.IGNORECASE | re.MULTILINE,
)
# A letter, an apostrophe or « & »; not what would open a tag or a quote.
_ENTITY: Final = re.compile(
    r"&(?:[A-Za-z](?:acute|grave|circ|uml|cedil|tilde);|(?:amp|nbsp|oelig|OElig|aelig|rsquo|lsquo|"
    r"laquo|raquo|hellip|ndash|mdash|euro|apos|deg);|#0?39;|#x27;|#8217;|#(?:1[6-9]\d|2[0-5]\d);)"
)
_OURS: Final = re.compile(r"\b(?:actor|catalyst)_id\b")
_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32",
                 codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
                 codecs.BOM_UTF16_BE: "utf-16"}  # fmt: skip


def read_csv(data: bytes, name: str, limits: Limits) -> Table:
    """Read a CSV file whole.

    Raises
    ------
    BadFileError
        It is no text, or no table.
    """
    encoding, text = decoded(data, name)
    text, entities = _whole_letters(text)
    first, _, rest = text.partition("\n")
    first_line = first.strip().lower()
    if first_line.startswith("sep=") and first_line[4:] in _SEPARATORS:  # a line of Excel's own
        separator, text = first_line[4:], "\n" + rest
    else:
        separator = _separator(text)
    rows, unclosed = quoted_rows(text, separator, name)
    table = table_of(name, rows, limits)
    if _names_alone(text, table):
        separator, (rows, unclosed) = _NONE, quoted_rows(text, _NONE, name)
        table = table_of(name, rows, limits)
    _check_table(table, text, separator)
    table = replace(table, format="csv", encoding=encoding, separator=separator.strip(_NONE))
    how = f"séparateur : {_NAMES[separator]}" if separator in _NAMES else "une seule colonne"
    sentence = f"CSV, encodage {_ENCODINGS[encoding]}, {how}."
    return table.noting(typeset(sentence), *entities, *unclosed)


def _whole_letters(text: str) -> tuple[str, tuple[str, ...]]:
    """Put right the letters that a web page wrote as « &eacute; », whose semicolon cuts cells.

    What we wrote is whole: it says what a person typed.
    """
    if _OURS.search(text[:_HEAD]):
        return text, ()
    whole, times = _ENTITY.subn(lambda found: html.unescape(found[0]), text)
    remark = f"Lettres écrites comme dans une page web (« &amp;eacute; ») : lues, {times} fois."
    return whole, (typeset(remark.replace("&amp;", "&")),) if times else ()


def _names_alone(text: str, table: Table) -> bool:
    """Tell a list of names: one known title stands first, alone, and no other line is of titles.

    The commas of its names part nothing.
    """
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    alone = is_title(first.strip('"')) and not any(mark in first for mark in _SEPARATORS)
    return alone and len(table.columns) > 1 and not any(map(is_title, table.columns))


def _is_prose(table: Table, text: str, separator: str) -> bool:
    """Tell sentences, cut at their commas, from the lines of a table."""
    commas = text.count(",")
    if separator != "," or text.count(", ") < _SPACED * commas:
        return False
    if all(map(is_title, table.columns)):
        return False
    lines = [line.strip() for line in text.splitlines()[:_SAMPLE] if line.strip()]
    return sum(map(bool, map(_SENTENCE.search, lines))) >= _HALF * len(lines)


def _check_table(table: Table, text: str, separator: str) -> None:
    """Refuse a text that is no table: prose, code, a log, settings.

    One column is a list of names when its title says so; several are a table when a title is
    known, or when most lines are cut alike.
    """
    why = "ce texte n’est pas un tableau, ou ses colonnes n’ont pas de titre connu"
    remedy = "enregistrez-le en CSV ou XLSX, avec une ligne de titres (Nom, Commune…)"
    if _is_prose(table, text, separator):
        raise bad_file(table.name, why, remedy)
    titles = {plain(column) for column in table.columns}
    if any(titles & {*names_of(target)} for target in TARGETS):
        return
    if (
        len(table.columns) == 1
        or _CODE.search(text[:_HEAD])
        or _regularity(text, separator) < _HALF
    ):
        raise bad_file(table.name, why, remedy)


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Turn bytes into text: by their mark, else UTF-8, else what makes French letters of them.

    Raises
    ------
    BadFileError
        No encoding makes a text of them.
    """
    marked = next((code for mark, code in _MARKS.items() if data.startswith(mark)), "")
    marked = marked or _unmarked(data)
    for encoding in (marked,) if marked else _likely(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding, text
    remedy = "enregistrez-le au format CSV UTF-8, XLSX, ODS ou GeoJSON"
    raise bad_file(name, "ce n’est pas un fichier de texte ni un format reconnu", remedy)


def _unmarked(data: bytes) -> str:
    """Tell UTF-16 without a mark: every other byte of its western letters is a zero."""
    head = data[:_HEAD]
    half = max(1, len(head) // 2)
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < _HALF * half or min(even, odd) > _FEW * half:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _likely(data: bytes) -> Iterator[str]:
    """Give UTF-8, then, to who asks on, the encodings of one byte: the whole text rates them."""
    yield "utf-8"
    yield from sorted(_OF_ONE_BYTE, key=_letters(data))


def _letters(data: bytes) -> Callable[[str], int]:
    """Rate an encoding by the accented letters of French that it finds in words, the most first."""
    lines = b"\n".join(line for line in data.split(b"\n") if not line.isascii())

    def rate(encoding: str) -> int:
        text = lines.decode(encoding, "replace")
        return len(_CONTROLS.findall(text)) - len(_ACCENTED.findall(text))

    return rate


def _separator(text: str) -> str:
    """Choose the separator that cuts the most lines in the same number of cells."""
    return max(_SEPARATORS, key=lambda mark: _regularity(text, mark))


def _regularity(text: str, separator: str) -> float:
    head = "".join(islice(io.StringIO(text, newline=""), _SAMPLE))
    try:
        rows, _ = quoted_rows(head, separator, "")
    except BadFileError:
        return 0.0
    widths = Counter(len(row) for row in rows if row)
    wide = {width: times for width, times in widths.items() if width > 1}
    if not wide:
        return 0.0
    width, times = max(wide.items(), key=lambda item: (item[1], item[0]))
    return times / widths.total() + width / 1000

"""A territory as an address names it, read and written in one place."""

import re
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.origin import parse_origin, territory_origin
from geo.query.parameters import TERRITORY
from geo.reference.gazetteer import by_code
from geo.reference.place import Place
from geo.reference.territory import territory

ROOT: Final = Path(__file__).resolve().parents[2]
# Other codes with a colon: a record’s, an identifier elsewhere, an address’s, a whole column.
OTHER_COLONS: Final = {
    "geo/cli/base.py",
    "geo/directory/actors.py",
    "geo/directory/duplicates/candidates.py",
    "geo/directory/ecosystems/maturity.py",
    "geo/directory/importing/hyperlinks.py",
    "geo/directory/importing/links.py",
    "geo/reference/place.py",
    "pages/sections/etre_mis_en_lien/confirmation.py",
    "pages/sections/historique/history.py",
}
_BY_HAND: Final = re.compile(r"""(partition|split)\(":"|kind\}:\{""")


@given(st.text().filter(lambda text: ":" not in text), st.text())
def test_what_is_written_is_read_back(kind: str, code: str) -> None:
    assert Place.parse(str(Place(kind, code))) == (kind, code)


def test_a_missing_part_is_empty() -> None:
    assert Place.parse("epci") == ("epci", "")
    assert Place.parse(":94") == ("", "94")


def test_every_door_gives_the_same_value() -> None:
    place = Place("ept", "200057941")
    assert TERRITORY.read([str(place)], "territoire", offered=True) == place
    assert territory(*place).place == place
    assert by_code(*place).place == place
    assert territory_origin(*place).territory == place
    assert parse_origin(str(place)).to_url() == str(place)


def by_hand(root: Path) -> list[str]:
    """Name the files that take such a text apart, or put it together, themselves."""
    files = [path for folder in ("geo", "pages") for path in sorted((root / folder).rglob("*.py"))]
    found = [p.relative_to(root).as_posix() for p in files if _BY_HAND.search(p.read_text("utf-8"))]
    return [name for name in found if name not in OTHER_COLONS]


def test_nobody_takes_it_apart_by_hand() -> None:
    assert by_hand(ROOT) == []


def test_the_guard_refuses_both_ways(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name, text in (("a", 'kind, _, code = text.partition(":")'), ("b", 'f"{kind}:{code}"')):
        (tmp_path / "pages" / f"{name}.py").write_text(text, encoding="utf-8")
    assert by_hand(tmp_path) == ["pages/a.py", "pages/b.py"]

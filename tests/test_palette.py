"""One palette: every colour is said in ``web/palette.toml`` and named everywhere else."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

from geo.output.webfiles import asset
from geo.palette import colour, coloured, colours
from geo.templates import render, web_text

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = ("geo", "pages", "bench", "web", "data", ".streamlit")
SUFFIXES: Final = {".py", ".css", ".js", ".html", ".typ", ".svg", ".toml"}
# Where a colour may be written, and why.
ELSEWHERE: Final = {
    "web/palette.toml",  # the palette
    "web/images/favicon.svg",  # images stand alone: their colours are those of the palette
    "web/images/logo.svg",
    ".streamlit/config.toml",  # Streamlit reads it by itself: so are its colours
    "data/vocabulary.toml",  # the seventeen colours of the United Nations
}
_LITERAL: Final = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_SHADOW: Final = re.compile(r"rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)")
_USED: Final = re.compile(r"""var\(--([a-z0-9-]+)\)|colour\(["']([a-z0-9-]+)|colours\.(\w+)""")
BLACK_AND_WHITE: Final = {"#fff", "#ffffff", "#000", "#000000"}
THEME: Final = {
    "primaryColor": "petrol",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "sand",
    "textColor": "ink",
    "linkColor": "petrol",
    "borderColor": "edge",
    "redColor": "red",
    "orangeColor": "orange",
    "greenColor": "green",
    "blueColor": "blue",
}


def texts(root: Path) -> dict[str, str]:
    paths = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*"))]
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.suffix in SUFFIXES and path.is_file()
    }


def literals(text: str) -> set[str]:
    return {found.lower() for found in _LITERAL.findall(text)} - BLACK_AND_WHITE


def strays(root: Path) -> list[str]:
    """List the colours that are written where they should be named."""
    return [
        f"{name}: {written}"
        for name, text in texts(root).items()
        if name not in ELSEWHERE
        for written in sorted(literals(text))
    ]


def test_no_colour_is_written_outside_the_palette() -> None:
    assert strays(ROOT) == []
    assert all((ROOT / name).is_file() for name in ELSEWHERE)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("web/styles/a.css", "a { color: #0B5561; }"),
        ("geo/output/a.py", 'INK = "#1c2b2d"'),
        ("web/scripts/a.js", "const INK = '#123';"),
    ],
)
def test_the_guard_refuses_a_colour(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text + " b { color: #fff; }", encoding="utf-8")
    assert len(strays(tmp_path)) == 1


def test_what_writes_its_own_colours_takes_them_from_the_palette() -> None:
    known = set(colours().values())
    found = texts(ROOT)
    for name in ("web/images/favicon.svg", "web/images/logo.svg", ".streamlit/config.toml"):
        assert literals(found[name]), name
        assert literals(found[name]) <= known, name
    theme = tomllib.loads(found[".streamlit/config.toml"])["theme"]
    said = {key: value for key, value in theme.items() if key.endswith("Color")}
    assert said == {key: colour(name) for key, name in THEME.items()}


def test_a_shadow_is_a_colour_of_the_palette_too() -> None:
    web = "".join(text for name, text in texts(ROOT).items() if name.startswith("web/"))
    found = {"#" + "".join(f"{int(one):02x}" for one in rgb) for rgb in _SHADOW.findall(web)}
    assert found
    assert found - {"#000000", "#ffffff"} <= set(colours().values())


def test_every_colour_has_one_name_and_is_used() -> None:
    assert len(set(colours().values())) == len(colours())
    assert all(literals(value) == {value} for value in colours().values())
    found = texts(ROOT)
    used = {name for text in found.values() for names in _USED.findall(text) for name in names}
    used |= {f"shade-{step}" for step in range(1, 7)}
    used |= set(re.findall(r'fill = "([a-z0-9-]+)"', found["data/vocabulary.toml"]))
    images = {*literals(found["web/images/logo.svg"]), *literals(found[".streamlit/config.toml"])}
    used |= {name for name, value in colours().items() if value in images}
    assert [name for name in colours() if name not in used] == []


def test_what_is_sent_has_its_colours() -> None:
    for name in ("page.css", "map.css", "map.js", "basemap.js", "page.js"):
        assert not set(re.findall(r"var\(--([a-z0-9-]+)\)", asset(name).content.decode())), name
    assert colour("petrol") in asset("page.css").content.decode()
    assert colour("shade-5") in asset("map.js").content.decode()
    assert f"color: {colour('api-link')}" in render("api.css")
    assert colour("alone-coast") in web_text("standalone.js")


def test_a_variable_that_is_not_ours_stays() -> None:
    assert coloured("var(--st-font, serif) var(--rien)") == "var(--st-font, serif) var(--rien)"
    with pytest.raises(KeyError):
        colour("rien")

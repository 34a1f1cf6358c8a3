"""A map as an image: the rows of its page, words that say what it is, pixels with no browser."""

import re
import struct
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from geo.analysis.ecosystem import ecosystem
from geo.analysis.nearest import Search, nearest
from geo.analysis.network import members_of
from geo.analysis.origin import parse_origin
from geo.dates import in_words
from geo.directory.directory import directory
from geo.directory.ecosystems import EXAMPLE_ID
from geo.directory.reading import readable_book
from geo.directory.store.network import NETWORK
from geo.directory.store.open import open_store
from geo.errors import AtlasError
from geo.output.images.build import image_of
from geo.output.images.files import image_file
from geo.output.images.fonts import fonts
from geo.output.images.layout import LETTER, Layout
from geo.output.images.model import SIZES
from geo.output.images.svg import drawn_boxes, whole_view
from geo.output.maps.actors import located_only
from geo.output.maps.arcs import alliance_arcs
from geo.output.maps.outlines import outline_codes
from geo.output.maps.territories import LEFT_OUT
from geo.output.svg_maps.labels import Lettering, meet, names
from geo.output.svg_maps.view import view_of
from geo.palette import colour
from geo.query.selection import Selection
from geo.reference.sources import attribution
from geo.templates import WEB
from geo.vocabulary import label

_SVG = "{http://www.w3.org/2000/svg}"


def words(drawn: bytes) -> str:
    tree = ET.fromstring(drawn)  # noqa: S314 - our own
    return " ".join("".join(one.itertext()) for one in tree.iter(f"{_SVG}text"))


@pytest.mark.parametrize("size", list(SIZES))
def test_it_has_the_size_that_is_asked_for_in_pixels(size: str) -> None:
    image, asked = image_of("territoire", {"territoire": ["departement:94"], "taille": [size]})
    assert asked == size
    pixels = struct.unpack(">II", image_file(image, "png", size)[16:24])
    assert pixels == (SIZES[size].width, SIZES[size].height)


def test_it_shows_the_nearest_of_its_page_by_rank() -> None:
    given = {"lieu": ["commune:94018"], "nombre": ["5"], "pratique": ["accompagnements"]}
    image, size = image_of("trouver", given)
    kept = Selection(practices=("accompagnements",))
    found = nearest(directory(), parse_origin("commune:94018"), kept, Search(count=5))
    assert [*image.rows.index] == [*found.ranked.index]
    drawn = image_file(image, "svg", size)
    assert drawn.count(b'<g class="rang"') == len(found.ranked)
    said = words(drawn).replace("\u00a0", " ")
    for text in ("Charenton-le-Pont", "Accompagnements", "km", "N", "Sources"):
        assert text in said
    assert attribution()[:20].replace("\u00a0", " ") in said


def test_every_territory_has_the_colour_of_its_class_or_says_it_has_no_data() -> None:
    image, size = image_of("carte", {"contours": ["region"], "indicateur": ["nombre"]})
    drawn = image_file(image, "svg", size)
    counts = [int(one) for one in re.findall(r"\((\d+)\)</text>", drawn.decode())]
    assert sum(counts) == len(outline_codes("region"))


def test_what_is_not_drawn_is_counted() -> None:
    image, size = image_of("carte", {})
    frame = directory().frame
    left = int(frame["longitude"].isna().sum())
    far = int((frame["longitude"].abs() > 20).sum())  # outre-mer
    said = words(image_file(image, "svg", size)).replace("\u00a0", " ")
    drawn = f"{len(frame) - left - far} catalyseurs sur la carte"
    assert f"{drawn}, {far} hors du cadre, {left} sans point" in said


def test_a_territory_shows_its_communes_and_says_when_nobody_is_in_the_frame() -> None:
    image, size = image_of("territoire", {"territoire": ["crte:crte-84-07-3"]})
    said = words(image_file(image, "svg", size)).replace("\u00a0", " ")
    assert "Aucun catalyseur sur la carte" in said
    assert "Pratique" not in said  # a legend of nothing
    assert "Son périmètre Communes urbaines (INSEE)" in said
    for commune in ("Annonay", "Davézieux", "Satillieu", "Quintenas"):
        assert commune in said
    drawn = image_file(image, "svg", size).decode()
    assert drawn.count(f'stroke="{colour("commune-edge")}"') == 1


def test_it_says_the_day_and_not_the_number_of_a_state() -> None:
    image, size = image_of("trouver", {})
    said = words(image_file(image, "svg", size)).replace("\u00a0", " ")
    assert "état n°" in image.caption.catalysts_from.replace("\u00a0", " ")
    assert "état n°" not in said
    assert f"base de Catalyse au {in_words(image.caption.date)}".replace("\u00a0", " ") in said


MAPS = (
    ("trouver", {"lieu": ["commune:94018"]}),
    ("trouver", {"lieu": ["commune:97411"]}),
    ("trouver", {"lieu": ["commune:48095"]}),
    ("carte", {"contours": ["region"], "indicateur": ["nombre"]}),
    ("territoire", {"territoire": ["region:84"]}),
    ("territoire", {"territoire": ["departement:94"]}),
    ("alliances", {}),
    ("ecosysteme", {"ecosysteme": [EXAMPLE_ID]}),
    ("couverture", {"contours": ["region"]}),
)


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize(("page", "given"), MAPS)
def test_no_mark_is_cut_by_an_edge_in_any_size(
    page: str, given: dict[str, list[str]], size: str
) -> None:
    image, _ = image_of(page, given)
    at = Layout(SIZES[size])
    view = whole_view(image, at)
    for west, north, east, south in drawn_boxes(image, view, at):
        assert min(west, north) >= 0
        assert east <= view.width
        assert south <= view.height


def test_lines_of_an_image_end_in_it_however_long() -> None:
    at = Layout(SIZES["publication"])
    room = at.size.width - 2 * at.edge
    for words in ("Court", "Un titre " * 12, "Des filtres " * 60):
        text, size = at.fitted(words.strip(), 1.9 * at.text)
        assert len(text) * size * LETTER <= room + size
    assert at.fitted("Court", 20.0) == ("Court", 20.0)


def test_an_image_is_written_in_the_font_of_the_pages() -> None:
    image, size = image_of("trouver", {})
    drawn = ET.fromstring(image_file(image, "svg", size))  # noqa: S314 - our own
    first = drawn.get("font-family", "").partition(",")[0].strip("'")
    assert first in fonts().families()
    assert "Source Sans" in (WEB / "styles" / "first.css").read_text(encoding="utf-8")
    assert first.startswith("Source Sans")


def test_no_name_of_a_place_covers_another() -> None:
    view = view_of((-1.9, 47.9, -1.4, 48.3), 1000, 800)
    drawn = names(view, [], 200, Lettering(12, 0.6))
    found = re.findall(r'<text x="(\d+)" y="(\d+)"( text-anchor="\w+")?>([^<]+)', drawn)
    assert len(found) > 20
    boxes = []
    for x, y, how, name in found:
        wide = len(name) * 6.0
        west = float(x) - (wide if "end" in how else wide / 2 if "middle" in how else 0)
        boxes.append((west, float(y) - 9, west + wide, float(y)))
    assert not any(meet(one, two) for one, two in combinations(boxes, 2))


def test_alliances_are_drawn_as_on_their_page_and_explained() -> None:
    book = readable_book(open_store())
    image, size = image_of("alliances", {})
    drawn = image_file(image, "svg", size)
    said = words(drawn).replace("\u00a0", " ")
    arcs = alliance_arcs(book["alliance"], book["actor"])
    joined = members_of(book["alliance"], book["actor"])
    placed = len(located_only(joined))
    assert drawn.count(b'stroke-opacity="0.75"') == arcs.line_count
    assert f"{placed} acteurs sur la carte, {len(joined) - placed} sans point" in said
    assert f"{len(book['alliance'])} alliances" in said
    for text in ("Profil", "Type d’alliance", "Partenariat", "km", "Sources"):
        assert text in said
    undrawn = {*book["alliance"]["partnership_kind"]} - {
        *arcs.with_lines(book["alliance"])["partnership_kind"]
    }
    assert undrawn
    assert not [one for one in undrawn if label("any_partnership", one) in said]
    only, _ = image_of("alliances", {"type": ["heberge"]})
    assert only.alliances is not None
    assert set(only.alliances["partnership_kind"]) == {"heberge"}


@pytest.mark.parametrize(("one", "outlined"), [(EXAMPLE_ID, 1), (NETWORK, 0)])
def test_an_ecosystem_is_drawn_within_its_perimeter_if_it_has_one(one: str, outlined: int) -> None:
    image, size = image_of("ecosysteme", {"ecosysteme": [one]})
    found = ecosystem(one, readable_book(open_store()))
    drawn = image_file(image, "svg", size)
    assert drawn.count(b'class="perimetre"') == outlined
    assert str(found.record["ecosystem_name"]) in words(drawn).replace("\u00a0", " ")
    assert [*image.rows.index] == [*found.linked.index]
    assert image_file(image, "png", size).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("ecosysteme", {}),
        ("ecosysteme", {"ecosysteme": ["inconnu"]}),
        ("alliances", {"acteur": ["inconnu"]}),
        ("territoire", {}),
        ("territoire", {"territoire": ["commune:00000"]}),
        ("carte", {"contours": ["region"], "indicateur": ["inconnu"]}),
        ("trouver", {"taille": ["immense"]}),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_french(page: str, given: dict[str, list[str]]) -> None:
    with pytest.raises(AtlasError, match=r"[a-zé]"):
        image_of(page, given)


COVERED = {"contours": ["region"], "pratique": ["accompagnements"]}


def test_couverture_is_drawn_as_its_page_shades_it() -> None:
    image, size = image_of("couverture", COVERED)
    drawn = image_file(image, "svg", size).decode()
    counts = [int(one) for one in re.findall(r"\((\d+)\)</text>", drawn)]
    assert sum(counts) == len(outline_codes("region"))
    assert image.proposed is None
    assert "aujourd’hui" in words(drawn.encode())


def test_couverture_with_places_draws_each_at_its_rank_on_the_same_scale() -> None:
    now, _ = image_of("couverture", COVERED)
    asked = COVERED | {"lieux": ["3"], "territoire": ["region:84"], "seuil": ["25"]}
    image, size = image_of("couverture", asked)
    assert image.shaded is not None
    assert now.shaded is not None
    assert now.shaded.scale is not None
    assert image.shaded.scale == replace(now.shaded.scale, without=LEFT_OUT)
    said = words(image_file(image, "svg", size)).replace("\u00a0", " ")
    assert "Lieu proposé, à son rang (3)" in said
    assert "À moins de 25 km" in said
    drawn = image_file(image, "svg", size).decode()
    assert re.findall(r'fill="#fff" font-size="13">(\d)</text>', drawn) == ["3", "2", "1"]

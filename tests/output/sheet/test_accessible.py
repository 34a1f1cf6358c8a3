"""The PDF is read aloud well: a validator, our own checks, and what each refuses."""

import re

import pikepdf
import pytest
import typst

from geo.errors import AtlasError
from geo.output.sheet import pdf
from geo.output.sheet.blocks import Document, Heading, Text
from tests.output.sheet.drawn import ALL, at, faults, opened, pages, press, told, validator

EXTREMES = {
    "smallest commune": ("commune", "33103"),
    "no inhabitant": ("commune", "55039"),
    "Paris EPT": ("ept", "200057941"),
    "La Réunion": ("region", "04"),
    "Guyane": ("region", "03"),
    "Mayotte": ("departement", "976"),
    "19 parts": ("crte", "crte-53-56-5"),
    "longest name": ("crte", "crte-32-60-19"),
    "largest region": ("region", "84"),
}


@pytest.fixture(scope="module")
def few():
    return press(
        at("94068", "a", practices=["dialogue_territorial"]),
        at("97411", "b", practices=["gestion_lieu", "accompagnements"]),
        at("63113", "c"),
    )


@pytest.mark.parametrize("place", EXTREMES.values(), ids=EXTREMES)
def test_a_sheet_is_pdf_ua(few, place):
    content = few.territory(*place, "pdf", ALL).content
    assert validator(content) == []
    assert faults(content) == []
    assert pages(content) == 1


def test_the_national_report_is_pdf_ua(few):
    content = few.national("pdf", ALL).content
    assert validator(content) == []
    assert faults(content) == []


def test_a_validator_and_our_checks_see_a_pdf_without_tags():
    bare = typst.compile(b"Bonjour", format="pdf", pdf_tags=False, ignore_system_fonts=True)
    assert validator(bare)
    assert faults(bare) == ["not marked", "no tags"]


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("#image(bytes(svg))", "figure without Alt"),
        ("=== Trop bas", "headings skip a level"),
        ("#table(columns: 2, [a], [b])", "table without headers"),
        ("", "no French"),
        ("", "no title"),
    ],
)
def test_our_checks_see_each_fault(markup, fault):
    svg = "#let svg = \"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"\n"
    whole = (
        "= T\n#table(columns: 1, table.header([a]), [b])\n" if "table" not in markup else "= T\n"
    )
    content = typst.compile(
        f"{svg}{whole}{markup}".encode(), format="pdf", ignore_system_fonts=True
    )
    assert fault in faults(content)


@pytest.mark.parametrize(
    ("found", "other"),
    [
        (", alt: it.alt", ""),
        ("title: data.title, ", ""),
        ("heading(level: 1", "par(none) + heading(level: 3"),
    ],
)
def test_typst_refuses_a_template_that_breaks_the_standard(few, monkeypatch, found, other):
    changed = pdf.template().decode()
    assert found in changed
    monkeypatch.setattr(pdf, "template", lambda: changed.replace(found, other).encode())
    with pytest.raises(AtlasError, match="PDF n’a pas pu être écrit"):
        few.territory("commune", "33103", "pdf", ALL)


def test_headings_that_skip_a_level_are_refused():
    blocks = (Heading("Deux"), Heading("Quatre", 4), Text("x"))
    with pytest.raises(AtlasError):
        pdf.to_pdf(Document("T", "a", "s", "", "f", "2026-01-01", blocks))


def test_it_is_read_in_the_order_it_is_seen(few, tmp_path):
    content = few.territory("ept", "200057941", "pdf", ALL).content
    tree = told(content, tmp_path, "-struct-text")
    order = [
        *("qui y fait vivre les alliances", "EPT (Grand Paris), SIREN 200057941", "Figure"),
        *("Chiffre", "Population municipale", "Ce qui manque"),
        *(
            "Qui est là, qui couvre, par pratique",
            "Les catalyseurs, un par un",
            "Alliances et projets",
        ),
        "Sources, date et licence",
    ]
    places = [tree.index(said) for said in order]
    assert places == sorted(places)
    assert re.search(r"H1 .*", tree)
    assert "1 / 1" not in tree  # the foot of the page is no content


def test_the_same_sheet_is_the_same_bytes(few):
    first, second = (few.territory("commune", "33103", "pdf", ALL).content for _ in range(2))
    assert first == second


def test_its_fonts_are_inside(few):
    content = few.territory("commune", "33103", "pdf", ALL).content
    file = opened(content)
    fonts = [one for one in file.objects if _is(one, "/FontDescriptor")]
    assert fonts
    assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts)


def _is(one, kind):
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind

"""Names that were written to break a printed document are printed as they are."""

import html
from html.parser import HTMLParser

import pytest

from geo.output.sheet import pdf
from geo.output.sheet.blocks import Document, Text, clean
from geo.output.sheet.html import POLICY, to_html
from tests.output.sheet.drawn import ALL, NASTY, at, faults, pages, press, told, validator

PLACE = ("commune", "94018")


def nasty_press():
    catalysts = [
        at("94018", f"c{n}", catalyst_name=name, practices=["dialogue_territorial"])
        for n, name in enumerate(NASTY)
    ]
    actors = [
        {"actor_id": f"a{n}", "actor_name": f"Acteur {name}", "commune_code": "94018"}
        | {"status": "publiee"}
        for n, name in enumerate(NASTY)
    ]
    alliances = [
        {"alliance_id": f"l{n}", "alliance_name": f"Alliance {name}", "status": "publiee"}
        | {"member_ids": [f"a{n}", "a0"]}
        for n, name in enumerate(NASTY)
    ]
    return press(*catalysts, actor=actors, alliance=alliances)


@pytest.fixture(scope="module")
def printed():
    own = nasty_press()
    return {form: own.territory(*PLACE, form, ALL).content for form in ("pdf", "html")}


def test_the_pdf_prints_them_and_stays_accessible(printed, tmp_path):
    assert validator(printed["pdf"]) == []
    assert faults(printed["pdf"]) == []
    said = told(printed["pdf"], tmp_path)
    flat = "".join(said.split()).replace("\u200b", "")
    for wanted in (
        *("#strong[Gras]$x^2$@ref<label>*a*_b_", "<script>alert(1)</script><b>&amp;"),
        *("#import", "/etc/passwd", "=Titre-liste", "Sansespace" * 2, f"Émoji{pdf.ABSENT}et"),
    ):
        assert wanted in flat
    assert f"{pdf.ABSENT} : signe" in said.replace("\u00a0", " ")
    assert "root:" not in said


@pytest.mark.parametrize("count", [35, 100, 1000])
def test_signs_of_any_number_of_alphabets_are_printed_or_replaced(count, tmp_path):
    """Each was a whole document compiled again, twenty times at most: then there was none."""
    letters = [chr(0x1200 + 37 * n) for n in range(count)]
    rare = [one for one in letters if one.isalpha() and not "\u2000" <= one <= "\u25ff"]
    words = (*(f"Mot {one} d’ici" for one in rare), "Ça — d’œuvre")
    said = told(
        pdf.to_pdf(Document("Signes", "", "", "", "", "2026-12-01", (*map(Text, words),))), tmp_path
    )
    assert said.count("d’ici") == len(rare)
    assert "Ça — d’œuvre" in said
    assert said.count(f"Mot {pdf.ABSENT} d’ici") > 20


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_html_escapes_them_and_fetches_nothing(printed):
    text = printed["html"].decode()
    reader = _Reader()
    reader.feed(text)
    assert not {"script", "b", "label", "link", "img", "iframe", "a"} & reader.tags
    assert not {name for name in reader.attributes if name.startswith("on")}
    assert not {"src", "href", "srcset"} & reader.attributes
    assert POLICY in html.unescape(text)
    assert html.escape("<script>alert(1)</script><b>&amp;") in text
    assert "url(" not in text
    assert "@import" not in text


def test_the_check_sees_an_unescaped_name():
    reader = _Reader()
    reader.feed(NASTY[1])
    assert "script" in reader.tags


def test_no_long_word_leaves_the_page(printed):
    import pikepdf  # noqa: PLC0415

    from tests.output.sheet.drawn import opened  # noqa: PLC0415

    assert pages(printed["pdf"]) >= 1
    assert isinstance(opened(printed["pdf"]), pikepdf.Pdf)
    assert "\u200b" in pdf.breakable({"a": "x" * 80})["a"]


def test_a_text_is_typeset_and_bare_of_controls():
    assert clean(" Qui ?\n«a\u202e» \ud800") == "Qui\u00a0? «a»\u00a0?"


def test_a_sign_the_fonts_lack_is_replaced_only_there():
    blocks = (Text("a😀b"), Text("c"))
    document = Document("T", "a", "s", "", "f", "2026-01-01", blocks)
    assert pdf.lacking_signs('the text `"😀"` could not be displayed with font') == {"😀"}
    assert pdf.lacking_signs('the text `"\\u{7}"` could not be displayed') == {"\u0007"}
    assert pdf.to_pdf(document).startswith(b"%PDF")
    assert "a😀b" in to_html(document)

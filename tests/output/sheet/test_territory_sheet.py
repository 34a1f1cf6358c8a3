"""What a sheet says: numbers, ties, gaps, alliances, fiction; the same in both forms."""

import re

import pytest

from geo.analysis.report_local import Local, local, public_book, region_members, share_inside
from geo.analysis.territory import sheet
from geo.errors import AtlasError, UnknownCodeError
from geo.french import distance
from geo.output.nearest_outside import outside_html
from geo.output.sheet.blocks import Front, Grid, Text
from geo.output.sheet.files import printer
from geo.output.sheet.html import to_html
from geo.output.sheet.pdf import to_pdf
from geo.output.sheet.territory import territory_document
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.territory import territory
from tests.directory.ecosystems.drawn import drawn_book
from tests.output.sheet.drawn import ALL, at, pages, press, told
from tests.world import catalyst

EPT = ("ept", "200057941")
ACTORS = [
    {"actor_id": "in", "actor_name": "Dedans", "commune_code": "94018", "status": "publiee"},
    {"actor_id": "out", "actor_name": "Dehors", "commune_code": "13055", "status": "publiee"},
    {"actor_id": "draft", "actor_name": "Brouillon", "commune_code": "94018"}
    | {"status": "brouillon"},
]
ALLIANCES = [
    {"alliance_id": "L", "alliance_name": "Pacte", "member_ids": ["in", "out"], "since": "2020"}
    | {"status": "publiee", "partnership_kind": "mecenat"},
    {"alliance_id": "M", "alliance_name": "Ailleurs", "member_ids": ["out"], "status": "publiee"},
]
PROJECTS = [
    {"project_id": "P", "project_name": "Jardin", "actor_ids": ["in"], "status": "publiee"},
    {"project_id": "R", "project_name": "Brouillon", "actor_ids": ["in"], "status": "brouillon"},
    {"project_id": "Q", "project_name": "Loin", "actor_ids": ["out"], "status": "publiee"},
]
BOOK = {"actor": ACTORS, "alliance": ALLIANCES, "project": PROJECTS}


@pytest.fixture(scope="module")
def own():
    return press(
        at("94018", "a", practices=["dialogue_territorial"], scope="ept:200057941"),
        at("75056", "b", practices=["gestion_lieu"]),
        catalyst("n", practices=["accompagnements"], scope="national"),
        catalyst("r", scope="region:84", practices=["gestion_lieu"]),
        **BOOK,
    )


@pytest.fixture(scope="module")
def document(own):
    seen = sheet(own.directory, *EPT, ALL)
    return territory_document(seen, local(seen.territory, own.book))


def table(document, label: str) -> Grid:
    return next(b for b in blocks(document) if isinstance(b, Grid) and b.label == label)


def blocks(document):
    for block in document.blocks:
        yield from block.beside if isinstance(block, Front) else (block,)


def test_who_is_there_who_covers_who_is_near(document):
    rows = {row[0]: row[1:] for row in table(document, "Catalyseurs par pratique").rows}
    assert rows["Dialogue territorial"] == ("Nom a (n°\u00a01)", "Nom a (n°\u00a01)", "aucun")
    assert rows["Accompagnements"] == ("aucun", "Nom n (n°\u00a02)", "aucun")
    assert rows["Gestion d’un lieu"] == ("aucun", "aucun", "Nom b (n°\u00a03)")
    assert "Pratique non renseignée" not in rows


def test_what_is_missing_counts_present_and_covering_only(document):
    (said,) = [b.text for b in blocks(document) if isinstance(b, Text) and "Aucun cat" in b.text]
    assert said.endswith("Expérimentations collectives, Gestion d’un lieu.")


def test_ties_in_words(document):
    ties = {row[1]: row[2] for row in table(document, "Catalyseurs, un par un").rows}
    assert ties["Nom a"] == "présent, dit intervenir sur : Paris Est Marne et Bois"
    assert ties["Nom n"] == "dit intervenir sur : toute la France"
    assert ties["Nom b"].startswith("à ")
    assert "Nom r" not in ties


def test_what_was_inferred_and_what_is_noted_is_said():
    own = press(
        at("94018", "a", practices=["accompagnements"], practices_basis="inferred")
        | {"note": "dissoute en 2020", "source_title": "Le journal"}
    )
    page = own.territory(*EPT, "html", ALL).content.decode()
    assert "Nom a* (n°\u00a01)" in page
    assert "*\u00a0Pratique reconnue par nous dans les textes publics." in page
    assert not re.search("déduit|[Pp]ortée déclarée|Preuve", page)
    assert "Nom a — dissoute en 2020" in page
    assert "relevés dans\u00a0: Le journal." in page


def test_key_figures_have_their_year(document):
    figures = {row[0]: row[1:] for row in table(document, "Chiffres clés").rows}
    people = int(france.territories().loc[EPT]["population"])
    assert figures["Population municipale"][0].replace("\u202f", "") == f"{people}\u00a0hab."
    assert figures["Population municipale"][1] == "2023"
    assert figures["Catalyseurs présents"][0] == "1"
    assert all(len(year) >= 4 for _, year in figures.values())


def test_mayotte_has_its_own_year(own):
    seen = sheet(own.directory, "departement", "976", ALL)
    found = territory_document(seen, local(seen.territory, own.book))
    assert {r[0]: r[2] for r in table(found, "Chiffres clés").rows}["Densité"] == "2017"


def test_alliances_and_projects_of_its_actors_only(document):
    (pact,) = table(document, "Alliances du territoire").rows
    assert pact == ("Pacte", "Mécénat", "Dedans\u00a0; Dehors", "depuis 2020")
    assert [row[0] for row in table(document, "Projets du territoire").rows] == ["Jardin"]
    assert table(document, "Autres acteurs, par profil").rows == (("Non renseigné (1)", "Dedans"),)


def test_drafts_never_leave(document):
    assert "Brouillon" not in to_html(document)


def test_a_project_of_the_territorys_own_ecosystem_counts():
    ecosystems = [
        {"ecosystem_id": "E", "ecosystem_name": "E", "territory_kind": "ept"}
        | {"territory_code": EPT[1], "status": "publiee"}
    ]
    project = {"project_id": "P", "project_name": "P", "ecosystem_id": "E", "status": "publiee"}
    book = drawn_book(ecosystem=ecosystems, project=[project])
    assert list(local(territory(*EPT), book).projects.index) == ["P"]
    assert local(territory("departement", "13"), book).projects.empty


def test_pdf_and_html_say_the_same(document, tmp_path):
    pdf = "".join(told(to_pdf(document), tmp_path).split()).replace("\u200b", "")
    page = to_html(document)
    for block in document.plain()["blocks"]:
        for text in _texts(block):
            assert "".join(text.split()).replace("\u00ad", "") in pdf.replace("-", "") or (
                "".join(text.split()).replace("-", "") in pdf.replace("-", "")
            )
            assert text.replace("'", "&#x27;").replace("&", "&") in page or text in page


def _texts(block):
    if block["kind"] == "front":
        for one in block["beside"]:
            yield from _texts(one)
    elif block["kind"] == "grid":
        yield from block["header"]
        yield from (cell for row in block["rows"] for cell in row[:1])
    elif block["kind"] == "listing":
        yield from block["items"][:2]
    else:
        yield block["text"]


def test_a_filter_is_followed_and_said(own):
    done = own.territory(*EPT, "html", Selection(practices=("gestion_lieu",))).content.decode()
    assert "Nom a" not in done
    assert "Nom b" in done
    assert "pratique\u00a0: Gestion d’un lieu" in done


def test_fiction_is_marked_on_every_page_and_in_the_name(tmp_path):
    made_up = press(*(at("75056", f"c{n}", fictive=True) for n in range(80)))
    done = made_up.territory("commune", "75056", "pdf", ALL)
    assert done.name == "fictif-fiche-commune-75056.pdf"
    assert pages(done.content) > 1
    text = told(done.content, tmp_path)
    assert all("Données fictives" in one for one in text.split("\f")[:-1])
    assert "fictif" not in press(at("75056", "c")).territory("commune", "75056", "pdf", ALL).name


def test_a_fictitious_alliance_marks_the_sheet_too():
    own = press(at("94018", "a"), actor=ACTORS, alliance=[ALLIANCES[0] | {"fictive": True}])
    assert own.territory(*EPT, "html", ALL).fictive
    assert not own.territory("departement", "13", "html", ALL).name.startswith("fiche-x")


def test_a_rich_territory_runs_to_more_pages_and_loses_nobody(tmp_path):
    rich = press(*(at("75056", f"c{n}", catalyst_name=f"Catalyseur {n:03}") for n in range(200)))
    content = rich.territory("commune", "75056", "pdf", ALL).content
    text = told(content, tmp_path)
    assert pages(content) > 3
    assert all(f"Catalyseur {n:03}" in text for n in range(200))


def test_an_unknown_territory_or_form_is_refused(own):
    with pytest.raises(UnknownCodeError):
        own.territory("crte", "nulle-part", "pdf", ALL)
    with pytest.raises(AtlasError, match="Forme inconnue"):
        own.territory(*EPT, "docx", ALL)


def test_a_territory_partly_in_the_region_counts():
    found = region_members("84", "crte")
    shares = {one.code: (share_inside(one, "84"), one.commune_count) for one in found}
    assert shares["crte-84-63-1"][0] == shares["crte-84-63-1"][1]
    partly = {code for code, (inside, whole) in shares.items() if inside < whole}
    assert partly
    assert all(shares[code][0] for code in partly)
    assert [one.code for one in found] == sorted(shares)
    with pytest.raises(UnknownCodeError):
        region_members("99", "crte")
    with pytest.raises(UnknownCodeError):
        region_members("84", "ept")


def test_an_actor_known_by_its_point_gets_its_commune():
    from geo.directory.store.open import open_store  # noqa: PLC0415

    book = public_book(open_store())
    assert set(book) >= {"actor", "alliance", "project", "ecosystem"}
    assert isinstance(local(territory(*EPT), book), Local)


def test_an_ordinary_territory_holds_on_one_page():
    # Not Paris Est Marne et Bois: eleven alliances of Le RAMEAU, in Vincennes, take a second page.
    for kind, code in (("crte", "crte-84-63-1"), ("departement", "07"), ("epci", "246300701")):
        assert pages(printer().territory(kind, code, "pdf", ALL).content) == 1


def test_where_nobody_stands_inside_the_nearest_are_named_with_whom_to_ask(own, document):
    assert "Personne de connu" not in to_html(document)
    seen = sheet(own.directory, "crte", "crte-84-63-1", ALL)
    printed = territory_document(seen, local(seen.territory, own.book))
    said = next(b.text for b in printed.blocks[0].beside if "À qui" in getattr(b, "text", ""))
    assert said.startswith("Personne de connu dans ce territoire. Les plus proches, hors de")
    for name, metres in zip(("Nom a", "Nom b"), seen.nearest_outside["distance_m"], strict=True):
        assert f"{name} ({distance(metres)}, " in said
    assert "qui disent intervenir sur ce territoire" in said
    shown = outside_html(seen)
    assert shown.count("<li>") == 2
    assert "/etre_mis_en_lien?lieu=crte" in shown
    assert outside_html(sheet(own.directory, *EPT, ALL)) == ""

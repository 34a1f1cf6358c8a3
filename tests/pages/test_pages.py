"""Every page runs, in French, and says what its data are."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import app as server
from geo.analysis.counts import territory_counts
from geo.cli.main import cli
from geo.directory.demo import demo_csv
from geo.directory.directory import directory
from geo.errors import UnknownCodeError
from geo.french import number
from geo.reference.sources import sources
from geo.settings import ROOT
from tests.pages.seen import PAGES, faults, html, opened, texts, words

Use = Callable[[str | bytes], Path]
VIEWS = [
    ("trouver", {}),
    ("trouver", {"lieu": "commune:94018", "rayon": "10", "pratique": "accompagnements"}),
    ("trouver", {"lieu": "commune:97411"}),
    ("trouver", {"lieu": "2.41382,48.82312", "mesure": "limite"}),
    ("carte", {}),
    ("carte", {"contours": "departement", "indicateur": "distance"}),
    ("territoire", {}),
    ("territoire", {"territoire": "departement:94", "autour": "20"}),
    ("territoire", {"territoire": "commune:97411", "pratique": "gestion_lieu"}),
    ("catalyseurs", {"texte": "alliance"}),
    ("catalyseurs", {"fiche": "agir-ensemble-a-charenton"}),
    ("methode", {}),
    ("ecosysteme", {}),
    ("ecosysteme", {"ecosysteme": "exemple-paris-est-marne-bois"}),
    ("ecosysteme", {"ecosysteme": "reseau-des-pionniers"}),
    ("territoire", {"territoire": "epci:240100750", "contrats": "crte"}),
    ("acteurs", {}),
    ("acteurs", {"fiche": "agir-ensemble-a-charenton"}),
    ("alliances", {}),
    ("alliances", {"vue": "tableau"}),
    ("alliances", {"contrats": "petr"}),
    ("projets", {}),
    ("contribuer", {}),
    ("verifier", {}),
    ("doublons", {}),
    ("historique", {}),
    ("historique", {"etat": "2"}),
    ("historique", {"fiche": "actor:agir-ensemble-a-charenton"}),
    ("moderation", {}),
    ("ressources", {}),
    ("ressources", {"pratique": "gestion_lieu", "etape": "01", "nature": "webinaire"}),
    ("ressources", {"odd": "17", "maturite": "premiers_pas", "profil": "association"}),
    ("reperes", {}),
    ("couverture", {}),
    ("etre_mis_en_lien", {}),
    ("etre_mis_en_lien", {"lieu": "commune:94018", "pratique": "accompagnements", "odd": "11"}),
    ("etre_mis_en_lien", {"lieu": "commune:97411", "fiche": "le-rameau"}),
    ("demandes", {}),
    ("completer", {}),
]
# A space that may break before a double sign, or inside quotation marks; code and links have none.
LOOSE = re.compile(r"\w[^<>\n]{0,20} (?:[:;?!]\s|»)|« .{0,20}")
ENGLISH = re.compile(r"\b(?:the|Search|error|exception|traceback|unknown|not found|None|nan)\b")
# Commands, settings, files of ours and names of code: in the documentation, on no screen.
CODE_NAMES = re.compile(
    rf"CATALYSE_\w+|catalyse (?:{'|'.join(cli.commands)})\b|\bmake [a-z]+\b|"
    r"[\w/]+\.(?:toml|csv|parquet|py)\b|EPSG|"
    r"\bWGS\b|Streamlit|DuckDB|DuckLake|Python"
)


@pytest.mark.parametrize(("page", "link"), VIEWS)
def test_a_page_runs_in_french(page: str, link: dict[str, str]) -> None:
    app = opened(page, **link)
    assert faults(app) == []
    assert len(app.title) == 1
    assert ENGLISH.findall(words(app)) == []
    assert CODE_NAMES.findall(words(app)) == []
    typed = {field.value for field in (*app.text_input, *app.text_area)}  # data, as they are kept
    said = [text for text in texts(app) if text not in typed]
    assert [found for text in said for found in LOOSE.findall(text)] == []


def test_loose_spaces_and_english_are_caught() -> None:
    assert LOOSE.findall("Vraiment : oui « non » ?\n")
    assert ENGLISH.findall("Une valeur nan")
    assert len(CODE_NAMES.findall("data/catalysts.csv, CATALYSE_URL, `catalyse serve`")) == 3


def test_method_counts_equal_the_data() -> None:
    said = re.sub(r' data-titre="[^"]*"', "", html(opened("methode")))
    book = directory()
    placed = int(book.frame["longitude"].notna().sum())
    assert f"<td>{placed}</td><td>{len(book.frame) - placed}</td>" in said
    assert f"{len(book.frame)}\u00a0catalyseurs" in said
    for quantity in territory_counts().values():
        assert f"<td>{number(quantity)}</td>" in said
    shown = words(opened("methode")).replace("\u00a0", " ")
    assert [
        s.title for s in sources() if s.title.replace("’", "'") not in shown.replace("’", "'")
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_fictive_catalysts_are_called_so_on_every_page(page: str, catalysts: Use) -> None:
    catalysts(demo_csv(12, 1))
    app = opened(page)
    assert [text for text in faults(app) if "Données fictives" in text] == faults(app) != []


@pytest.mark.parametrize("page", PAGES)
def test_real_catalysts_are_not(page: str) -> None:
    assert "Données fictives" not in "\n".join(faults(opened(page)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,A,,,00000,commune,named", "« 00000 »"),
        ("a,A,,,94018,commune,named,de trop", "ligne 2"),
        ("a,Été,,,94018,commune,named".encode("latin-1"), "UTF-8"),
        (b"", "tableau CSV"),
        ("\n", "aucun catalyseur"),
    ],
)
def test_a_broken_file_is_one_french_sentence(
    content: str | bytes, reason: str, catalysts: Use
) -> None:
    """Any page says it: the way in stops before the page itself, ``st.title`` and all."""
    catalysts(content)
    app = opened("territoire")
    assert len(app.exception) == len(app.title) == 0
    [said] = [text.replace("\\", "").replace("\u00a0", " ") for text in faults(app)]
    assert said.startswith("Fichier essai.csv refusé : ")
    assert reason in said


def _stopped(fault: str) -> AppTest:
    return AppTest.from_string(
        f"from app import _say_fault\nfrom geo.errors import UnknownCodeError\n_say_fault({fault})",
        default_timeout=60,
    ).run()


def test_a_known_fault_is_said_as_it_is() -> None:
    app = _stopped("UnknownCodeError('Commune inconnue : « 00000 ».')")
    assert [text.replace("\\", "") for text in faults(app)] == [
        "Commune inconnue\u00a0: «\u00a000000\u00a0»."
    ]
    assert UnknownCodeError.__doc__


def test_an_unforeseen_fault_says_no_english() -> None:
    [said] = faults(_stopped("ValueError('division by zero')"))
    assert said.startswith("Une erreur inattendue")
    assert "division" not in said


def test_the_server_hands_every_fault_to_that_sentence() -> None:
    assert server.app._on_script_error is server._say_fault  # noqa: SLF001


def test_no_page_makes_a_toast_that_its_own_rerun_may_drop() -> None:
    files = (ROOT / "pages").rglob("*.py")
    makers = [path.name for path in files if "st.toast" in path.read_text(encoding="utf-8")]
    assert makers == ["confirmations.py"]

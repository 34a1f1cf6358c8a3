"""Tables of indicators as people have them: lost zeros, former codes, secrets, faults."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.indicators import values
from geo.directory.indicators.catalogue import catalogue
from geo.directory.indicators.loading import Loaded, load
from geo.directory.indicators.numbers import parse_number
from geo.directory.indicators.preset import read_preset
from geo.errors import BadFileError
from geo.french import number
from tests.indicators import EMPTY, HOMES, MEDIAN, SHARE, draw, forget, preset, table


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield draw(tmp_path, monkeypatch)
    forget()


def read(own: Path, text: str | bytes, indicators: str = HOMES, more: str = "") -> Loaded:
    path = preset(own, indicators, table=more)
    return load(read_preset(path), table(own, text))


def known(loaded: Loaded, code: str = "homes", year: str = "2022") -> dict[str, float]:
    return dict(loaded.figures[code].get(year, {}))


def said(loaded: Loaded) -> str:
    return " ".join(loaded.report.sentences()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1\u202f234,5", 1234.5),
        ("1\u00a0234", 1234.0),
        ("1 234", 1234.0),
        ("\u221212", -12.0),
        ("1,5e3", 1500.0),
        ("1,234.5", None),
        ("1.234,5", None),
        ("12 %", None),
        ("=1+1", None),
        ("inf", None),
        ("nan", None),
        ("1e999", None),
        ("0x10", None),
        ("١٢", None),
        ("", None),
    ],
)
def test_figures(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_figure_written_in_french_reads_back(value: int) -> None:
    assert parse_number(number(value)) == value
    assert parse_number(number(value / 100, 2)) == pytest.approx(value / 100)


def test_missing_is_said_and_is_not_zero(own: Path) -> None:
    loaded = read(own, "CODE;HOMES\n10101;s\n10102;N/A\n10103;\n10104;0\n10205;beaucoup\n")
    assert known(loaded) == {"10104": 0.0}
    assert "manquantes ou secrètes (non disponibles) : 3, par exemple « s », « N/A »." in said(
        loaded
    )
    assert "pas des nombres (non disponibles) : 1, par exemple « beaucoup »." in said(loaded)


def test_a_preset_says_how_missing_is_written(own: Path) -> None:
    loaded = read(own, "CODE;HOMES\n10101;-9999\n10102;s\n", more='missing = ["-9999"]')
    assert (loaded.report.count("missing"), loaded.report.count("unreadable")) == (1, 1)


def test_negative_is_refused_unless_the_indicator_takes_it(own: Path) -> None:
    text = "CODE;HOMES\n10101;-3\n10102;4\n"
    assert known(read(own, text)) == {"10102": 4.0}
    assert known(read(own, text, HOMES + "negative = true\n"))["10101"] == -3.0


def test_unmatched_codes_are_counted_never_joined(own: Path) -> None:
    loaded = read(own, "CODE;HOMES\n10101;1\n99999;5\nParis;6\n;7\n")
    assert known(loaded) == {"10101": 1.0}
    assert loaded.report.count("unmatched") == 3
    assert "« 99999 »" in said(loaded)


def test_a_lost_zero_is_mended_and_said(own: Path) -> None:
    path = preset(own, HOMES, kind="departement")
    loaded = load(read_preset(path), table(own, "CODE;HOMES\n1;5\n02.0;6\n"))
    assert known(loaded) == {"01": 5.0, "02": 6.0}
    assert loaded.report.count("recovered") == 2
    assert "zéro initial" in said(loaded)


def test_a_merged_commune_adds_what_can_be_added(own: Path) -> None:
    loaded = read(own, "CODE;HOMES;MEDIAN\n10101;1;9\n10191;4;8\n10102;2;7\n", HOMES + MEDIAN)
    assert known(loaded) == {"10101": 5.0, "10102": 2.0}
    assert known(loaded, "median") == {"10102": 7.0}
    assert (loaded.report.count("followed"), loaded.report.count("merged")) == (1, 1)


def test_a_merged_commune_is_whole_or_not_available(own: Path) -> None:
    assert known(read(own, "CODE;HOMES\n10101;s\n10191;4\n10102;2\n")) == {"10102": 2.0}
    alone = read(own, "CODE;HOMES\n10191;4\n10102;2\n")
    assert known(alone) == {"10102": 2.0}
    assert alone.report.count("incomplete") == 1


def test_arrondissements_make_their_commune_once(own: Path) -> None:
    parts = "CODE;HOMES\n10261;1\n10262;2\n"
    assert known(read(own, parts)) == {"10206": 3.0}
    both = read(own, parts + "10206;3\n")
    assert known(both) == {"10206": 3.0}
    assert both.report.count("arrondissement_unused") == 2
    half = read(own, "CODE;HOMES\n10261;1\n10101;1\n")
    assert known(half) == {"10101": 1.0}


def test_duplicates_agree_or_give_nothing(own: Path) -> None:
    loaded = read(
        own, "CODE;HOMES;EMPTY\n10101;1;1\n10101;1;1\n10102;2;5\n10102;3;5\n", HOMES + EMPTY
    )
    assert known(loaded) == {"10101": 1.0}
    assert known(loaded, "empty") == {"10101": 1.0, "10102": 5.0}
    assert (loaded.report.count("duplicate"), loaded.report.count("conflict")) == (1, 2)


def test_encodings_and_marks(own: Path) -> None:
    text = "CODE;HOMES;NOM\n10101;1;Âge\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert known(read(own, text.encode(encoding))) == {"10101": 1.0}
    marked = read(own, text.encode("utf-16"), more='encoding = "utf-16"')
    assert known(marked) == {"10101": 1.0}
    above = read(own, "Titre\nSous-titre\n" + text, more="skip = 2")
    assert known(above) == {"10101": 1.0}


@pytest.mark.parametrize(
    ("text", "said_in"),
    [
        ("", "il est vide"),
        ("INSEE;HOMES\n1;2\n", "la colonne « CODE » manque"),
        ("CODE,HOMES\n10101,2\n", "vérifiez le séparateur"),
        ("CODE;AUTRE\n10101;2\n", "aucune colonne d’indicateur"),
        ("CODE;HOMES;HOMES\n10101;2;3\n", "deux colonnes s’appellent « HOMES »"),
        ("CODE;HOMES\n10101;2;3;4\n10102;1\n", "tableau CSV lisible"),
        (b"\x00\x01\x02\xff" * 50, "refusé"),
        (b'CODE;HOMES\n"10101;2\n', "tableau CSV lisible"),
    ],
)
def test_a_table_refused_says_why(own: Path, text: str | bytes, said_in: str) -> None:
    with pytest.raises(BadFileError) as fault:
        read(own, text)
    assert said_in in str(fault.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("change", "said_in"),
    [
        (('rule = "somme"', 'rule = "total"'), "règle inconnue « total »"),
        (('kind = "commune"', 'kind = "canton"'), "pas « canton »"),
        (('year = "2022"', ""), "« year » manque"),
        (('year = "2022"', 'year = "22"'), "année illisible"),
        (('file = "essai.csv"', 'file = "../essai.csv"'), "sans dossier"),
        (('column = "HOMES"', 'colonne = "HOMES"'), "mot inconnu « colonne »"),
        (('code = "CODE"', "code = 12"), "n’a pas le type attendu"),
        (('publisher = "Nous"', ""), "« publisher » manque"),
        (('label = "Logements"', ""), "« label » manque"),
        (('code = "homes"', 'code = "Mes logements"'), "un code est fait de"),
        (("[[indicator]]", "[indicator]"), "[[indicator]]"),
        (("title = ", "title "), "il n’est pas lisible"),
        (("title = ", f"a = {'[' * 20_000}\ntitle = "), "il n’est pas lisible"),
        (('column = "HOMES"', f"column = 'HOMES'\ndecimals = {'1' * 5_000}"), "pas lisible"),
        (('code = "CODE"', 'code = "CODE"\nskip = 99999999999'), "nombre de lignes"),
    ],
)
def test_a_preset_refused_says_why(own: Path, change: tuple[str, str], said_in: str) -> None:
    path = preset(own, HOMES)
    path.write_text(path.read_text().replace(*change, 1))
    with pytest.raises(BadFileError) as fault:
        read_preset(path)
    assert said_in in str(fault.value).replace("\u00a0", " ")


@pytest.mark.parametrize("encoding", ["utf-16", "idna\\u0000", "martien", "punycode"])
def test_an_encoding_that_is_none_is_said(own: Path, encoding: str) -> None:
    path = preset(own, HOMES)
    text = path.read_text().replace("kind = ", f'encoding = "{encoding}"\nkind = ', 1)
    path.write_text(text)
    assert read_preset(path).encoding
    with pytest.raises(BadFileError):
        load(read_preset(path), table(own, "CODE;HOMES\n10101;2\n"))


def test_one_bad_preset_or_table_leaves_the_others(own: Path) -> None:
    preset(own, HOMES)
    table(own, "CODE;HOMES\n10101;1\n10102;1\n")
    preset(own, HOMES.replace("somme", "aucune"), name="zz_contraire")
    preset(own, SHARE.replace("share", "sans_base").replace("empty", "absent"), name="sans_base")
    (own / "casse.toml").write_text("[[[")
    preset(own, EMPTY, name="vide")
    table(own, "", "vide")
    preset(own, MEDIAN, name="attendu")
    book = catalogue()
    assert len(book.faults) == 3
    assert [one.name for one in book.waiting] == ["attendu"]
    assert values("homes", "epci")["A"] == 2.0
    assert set(values("empty", "epci").values()) == {None}
    assert [held.fault for held in book.holding("empty")] == [
        "Fichier «\u00a0vide.csv\u00a0» refusé\u00a0: il est vide\u00a0; téléchargez-le à nouveau."
    ]


def test_a_missing_folder_is_said(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_INDICATORS", str(own / "nulle-part"))
    assert "introuvable" in catalogue().faults[0]
    assert values("population", "region") == {"90": 2100.0}


def test_two_tables_that_differ_are_said_and_the_first_is_believed(own: Path) -> None:
    for name, text in (("a", "CODE;HOMES\n10101;1\n10102;2\n"), ("b", "CODE;HOMES\n10101;9\n")):
        preset(own, HOMES, name=name)
        table(own, text, name)
    (said,) = catalogue().contradictions()
    assert "1\u00a0territoire avec deux valeurs" in said
    assert values("homes", "commune")["10101"] == 1.0


@given(content=st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes, hostile: Path) -> None:
    with suppress(BadFileError):  # the only fault there may be
        load(read_preset(hostile), table(hostile.parent, content))


@given(content=st.text(alphabet='CODE;HOMES\n\r"0123456789,. s\ufeff', max_size=80))
def test_no_text_breaks_the_reader(content: str, hostile: Path) -> None:
    with suppress(BadFileError):  # the only fault there may be
        load(read_preset(hostile), table(hostile.parent, "CODE;HOMES\n" + content))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    forget()
    return preset(tmp_path_factory.mktemp("hostile"), HOMES)


PARTED = "CODE;HOMES\n10104;9\n{more}10205;5\n"


@pytest.mark.parametrize(
    ("more", "year", "given_alone"),
    [("", "1989", False), ("", "1990", True), ("10103;s\n", "1989", True),
     ("10103;4\n", "1989", True)],
)  # fmt: skip
def test_a_figure_older_than_a_separation_is_of_neither_commune_alone(
    own: Path, more: str, year: str, given_alone: object
) -> None:
    path = preset(own, HOMES)
    path.write_text(path.read_text().replace('year = "2022"', f'year = "{year}"'))
    loaded = load(read_preset(path), table(own, PARTED.format(more=more)))
    assert ("10104" in known(loaded, year=year)) == given_alone
    assert known(loaded, year=year)["10205"] == 5.0
    told = "séparées (non disponibles pour elle seule) : 1, par exemple « 10104 avec 10103 »."
    assert (told in said(loaded)) != given_alone


def test_an_overseas_code_is_named_as_such(own: Path) -> None:
    loaded = read(own, "CODE;HOMES\n10101;1\n98899;7\n99999;8\n")
    assert "d’une collectivité d’outre-mer, hors périmètre, laissées de côté : 1" in said(loaded)
    assert "sans territoire connu, laissées de côté : 1, par exemple « 99999 »" in said(loaded)

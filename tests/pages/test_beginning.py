"""How an empty page begins: a real ecosystem, a fictitious one to try, three steps to one's own."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.access import Person, Role
from geo.directory.ecosystems import remove_network
from geo.directory.reading import whole_book
from geo.directory.store import history
from geo.directory.store.changes import Changes
from geo.directory.store.network import NETWORK, network_records
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.directory.store.worlds import FICTITIOUS
from geo.directory.undoing import undone
from pages.components import page_frame, store_view, submit
from pages.sections.acteurs import actors
from tests.copied import begun, copy
from tests.pages.people import press
from tests.pages.seen import again, faults, field, html, opened, table, texts, words
from tests.pages.test_pages import ENGLISH, LOOSE

EMPTY = ("ecosysteme", "alliances", "projets", "acteurs")
TRY = "Essayer sur un territoire fictif"
STEPS = "Votre écosystème, en trois étapes"
NOTICE = "Données fictives"


@pytest.fixture
def first(base: Path) -> Store:
    """Start the app as after its first start."""
    copy(base, begun)
    return open_store()


@pytest.fixture
def tried(base: Path) -> Store:
    """Start it once the fictitious territory was opened by its button."""
    copy(base, by_its_button)
    return open_store()


def by_its_button(folder: Path) -> Store:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATALYSE_STORE", str(copy(folder, begun)))
        store = open_store()
        assert FICTITIOUS not in store.read("ecosystem").index
        press(opened("ecosysteme"), TRY)
        assert FICTITIOUS in store.read("ecosystem").index
    return store


@pytest.mark.parametrize("page", EMPTY)
@pytest.mark.usefixtures("first")
def test_an_empty_page_begins_with_three_steps_and_two_ecosystems(page: str) -> None:
    app = opened(page)
    assert faults(app) == []
    assert STEPS in words(app)
    assert TRY in [one.label for one in app.button]
    assert ENGLISH.findall(words(app)) == []
    assert [found for text in texts(app) for found in LOOSE.findall(text)] == []


@pytest.mark.usefixtures("base")
def test_a_first_start_shows_alliances() -> None:
    told = len(network_records()["alliance"])
    assert f"{told} alliances" in words(opened("alliances")).replace("\u00a0", " ")
    shown = words(opened("ecosysteme")).replace("\u00a0", " ")
    assert "Le Réseau des pionniers des alliances en Territoire" in shown
    assert "prenez-en un dans la liste ci-dessus, ou créez le vôtre" in shown
    assert shown.lower().count("sans périmètre") == 1
    assert "Choisissez" not in field(opened("ecosysteme"), "selectbox", "Écosystème").options[0]
    assert f"{told} alliances" in shown
    found = table(opened("alliances", vue="tableau"))
    assert found["Source"].str.len().min() > 0


@pytest.mark.usefixtures("first")
def test_the_networks_ecosystem_has_its_page_and_its_frame_without_a_perimeter() -> None:
    app = opened("ecosysteme", ecosysteme=NETWORK)
    assert faults(app) == []
    assert app.query_params == {"ecosysteme": NETWORK}
    assert "Sans périmètre" in words(app)
    assert NOTICE not in words(app)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("ecosysteme", {"ecosysteme": FICTITIOUS}),
        ("alliances", {"ecosysteme": FICTITIOUS}),
        ("alliances", {"ecosysteme": FICTITIOUS, "vue": "graphe"}),
        ("alliances", {"ecosysteme": FICTITIOUS, "vue": "tableau"}),
        ("alliances", {"alliance": f"{FICTITIOUS}-alliance-01"}),
        ("alliances", {"acteur": f"{FICTITIOUS}-actor-01"}),
        ("projets", {"ecosysteme": FICTITIOUS, "projet": f"{FICTITIOUS}-project-01"}),
        ("projets", {"projet": f"{FICTITIOUS}-project-01"}),
        ("acteurs", {"fiche": f"{FICTITIOUS}-actor-01"}),
    ],
)
@pytest.mark.usefixtures("tried")
def test_every_view_of_the_fictitious_territory_says_so(page: str, link: dict[str, str]) -> None:
    app = opened(page, **link)
    assert len(app.exception) == 0
    assert dict(app.query_params) == link
    said = words(app) + html(app)
    assert NOTICE in said or "Fictif" in said
    assert words(again(app, page)) == words(app)


@pytest.mark.usefixtures("tried")
def test_what_is_said_of_them_all_takes_no_column_of_their_table() -> None:
    app = opened("alliances", vue="tableau", ecosysteme=FICTITIOUS)
    assert NOTICE in "\n".join(faults(app))
    assert not {"Source", "Fictive"} & {*table(app).columns}
    assert "Source" in table(opened("alliances", vue="tableau")).columns


@pytest.mark.usefixtures("tried")
def test_without_a_project_there_is_nothing_to_filter() -> None:
    assert "ODD" not in [one.label for one in opened("projets").selectbox]
    labels = [one.label for one in opened("projets", ecosysteme=FICTITIOUS).selectbox]
    assert "ODD" in labels


@pytest.mark.usefixtures("tried")
def test_the_button_opens_it_and_no_other_page_counts_it() -> None:
    shown = words(opened("ecosysteme", ecosysteme=FICTITIOUS)).replace("\u00a0", " ")
    assert "40" in shown
    told = len(network_records()["alliance"])
    assert f"{told} alliances" in words(opened("alliances")).replace("\u00a0", " ")
    assert "Aucun projet n’est encore enregistré" in words(opened("projets"))
    for page in ("trouver", "methode", "carte", "catalyseurs", "acteurs", "doublons", "verifier"):
        assert "Val-d’Essai" not in words(opened(page))
        assert NOTICE not in "\n".join(faults(opened(page)))
    assert "85 catalyseurs" in words(opened("methode")).replace("\u00a0", " ")


def test_it_is_one_snapshot_and_leaves_by_one_click(tried: Store) -> None:
    [entry] = history.entries(tried, 1)
    assert entry.message == "Ajout du territoire fictif"
    assert entry.touched["actor"]["put"] == 40  # which the page of the history counts once
    app = press(opened("ecosysteme", ecosysteme=FICTITIOUS), "Retirer le territoire fictif")
    assert len(app.exception) == 0
    assert FICTITIOUS not in tried.read("ecosystem").index
    [gone] = history.entries(tried, 1)
    assert gone.message == "Retrait du territoire fictif"
    tried.write(undone(tried, gone.snapshot), author="essai", message="Remis")
    assert FICTITIOUS in tried.read("ecosystem").index


def test_the_network_is_offered_to_a_base_that_lacks_it(first: Store) -> None:
    first.write(remove_network(whole_book(first)), author="essai", message="Retrait")
    app = press(opened("alliances"), "Ajouter l’écosystème du réseau")
    assert faults(app) == []
    assert NETWORK in first.read("ecosystem").index
    app = press(opened("ecosysteme", ecosysteme=NETWORK), "Retirer l’écosystème du réseau")
    assert NETWORK not in first.read("ecosystem").index
    assert len(first.read("actor")) == 85


@pytest.mark.usefixtures("first")
def test_a_visitor_reads_and_is_told_who_may_add(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (store_view, submit):
        monkeypatch.setattr(module, "person", lambda: Person("", Role.READER))
    app = opened("ecosysteme")
    assert TRY not in [one.label for one in app.button]
    assert "La coordination de cette base peut y ajouter un territoire fictif" in words(app)
    app = opened("ecosysteme", ecosysteme=NETWORK)
    assert [one.label for one in app.button if "Retirer" in one.label] == []


@pytest.mark.usefixtures("store")
def test_a_base_with_alliances_of_its_own_begins_with_them() -> None:
    assert STEPS not in words(opened("alliances"))
    assert STEPS not in words(opened("acteurs"))


@pytest.fixture
def bare(first: Store) -> Store:
    """Start it with a base that holds nobody and nothing."""
    kinds = ("actor", "alliance", "ecosystem")
    drop = {kind: [str(one) for one in first.read(kind).index] for kind in kinds}
    first.write(Changes(drop=drop), author="essai", message="Tout retiré")
    return first


@pytest.mark.usefixtures("bare")
def test_every_page_of_an_empty_base_says_what_to_do_next(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = "Cette base ne tient encore aucun catalyseur"
    for page in ("trouver", "carte", "couverture", "territoire", "catalyseurs", "integrer"):
        said = words(opened(page)).replace("\u00a0", " ")
        assert said.count(f"{nothing} : en attendant, lisez [les ressources]") == 1, page
        assert "ces 0 catalyseurs" not in said
    coverage = words(opened("couverture")).replace("\u00a0", " ")
    assert "n’entrent dans aucune moyenne" not in coverage  # the whole country is not overseas
    assert "il n’y a pas de distance à mesurer" in coverage
    assert "n’en tient encore aucun" in words(opened("methode"))
    assert "Aucun acteur n’est encore enregistré." in words(opened("acteurs"))
    assert "0\u00a0lien" not in words(opened("alliances"))
    for page in EMPTY:
        assert STEPS in words(opened(page))
    for module in (page_frame, actors):
        monkeypatch.setattr(module, "person", lambda: Person("équipe", Role.COORDINATOR))
    assert "[apportez-les](/contribuer)" in words(opened("carte"))
    assert "ajoutez le premier plus bas" in words(opened("acteurs"))


CONTRACTS = (
    ("alliances", {"contrats": "crte"}),
    ("alliances", {"contrats": "petr", "vue": "tableau"}),
    ("territoire", {"territoire": "epci:240100750", "contrats": "crte"}),
    ("ecosysteme", {"ecosysteme": "exemple-paris-est-marne-bois", "contrats": "crte"}),
)


@pytest.mark.parametrize(("page", "link"), CONTRACTS)
@pytest.mark.usefixtures("first")
def test_contracts_are_a_layer_that_the_address_carries(page: str, link: dict[str, str]) -> None:
    app = opened(page, **link)
    assert faults(app) == []
    assert app.query_params == link
    if "vue" not in link:
        assert "comptés à part" in words(app)
    without = {name: text for name, text in link.items() if name != "contrats"}
    assert "comptés à part" not in words(opened(page, **without))


@pytest.mark.usefixtures("first")
def test_contracts_are_in_no_count_of_alliances() -> None:
    plain, more = (words(opened("alliances", **link)) for link in ({}, {"contrats": "crte"}))
    [said] = [line for line in plain.splitlines() if "alliances," in line][:1]
    assert said in more
    assert "169 CRTE signés par plusieurs collectivités" in more.replace("\u00a0", " ")


@pytest.mark.usefixtures("first")
def test_an_unknown_contract_is_left_out_and_said() -> None:
    app = opened("alliances", contrats="x")
    assert len(app.warning) == 1
    assert app.query_params == {}


@pytest.mark.usefixtures("tried")
def test_a_form_offers_actors_of_one_world_only() -> None:
    real = press(opened("alliances"), "Nouvelle alliance")
    assert not any("fictif" in one for one in _members(real))
    tried_out = press(opened("alliances", ecosysteme=FICTITIOUS), "Nouvelle alliance")
    assert len(_members(tried_out)) == 40
    assert all("fictif" in one.lower().replace("ctive", "ctif") for one in _members(tried_out))


def _members(app: AppTest) -> list[str]:
    return list(field(app, "multiselect", "Membres (au moins deux)").options)

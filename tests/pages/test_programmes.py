"""Resource places and programmes on the pages: by choice, apart, never called catalysts."""

from tests.pages.seen import again, faults, html, opened, table, words

PLACES = ["fabrique_territoire", "manufacture_proximite"]


def test_no_page_shows_them_before_they_are_asked_for() -> None:
    app = opened("trouver", lieu="commune:94018")
    assert faults(app) == []
    assert "lieux ressources" not in words(app)


def test_the_nearest_places_are_listed_apart_with_their_source() -> None:
    app = opened("trouver", lieu="commune:94018", aussi=PLACES)
    assert faults(app) == []
    said = words(app)
    assert "85\u00a0catalyseurs et 490\u00a0lieux ressources" in said
    assert "À part, les plus proches" in said
    assert "10\u00a0lieux ressources. Ce ne sont pas des catalyseurs." in said
    assert "Fabrique de territoire · ANCT, septembre 2024" in said
    assert "Tiers-lieu de production" in said
    assert app.query_params["aussi"] == PLACES
    assert words(again(app)).count("À part, les plus proches") == 1


def test_a_wrong_programme_of_a_link_is_left_out_and_told() -> None:
    said = words(opened("carte", aussi="zut"))
    assert "valeur inconnue « zut »" in said.replace("\u00a0", " ")


def test_the_map_counts_them_in_a_column_of_their_own() -> None:
    app = opened("carte", contours="region", aussi=PLACES)
    assert faults(app) == []
    assert table(app)["À part, non catalyseurs"].sum() == 489
    assert "Fabriques de territoire (381)" in words(app)
    without = opened("carte", contours="region")
    assert "À part, non catalyseurs" not in table(without).columns


def test_a_territory_says_what_its_resource_places_practise_apart_from_its_gaps() -> None:
    app = opened("territoire", territoire="departement:23", aussi=PLACES)
    assert faults(app) == []
    written = html(app)
    assert "Lieux ressources, par pratique" in written
    assert "La Quincaillerie" in written
    said = words(app)
    assert "Aucun catalyseur connu, présent ou compétent, pour" in said
    assert "ce ne sont pas des catalyseurs" in said


def test_a_commune_shows_its_badges_and_its_classes() -> None:
    written = html(opened("territoire", territoire="commune:23096"))
    assert "Action cœur de ville" in written
    assert "Grilles officielles" in written
    assert "Centres urbains intermédiaires" in written
    assert "Programmes de l’État" not in html(opened("territoire", territoire="commune:75056"))


def test_the_communes_of_a_territory_are_shaded_by_what_only_communes_have() -> None:
    app = opened("territoire", territoire="epci:200054781", communes="niveau_de_vie_median")
    assert faults(app) == []
    assert "Médiane du niveau de vie, 2021 (€ par an)" in html(app)
    refused = words(opened("territoire", territoire="epci:200054781", communes="zut"))
    assert "indicateur de communes inconnu" in refused


def test_a_petr_known_by_name_says_what_is_not_known_of_it() -> None:
    app = opened("territoire", territoire="petr:200060754")
    assert "PETR du Pays de Langres (52) est connu par son nom seulement" in words(app)
    app = opened("territoire")
    app.text_input(key="territoire_texte").set_value("PETR du Pays de Langres").run()
    assert "ses communes membres ne sont pas connues ici" in words(app)
    assert "Aucun lieu ne répond" not in words(app)


def test_an_ecosystem_shows_the_resource_places_of_its_communes() -> None:
    app = opened(
        "ecosysteme",
        ecosysteme="exemple-paris-est-marne-bois",
        aussi="fabrique_territoire",
    )
    assert faults(app) == []
    if "exemple-paris-est-marne-bois" in str(app.query_params):
        assert "Lieux ressources et territoires accompagnés, à part" in words(app)

"""The page Couverture: figures, curves, the least served, places once they are asked for."""

from geo.analysis.proximity.proximity import proximity
from geo.directory.directory import directory
from geo.output.proximity import country_figures
from geo.query.selection import Selection
from tests.pages.seen import again, faults, field, html, opened, words


def test_the_page_says_the_country_its_limits_and_who_is_least_served() -> None:
    app = opened("couverture")
    assert faults(app) == []
    said = words(app)
    for _, figure in country_figures(proximity(directory(), "departement", Selection(), 50)):
        assert figure in said
    for part in ("58 placés sur 85", "à vol d’oiseau", "Guadeloupe", "Population 2023"):
        assert part in said, part
    assert "Lieu proposé" not in said


def test_a_filter_changes_the_figures_and_the_link_opens_the_same() -> None:
    app = opened("couverture", pratique="gestion_lieu", seuil="25", contours="region")
    assert faults(app) == []
    kept = Selection(practices=("gestion_lieu",))
    figures = country_figures(proximity(directory(), "region", kept, 25))
    assert all(figure in words(app) for _, figure in figures)
    assert all(figure in words(again(app, "couverture")) for _, figure in figures)


def test_places_are_proposed_when_they_are_asked_for_and_the_link_keeps_them() -> None:
    app = opened("couverture", lieux="3", territoire="region:53")
    assert faults(app) == []
    assert "Châteaulin (29)" in html(app)
    assert "3" in app.query_params["lieux"]
    assert "Lieu proposé (3)" in html(app)
    assert "prouvé" in words(app)
    field(app, "selectbox", "Ce qui compte").select("distance").run()
    assert faults(app) == []
    assert "réduisent le plus la distance moyenne" in words(app)


def test_what_a_link_asks_in_vain_is_said() -> None:
    app = opened("couverture", but="gloire", lieux="3", candidats="99999", territoire="region:53")
    said = words(app)
    assert "valeur inconnue" in said
    assert "codes INSEE" in said

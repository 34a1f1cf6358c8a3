"""HTML of lists and tables: escaped, and complete without the map."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.nearest import nearest
from geo.analysis.origin import territory_origin
from geo.analysis.territory import sheet
from geo.directory.directory import directory
from geo.output.cards import (
    catalyst_list,
    matrix_table,
    other_source_html,
    place_of,
    territory_links,
)
from geo.output.html import FOLDED
from geo.output.records import records
from geo.query.selection import Selection
from geo.vocabulary import label
from tests.world import catalyst, frame_of


def test_a_ranked_list_says_rank_distance_and_scope():
    answer = nearest(directory(), territory_origin("commune", "94018"), Selection())
    html = catalyst_list(answer.all_rows)
    assert html.count('<li class="fiche"') == 12
    assert 'aria-label="Rang 1"' in html
    assert "3,6\u00a0km" in html
    assert "sur place" in html
    assert "Intervient sur votre territoire" in html
    assert '<a href="/catalyseurs?fiche=le-rameau"' in html


@given(st.text(alphabet="<>&\"'=abc onerror", max_size=40))
def test_nothing_written_by_others_is_html(text):
    hostile = f"<img src=x onerror=alert(1)>{text}"
    frame = frame_of(
        catalyst("a", catalyst_name=hostile, note=hostile, town=hostile, source_title=hostile)
    )
    html = catalyst_list(frame)
    assert "<img src=x" not in html
    assert "onerror=alert(1)&gt;" in html


def test_a_place_is_never_more_precise_than_known():
    rows = records(directory().frame)
    said = {row["catalyst_id"]: place_of(row) for row in rows}
    assert said["le-rameau"] == "Vincennes (94)"
    assert said["fondation-du-nord"] == "Nord (59), commune inconnue"
    assert said["ess-level"] == "Pays de la Loire, commune inconnue"
    assert said["persee-3c"] == "Lieu inconnu"
    assert said["demarche-odd-collectivites-territoriales-comite-21"].startswith("Portée nationale")


def test_the_matrix_shows_its_empty_cells():
    answer = sheet(directory(), "ept", "200057941", Selection())
    table = answer.matrix
    html = matrix_table(table, answer.present)
    for count in re.findall(r"<summary>(\d+)</summary><ul>(.*?)</ul>", html):
        assert count[1].count("<li>") == int(count[0])
    kept = table.loc[:, table.any()]
    assert html.count("aucun</span>") == (kept == 0).to_numpy().sum()
    assert "<caption>" in html
    assert html.count('scope="col"') == 1 + len(kept.columns)
    named = html[html.index("Profils sans personne") :]
    for code in set(table.columns) - set(kept.columns):
        assert label("any_profile", code) in named


def test_links_name_the_kind_and_the_population():
    answer = sheet(directory(), "commune", "94018", Selection())
    html = territory_links(answer.related)
    assert 'href="/territoire?territoire=ept:200057941"' in html
    assert "EPT (Grand Paris), 517\u202f705\u00a0hab." in html


NEW_TAB = 'href="https://a.fr/x" target="_blank" rel="noopener"'


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "Site, offre : « A : b », C, 2021 — https://a.fr/x",
            f"Site, offre\xa0: <a {NEW_TAB}>«\xa0A\xa0: b\xa0», C, 2021</a>",
        ),
        ("Ancienne liste", "Ancienne liste"),
        ("Liste <b> — 2022", "Liste &lt;b&gt; — 2022"),
        ("Site : A — javascript:alert(1)", "Site\xa0: A — javascript:alert(1)"),
    ],
)
def test_another_source_says_what_it_states_and_links_its_title(line, shown):
    assert other_source_html(line) == shown


def test_a_crowd_in_one_cell_unfolds_a_few_and_counts_the_rest():
    crowd = frame_of(
        *(catalyst(f"a{number:03d}", practices=["gestion_lieu"]) for number in range(FOLDED + 7))
    )
    counted = pd.DataFrame([[len(crowd)]], ["gestion_lieu"], ["non_renseigne"])
    html = matrix_table(counted, crowd)
    assert f"<summary>{len(crowd)}</summary>" in html
    assert html.count("/catalyseurs?fiche=") == FOLDED
    assert "et 7 de plus" in html

"""Pieces of HTML that several outputs share."""

import re

from geo.analysis.territory import sheet
from geo.directory.directory import directory
from geo.output.html import joined_table, table
from geo.output.territory_answer import sheet_detail
from geo.query.selection import Selection
from geo.reference.place import Place

ROWS = [["Une", "Nom", "a"], ["Une", "Ville", "b"], ["Deux", "Nom", "c"]]
HEADER = ["Fiche", "Champ", "Après"]


def test_a_heading_that_spans_lines_is_said_once() -> None:
    joined = joined_table("Ce qui a changé", HEADER, ROWS)
    assert joined.count("Une") == 1
    assert re.findall(r'rowspan="(\d+)"', joined) == ["2"]
    assert [*re.findall(r'data-titre="([^"]+)">(\w)<', joined)] == [
        *(("Après", "a"), ("Après", "b"), ("Après", "c"))
    ]
    assert table("Ce qui a changé", HEADER, ROWS).count("Une") == 2


def test_a_code_in_words_is_not_said_and_a_number_is() -> None:
    said = {
        name: sheet_detail(sheet(directory(), *Place.parse(name), Selection()))
        for name in ("crte:crte-84-07-3", "commune:94018", "epci:240100750", "region:53")
    }
    assert "crte-84" not in said["crte:crte-84-07-3"]
    assert "signé par" in said["crte:crte-84-07-3"]
    assert "code INSEE 94018" in said["commune:94018"]
    assert "SIREN 240100750" in said["epci:240100750"]
    assert said["region:53"] == "Région"

"""Kinds of territory: one registry, from which every list derives; a new kind needs no other."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from geo.cli.questions import territory as territory_command
from geo.directory.catalysts import _scope_exists
from geo.output.collections import COLLECTIONS
from geo.query.parameters import DRAWN_KINDS, OUTLINES, TERRITORY
from geo.reference import kinds
from geo.reference.gazetteer.place_names import SECTIONS
from geo.reference.sources import sources
from geo.vocabulary import vocabularies

ROOT: Final = Path(__file__).resolve().parents[2]
FEW: Final = 3
OTHER_LISTS: Final = {
    "geo/directory/question_tables.py",  # precisions of a point, as the next one
    "geo/directory/duplicates/fields.py",
    "geo/directory/importing/propose_mapping.py",  # words of headers
    "geo/reference/kinds.py",
}

# Add a kind before anything else is read, then write what each list became.
ADDED: Final = """
import json, sys
from geo import vocabulary
from geo.reference import kinds

new = kinds.TerritoryKind(
    code="pays", noun="pays", collection="pays", description="Pays", limits="insee-ept",
    search_rank=9, menu_rank=9, noun_needed=True, noun_with_code=True, division=True,
    group=True, reported=True,
)
kinds.KINDS = (*kinds.KINDS, new)
vocabulary.plural = lambda code: code
from geo.analysis.report import REPORTED
from geo.output.collections import COLLECTIONS
from geo.query import parameters
from geo.reference.gazetteer import entries, place_names, places, search_terms
from geo.reference.gazetteer.search import _AS_COMMUNES
from pages.sections.catalyseurs import catalyst_page
from pages.sections.carte import atlas

json.dump(
    {
        "reported": REPORTED,
        "collections": list(COLLECTIONS),
        "menu": parameters.DRAWN_KINDS,
        "address": parameters.OUTLINES.kind.values,
        "atlas": atlas.KINDS,
        "searched": place_names.SECTIONS,
        "known by code": place_names.KINDS,
        "columns": [name.removesuffix("_code") for name in place_names._COMMUNE_MORE],
        "noun after": list(places._KIND_WORD),
        "noun before": list(entries._TYPE_SAID),
        "as communes": [place_names.SECTIONS[at] for at in _AS_COMMUNES],
        "with a code": [search_terms.understand("pays 12").kind],
        "page": catalyst_page._LOCATED_IN,
        "label": parameters.TERRITORY.label.split(" ou "),
    },
    sys.stdout,
)
"""


def test_the_vocabulary_has_the_words_of_every_kind_and_of_no_other() -> None:
    assert vocabularies()["territory_kind"].ids() == kinds.kind_codes()
    assert all(item.plural for item in vocabularies()["territory_kind"].items)


def test_a_kind_added_to_the_registry_is_in_every_list() -> None:
    said = subprocess.run(
        [sys.executable, "-c", ADDED], cwd=ROOT, capture_output=True, check=True, text=True
    )
    lists = json.loads(said.stdout)
    assert [name for name, codes in lists.items() if "pays" not in codes] == []


def test_the_lists_are_in_the_order_that_they_had() -> None:
    assert DRAWN_KINDS == ("region", "departement", "crte", "epci", "ept", "petr")
    assert OUTLINES.kind.read(["commune"], "contours", offered=False) == "commune"
    assert kinds.reported_kinds() == ("region", "departement", "crte")
    assert SECTIONS[:4] == ("commune", "arrondissement", "former", "departement")
    assert SECTIONS[4:] == ("region", "epci", "ept", "petr", "crte")
    assert list(COLLECTIONS)[4:-3] == [
        *("communes", "epci", "ept", "petr", "crte", "departements", "regions"),
    ]
    assert COLLECTIONS["departements"].title == "Départements"
    assert TERRITORY.label == "Commune, EPCI, EPT, PETR, CRTE, département ou région"
    assert OUTLINES.help == "Territoires de ce type : region, departement, crte, epci, …"


def test_a_rank_is_taken_once_and_a_source_of_limits_exists() -> None:
    for ranks in ([k.search_rank for k in kinds.KINDS], [k.menu_rank for k in kinds.KINDS]):
        assert len(ranks) == len(set(ranks))
    assert {kind.limits for kind in kinds.KINDS} <= {source.id for source in sources()}


def test_the_help_names_every_kind() -> None:
    assert all(code in (territory_command.help or "") for code in kinds.kind_codes())


def test_a_scope_is_of_a_kind_that_exists() -> None:
    assert _scope_exists("ept:200057941")
    assert _scope_exists("commune:94018")
    assert not any(map(_scope_exists, ("pays:200057941", "ept", ":", "commune:", "ept:1")))


def hand_lists(root: Path) -> list[str]:
    """Name the files of code that list three kinds or more by hand."""
    found = []
    for folder in ("geo", "pages", "bench"):
        for path in sorted((root / folder).rglob("*.py")):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if any(_kinds_in(node) >= FEW for node in nodes):
                found.append(path.relative_to(root).as_posix())
    return [name for name in found if name not in OTHER_LISTS]


def _kinds_in(node: ast.AST) -> int:
    if not isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
        return 0
    parts = [*node.keys, *node.values] if isinstance(node, ast.Dict) else node.elts
    texts = {part.value for part in parts if isinstance(part, ast.Constant)}
    return len(texts & {*kinds.kind_codes()})


def test_no_list_of_kinds_is_written_by_hand() -> None:
    assert hand_lists(ROOT) == []


@pytest.mark.parametrize(
    "text", ['X = ("commune", "epci", "region")', 'X = {"ept": 1, "petr": 2, "crte": 3}']
)
def test_the_guard_refuses_a_list_of_kinds(text: str, tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.py").write_text(text, encoding="utf-8")
    assert hand_lists(tmp_path) == ["geo/a.py"]

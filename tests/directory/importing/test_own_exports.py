"""A file that Catalyse wrote, imported again in the base it came from, changes nothing."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.terms import term
from geo.directory.importing.validate import validate
from geo.directory.schema import ACTOR, REAL
from geo.files import inert, uncovered
from geo.output.caption import Caption
from geo.output.datasets.records import actors, catalysts
from geo.output.exports import FORMATS, GRAPHS
from geo.output.exports.model import Export
from geo.vocabulary import items, vocabularies

WRITTEN = [one for one in FORMATS if one not in ("html", *GRAPHS)]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
NAMES = st.tuples(st.sampled_from(["", "+33 ", "=", "'=", "''+", "-", "@", "'", "<b>"]), TEXT).map(
    lambda parts: f"{parts[0]}Club {parts[1]}"
)
LINES = st.sampled_from(["", "une\nligne  double", "n/a", "=1+1", "x" * 6000, "a;b|c \"d\" 'e'"])
PLACES = st.sampled_from(
    [("03190", "03000", "Moulins", "03", "84"), ("01003", "", "", "", ""), ("", "", "Ici", "", "")]
)


def one_of(name, *more):
    return st.sampled_from(["", "perdu", *more, *vocabularies()[name].ids()])


RECORDS = st.fixed_dictionaries(
    {
        "actor_name": NAMES,
        "profile": one_of("any_profile"),
        "practices": st.lists(one_of("practice").filter(bool), max_size=3, unique=True),
        "practices_basis": one_of("basis"),
        "evidence": one_of("evidence"),
        "object_kind": one_of("object_kind"),
        "location_precision": one_of("precision"),
        "location_source": st.sampled_from(["", "fichier", "commune", "vérifié", "géocodeur x"]),
        "description": LINES,
        "address": st.sampled_from(["", "12 rue A", "Place B"]),
        "note": LINES,
        "scope": TEXT,
        "website": st.sampled_from(["", "https://a.fr/?x=1&y=2", "www.a.fr"]),
        "siret": st.sampled_from(["", "44306184100047", "12"]),
        "source_title": TEXT,
        "source_date": st.sampled_from(["", "2024-05", "vers 2019"]),
        "fictive": st.booleans(),
        "where": PLACES,
        "point": st.one_of(
            st.none(), st.tuples(st.floats(-4, 8), st.floats(43, 50)), st.just((2.0, 0.0))
        ),
    }
)


def base(drawn):
    """Return actors as the store reads them."""
    areas = ("commune_code", "postcode", "town", "departement_code", "region_code")
    rows = []
    for at, record in enumerate(drawn):
        x, y = record.pop("point") or (None, None)
        row = ACTOR.blank() | {"actor_id": f"a-{at}", "longitude": x, "latitude": y}
        row |= dict(zip(areas, record.pop("where"), strict=True)) | record
        rows.append(row | {"status": "publiee", "external_ids": [f"liste:{at}"]})
    reals = [field.name for field in ACTOR.fields if field.type == REAL]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(reals, "float64"))
    return frame.set_index("actor_id", drop=False)


def exported(dataset, form):
    about = Caption("Acteurs", "sans filtre", False, "base", subject=dataset.subject)  # noqa: FBT003
    export = Export((dataset,), about, "acteurs", with_unplaced=True)
    return FORMATS[form].content(export)


def changes(content, form, known):
    table = read_table(content, f"acteurs.{form}")
    made = plan(validate(table, propose(table)), known)
    told = [(c.field, c.old, c.new) for update in made.changed for c in update.fields]
    return [record["actor_name"] for record in made.new], told


@pytest.mark.parametrize("form", WRITTEN)
def test_every_format_comes_back_without_a_change(form):
    @settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(RECORDS, min_size=3, max_size=12))
    def comes_back(drawn):
        known = base(drawn)
        assert changes(exported(actors(known), form), form, known) == ([], [])

    comes_back()


@pytest.mark.parametrize("form", WRITTEN)
def test_catalysts_come_back_too_and_what_is_made_up_stays_so(form):
    known = base([{"actor_name": "+33 Club", "practices": ["gestion_lieu"], "fictive": True,
                   "practices_basis": "inferred", "where": ("03190", "", "", "03", "84"),
                   "location_precision": "commune", "point": (3.33, 46.56)}])  # fmt: skip
    rows = known.rename(columns=lambda name: name.replace("actor_", "catalyst_"))
    content = exported(catalysts(rows), form)
    assert changes(content, form, known) == ([], [])
    table = read_table(content, f"catalyseurs.{form}")
    brought = validate(table, propose(table)).actors.iloc[0]
    assert brought["actor_name"] == "+33 Club"
    assert brought["practices_basis"] == "inferred"
    assert bool(brought["fictive"])


def test_a_cell_changed_by_hand_is_the_only_change():
    known = base([{"actor_name": "Club", "practices": ["gestion_lieu"], "note": "deux\nlignes",
                   "practices_basis": "inferred", "where": ("03190", "", "", "03", "84"),
                   "location_precision": "commune", "location_source": "commune",
                   "point": (3.33, 46.56)}])  # fmt: skip
    text = exported(actors(known), "csv").decode("utf-8-sig")

    def edited(old, new):
        return changes(text.replace(old, new, 1).encode(), "csv", known)

    assert edited("deux\nlignes", "trois") == ([], [("note", "deux\nlignes", "trois")])
    assert edited(";inferred;", ";stated;") == ([], [("practices_basis", "inferred", "stated")])
    assert [c[0] for c in edited("46.56", "46.6")[1]] == ["latitude", "location_source"]


@pytest.mark.parametrize("name", ["profile", "actor_profile", "practice", "basis", "evidence",
                                  "object_kind", "precision"])  # fmt: skip
def test_every_label_of_a_workbook_is_read_as_its_code(name):
    field = {"actor_profile": "profile", "practice": "practices", "basis": "practices_basis",
             "precision": "location_precision"}.get(name, name)  # fmt: skip
    assert {one.id: term(field, one.label) for one in items(name)} == {
        one.id: one.id for one in items(name)
    }


@pytest.mark.parametrize("text", ["=a", "'=a", "''=a", "'a", "+33", "a", "", "'", "-", "@x", "1"])
def test_a_cell_made_inert_is_given_back(text):
    assert uncovered(inert(text)) == text

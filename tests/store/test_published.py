"""What is withdrawn is hidden at once, from every process that has the store open."""

import numpy as np
import pandas as pd
import pytest

from geo.analysis.proximity.distances import to_nearest_km
from geo.directory.published import published, published_catalysts
from geo.directory.schema import ACTOR
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from geo.directory.withheld import readable
from tests.store.drawn import put, record


def test_only_published_records_are_public(store: Store) -> None:
    for status in ("publiee", "proposee", "retiree", ""):
        put(store, "actor", f"s-{status}", status=status, evidence="named")
    assert list(published(store, "actor").index) == ["s-publiee"]
    assert list(published_catalysts(store).index) == ["s-publiee"]


def test_a_withdrawn_field_is_empty_at_once_everywhere(store: Store, place: StoreLocation) -> None:
    said = {"email": "contact@exemple.invalid", "longitude": 2.5, "latitude": 48.5, "town": "Ici"}
    put(store, "actor", "a", evidence="named", practices=["gestion_lieu"], **said)
    other = Store.create(place.folder, place.postgres)
    assert published(other, "actor").loc["a", "email"] == said["email"]
    hidden = ["email", "longitude", "latitude", "practices"]
    put(
        store,
        "actor",
        "a",
        evidence="named",
        practices=["gestion_lieu"],
        withheld=hidden,
        **said,
    )
    for one in (store, other):
        row = published(one, "actor").loc["a"]
        assert (row["email"], row["practices"], row["town"]) == ("", [], "Ici")
        assert pd.isna(row["longitude"])
        assert published(one, "actor")["longitude"].dtype == "float64"
        catalysts = published_catalysts(one)
        assert catalysts.loc["a", "practices"] == []
        assert catalysts["latitude"].dtype == "float64"
    # The record itself is whole, for those who edit it.
    assert store.record("actor", "a")["email"] == said["email"]
    put(store, "actor", "a", status="retiree")
    assert published(other, "actor").empty
    other.connection.close()


def test_any_field_can_be_withheld(store: Store) -> None:
    values = {"VARCHAR": "vu", "VARCHAR[]": ["vu"], "DOUBLE": 1.5, "BOOLEAN": True, "BIGINT": 0}
    drawn = {field.name: values[field.type] for field in ACTOR.fields[2:]} | {"status": "publiee"}
    fields = [name for name in drawn if name not in {"withheld", "revision", "status"}]
    actors = [record("actor", name, **{**drawn, "withheld": [name]}) for name in fields]
    store.write(Changes.one("actor", *actors), author="A", message="m")
    for name, row in published(store, "actor").iterrows():
        empty = ACTOR.field(str(name)).empty
        assert pd.isna(row[name]) if empty is None else row[name] == empty
        alone = {"longitude", "latitude"} if name in {"longitude", "latitude"} else {name}
        assert all(row[one] == drawn[one] for one in fields if one not in alone)


@pytest.mark.parametrize("half", ["longitude", "latitude"])
def test_half_a_point_is_no_point(store: Store, half: str) -> None:
    put(store, "actor", "a", longitude=2.5, latitude=48.5, withheld=[half])
    row = published(store, "actor").loc["a"]
    assert pd.isna(row["longitude"])
    assert pd.isna(row["latitude"])
    assert readable(store.record("actor", "a"))["longitude"] is None


@pytest.mark.parametrize("half", ["longitude", "latitude"])
def test_half_a_point_in_the_base_is_none_either(store: Store, half: str) -> None:
    put(store, "actor", "a", evidence="named", **{half: 48.5})
    put(store, "actor", "b", evidence="named", longitude=2.4, latitude=48.8)
    for frame in (published(store, "actor"), published_catalysts(store)):
        points = frame[["longitude", "latitude"]]
        assert points.loc["a"].isna().all()
        assert points.loc["b"].tolist() == [2.4, 48.8]
        assert np.isfinite(to_nearest_km(points)).any()

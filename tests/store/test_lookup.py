"""Ids found in a frame: the answers of pandas, without the table of hashes it makes for them."""

import pandas as pd
import pytest

from geo.directory.store.lookup import among, has, known, named, row_at

_IDS = ["a", "é", "zz", "b"]
_ASKED = ["zz", "a", "nobody", ""]


def _whole() -> pd.Series:
    return pd.Series([f"Nom de {one}" for one in _IDS], index=pd.Index(_IDS, dtype="str"))


def _in_pieces() -> pd.Series:
    names = _whole()
    return pd.concat([names.iloc[:1], names.iloc[1:]])


def _of_objects() -> pd.Series:
    return _whole().set_axis(pd.Index(_IDS, dtype=object))


def _empty() -> pd.Series:
    return pd.Series([], index=pd.Index([], dtype=object), dtype=object)


@pytest.fixture(params=[_whole, _in_pieces, _of_objects, _empty])
def names(request: pytest.FixtureRequest) -> pd.Series:
    """Give names by id, the ids held one way or another."""
    found: pd.Series = request.param()
    return found


def test_ids_are_found_as_pandas_finds_them(names: pd.Series) -> None:
    plain = pd.Series([*names], index=pd.Index([*names.index], dtype=object), dtype=object)
    for one in _ASKED:
        expected = plain.index.get_loc(one) if one in plain.index else None
        assert row_at(names, one) == expected
        assert has(names, one) == (expected is not None)
    for asked in (_ASKED, [], {*_ASKED}, pd.Index(_ASKED)):
        assert among(names, asked).tolist() == plain.index.isin([*asked]).tolist()
    assert known(names, iter(_ASKED)) == {*_ASKED} & {*plain.index}
    assert named(names, _ASKED) == {one: plain[one] for one in _ASKED if one in plain.index}


def test_no_table_of_hashes_is_made(names: pd.Series) -> None:
    row_at(names, "a"), has(names, "b"), among(names, _ASKED), known(names, _ASKED)
    named(names, _ASKED)
    assert "_engine" not in names.index._cache  # noqa: SLF001 - where pandas keeps it

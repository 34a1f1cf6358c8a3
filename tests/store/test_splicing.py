"""A frame spliced is the frame that its rows would make, whatever leaves and comes."""

from unittest.mock import patch

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from geo.directory.store import splicing
from geo.directory.store.splicing import replaced, taken

_IDS = st.lists(st.text("abé𝔞Z0-", min_size=1, max_size=3), unique=True, max_size=12)


def _frame(ids: list[str], value: int) -> pd.DataFrame:
    known = {
        "id": pd.Series(sorted(ids), dtype="str"),
        "number": [value] * len(ids),
        "texts": [[one, str(value)] for one in sorted(ids)],
        "fact": [value % 2 == 0] * len(ids),
    }
    return pd.DataFrame(known).set_index("id", drop=False)


@given(held=_IDS, put=_IDS, dropped=_IDS, few=st.sampled_from((-1, 40)))
def test_records_are_replaced_dropped_and_put_in_their_place(
    held: list[str], put: list[str], dropped: list[str], few: int
) -> None:
    before, new = _frame(held, 1), _frame(put, 2)
    kept = before.copy()
    with patch.object(splicing, "_FEW", few):
        after = replaced(before, {*put, *dropped}, new)
    rest = _frame([one for one in held if one not in {*put, *dropped}], 1)
    expected = {**rest["number"].to_dict(), **new["number"].to_dict()}
    assert after.index.to_list() == sorted(expected)
    assert after["number"].to_dict() == expected
    assert after["texts"].to_list() == [[one, str(expected[one])] for one in sorted(expected)]
    pd.testing.assert_frame_equal(before, kept)


def test_texts_that_did_not_change_are_shared_not_copied() -> None:
    held = _frame([f"{n:05d}" for n in range(5_000)], 1)
    after = replaced(held, ["02500"], _frame(["02500"], 2))
    first, last = (pa.table(one[["id"]])["id"].chunk(0).buffers()[2] for one in (held, after))
    assert first.address == last.address


def test_rows_are_taken_as_pandas_takes_them_and_texts_of_nobody_once() -> None:
    blank = pd.Series(["", "", ""], dtype="str")
    frame = pd.DataFrame(
        {"a": pd.Series(["x", "y", "z"], dtype="str"), "b": blank, "c": blank, "n": [1.0, 2.0, 3.0]}
    ).assign(lists=pd.Series([["l"], [], ["m"]]))
    frame = frame.set_index("a", drop=False)
    for order in ([2, 0], [], [1, 1, 0]):
        places = np.array(order, dtype=np.intp)
        pd.testing.assert_frame_equal(taken(frame, places), frame.iloc[places])
    found = taken(frame, np.array([2, 0], dtype=np.intp))
    assert found["b"].array._pa_array is found["c"].array._pa_array  # noqa: SLF001 - held once


def test_a_few_rows_of_a_frame_in_pieces_are_those_of_pandas() -> None:
    whole = _frame([f"{n:03d}" for n in range(100)], 1)
    pieces = replaced(whole, ["050"], _frame(["050"], 2))
    for places in ([50], [99, 0, 50, 50], [], [*range(60)]):
        at = np.array(places, dtype=np.intp)
        for frame in (whole, pieces):
            pd.testing.assert_frame_equal(taken(frame, at), frame.iloc[at])

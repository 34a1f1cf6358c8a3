"""The order of names, found again where none changed, and found anew where one did."""

import numpy as np
import pandas as pd
import pytest

from geo.directory import name_order
from geo.directory.name_order import by_name, folded
from geo.directory.store.lookup import fingerprint

_NAMES = ["Éole", "atelier", "ATELIER", "Straße", "strasse", "", "zèbre", "Atelier", "œuvre"]


def _plain(names: list[str]) -> list[int]:
    return sorted(range(len(names)), key=lambda at: names[at].casefold())


def test_texts_are_folded_as_python_folds_every_character() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    texts = pd.Series([*characters, "Straße ΑΣ Œuvre", "ÉCOLE İstanbul"], dtype="str")
    assert folded(texts).to_pylist() == [text.casefold() for text in texts]


@pytest.mark.parametrize("many", [3, 30_000])
def test_names_are_in_order_case_aside_and_as_they_come(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(name_order, "_MANY", many)
    remembered = _Counted(name_order.in_order_of_names)
    monkeypatch.setattr(name_order, "in_order_of_names", remembered)
    for names in (_NAMES, [*_NAMES, "Bée"], _NAMES[::-1], ["a"], []):
        texts = pd.Series(names, dtype="str")
        for column in (texts, pd.concat([texts.iloc[:2], texts.iloc[2:]]), texts.copy()):
            assert by_name(column).tolist() == _plain(names)
    assert (remembered.times < 15) == (many == 3)


class _Counted:
    def __init__(self, ask: object) -> None:
        self.ask, self.times = ask, 0

    def __call__(self, names: pd.Series) -> np.ndarray:
        self.times += 1
        return self.ask(names)  # type: ignore[operator,no-any-return]


def test_a_fingerprint_is_that_of_the_texts_however_they_are_held() -> None:
    texts = pd.Series(_NAMES, dtype="str")
    pieces = pd.concat([texts.iloc[:3], texts.iloc[3:]])
    assert fingerprint(texts) == fingerprint(pieces) == fingerprint(pd.Series(_NAMES, dtype=object))
    assert fingerprint(texts.iloc[2:5]) == fingerprint(pd.Series(_NAMES[2:5], dtype="str"))
    others = [texts.iloc[1:], texts.iloc[::-1], texts.replace("zèbre", "zébre"), texts.iloc[:0]]
    joined = pd.Series(["Éoleatelier", *_NAMES[2:]], dtype="str")
    assert len({fingerprint(one) for one in (texts, joined, *others)}) == 6

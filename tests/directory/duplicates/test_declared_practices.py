"""What was declared for a whole file takes nothing from what a record states."""

import pytest

from geo.directory.duplicates.fields import _practices
from tests.store.drawn import record

DECLARED = {"practices": ["accompagnements"], "practices_basis": "declared"}
STATED = {"practices": ["gestion_lieu"], "practices_basis": "stated"}


@pytest.mark.parametrize("order", [(DECLARED, STATED), (STATED, DECLARED)])
def test_a_catalyst_joined_to_a_local_actor_stays_one(order):
    kept, other = (record("actor", name, **said) for name, said in zip("ab", order, strict=True))
    assert _practices(kept, other) == STATED

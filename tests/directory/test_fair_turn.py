"""Whose file is read next: one who queues many lets the others come between."""

import time
from threading import Thread

from geo.directory.fair_turn import FairTurn


def order_of(fair: FairTurn, *clients: str) -> list[str]:
    """Have clients wait while the turn is taken by « a »; give the order in which they came."""
    came: list[str] = []

    def read(client: str) -> None:
        with fair.turn(client, 10) as mine:
            assert mine
            came.append(client)

    with fair.turn("a", 10):
        threads = [Thread(target=read, args=[one]) for one in clients]
        for number, one in enumerate(threads):
            one.start()
            while len(fair._waiting) <= number:  # noqa: SLF001 - in this very order
                time.sleep(0.001)
        assert came == []
    for one in threads:
        one.join()
    return came


def test_who_just_had_a_turn_comes_after_the_others() -> None:
    fair = FairTurn()
    assert order_of(fair, "a", "a", "b", "c") == ["b", "c", "a", "a"]
    assert order_of(fair, "c", "a", "b", "d")[0] == "d"


def test_a_turn_that_does_not_come_is_told_and_lost_by_nobody() -> None:
    fair = FairTurn()
    with fair.turn("a", 1) as mine, fair.turn("b", 0.05) as other:
        assert (mine, other) == (True, False)
        with fair.turn("c", 0.05) as third:  # the one that did not come gave nothing back
            assert not third
    with fair.turn("c", 0.05) as free:
        assert free

"""Whose file is read next: one who queues many lets the others come between."""

import time
from threading import Thread

from geo.directory.fair_turn import FairTurn, Together


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
            while fair.waiting() <= number:  # in this very order
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


def test_of_several_turns_one_client_has_so_many_and_who_holds_the_fewest_comes_first() -> None:
    fair = FairTurn(at_once=3)
    many = [fair.ask("a", most=2) for _ in range(5)]
    assert [one.came.done() for one in many] == [True, True, False, False, False]
    other = fair.ask("b", most=2)
    assert (other.came.done(), len(fair), fair.of("a"), fair.waiting()) == (True, 3, 2, 3)
    third = fair.ask("c", most=2)
    fair.give_back(many[0])
    assert (third.came.done(), many[2].came.done()) == (True, False)
    fair.give_back(many[2])  # no more waited for
    fair.give_back(other)
    assert (many[3].came.done(), many[4].came.done()) == (True, False)
    for one in (*many, other, third):
        fair.give_back(one)
    assert (len(fair), fair.waiting()) == (0, 0)


def test_a_turn_that_lasts_too_long_counts_no_more() -> None:
    fair = FairTurn(longest_s=0.05)
    long = fair.ask("a")
    with fair.turn("b", 10) as came:
        assert came
        fair.give_back(long)  # too late: it takes nobody's turn away
        assert (len(fair), fair.of("b")) == (1, 1)


def test_turns_of_several_kinds_are_counted_together_for_one_client() -> None:
    together = Together(2)
    pages, files = FairTurn(4, together=together), FairTurn(2, together=together)
    mine = [files.ask("a"), pages.ask("a"), files.ask("a"), pages.ask("a"), pages.ask("a")]
    assert [one.came.done() for one in mine] == [True, True, False, False, False]
    assert (pages.has_all("a", 4), files.has_all("b", 1)) == (True, False)
    other = pages.ask("b")
    assert other.came.done()  # nobody else waits for what one client may have no more of
    pages.give_back(mine[1])  # of one kind: who waited for longest comes, of whichever kind
    assert [one.came.done() for one in mine[2:]] == [True, False, False]
    files.give_back(mine[0])
    assert [one.came.done() for one in mine[3:]] == [True, False]
    for kind, turns in ((files, (mine[0], mine[2])), (pages, (mine[1], mine[3], mine[4], other))):
        for one in turns:
            kind.give_back(one)
    assert (len(pages), len(files), pages.waiting(), together.in_use) == (0, 0, 0, {})


def test_a_turn_that_lasts_too_long_lets_its_client_have_another_of_any_kind() -> None:
    together = Together(1)
    pages, files = FairTurn(2, longest_s=0.05, together=together), FairTurn(2, together=together)
    long = pages.ask("a")
    with files.turn("a", 10) as came:
        assert came
    pages.give_back(long)
    assert (len(pages), len(files), together.in_use) == (0, 0, {})


def test_two_files_of_one_address_leave_its_pages_a_turn() -> None:
    together = Together(2)
    pages = FairTurn(4, together=together)
    files, others = (FairTurn(2, together=together, slow=True) for _ in range(2))
    long = [files.ask("a"), others.ask("a")]
    assert [one.came.done() for one in long] == [True, False]
    assert others.has_all("a", 2)
    for _ in range(10):  # ten who work behind that address, one after another
        with pages.turn("a", 0.5) as came:
            assert came
    files.give_back(long[0])
    assert long[1].came.done()
    others.give_back(long[1])
    assert (together.in_use, together.slow) == ({}, {})

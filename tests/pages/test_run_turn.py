"""Sessions of one address that never pause, on a running server: the others are answered beside."""

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.load.session import Session
from tests.browser.harness import NO_TILES, serve

GREEDY = 24
RUNS = 4


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serve(environment=NO_TILES) as address:
        yield address


def test_sessions_that_never_pause_let_those_of_another_address_come_between(url: str) -> None:
    ran, all_there = count(), asyncio.Event()

    async def greedy() -> None:
        async with from_address(url, "127.0.0.66") as socket:
            session = Session(socket)
            while True:
                await session.open("methode")
                if next(ran) >= 2 * GREEDY:
                    all_there.set()

    async def honest() -> int:
        async with from_address(url, "127.0.0.2") as socket:
            session = Session(socket)
            await session.open("methode")
            before = next(ran)
            for _ in range(RUNS):
                await session.open("methode")
            return next(ran) - before - 1

    async def both() -> int:
        crowd = [asyncio.create_task(greedy()) for _ in range(GREEDY)]
        await asyncio.wait_for(all_there.wait(), 300)
        try:
            return await honest()
        finally:
            for one in crowd:
                one.cancel()
            await asyncio.gather(*crowd, return_exceptions=True)

    # Each would be one among twenty-five: some twenty-four of theirs for one of ours.
    assert asyncio.run(both()) <= RUNS * GREEDY / 2


def from_address(url: str, address: str) -> connect:
    return connect(
        url.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        ping_interval=None,
        open_timeout=120,
        local_addr=(address, 0),
    )

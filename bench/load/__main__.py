"""``make load``: load a server of this checkout, print what was seen as JSON."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bench.load.cases import WARMING
from bench.load.crowd import Crowd, load
from bench.load.process import children
from bench.machine import machine
from tests.browser.harness import NO_TILES, serve
from tests.cli.nginx import fleet


@click.command()
@click.option("--users", type=click.IntRange(1, 500), default=25)
@click.option("--seconds", type=click.FloatRange(1, 7_200), default=60.0)
@click.option("--think", type=click.FloatRange(0, 60), default=5.0, help="Between two actions.")
@click.option("--reruns", type=click.IntRange(1, 1_000_000), default=1_000_000, help="At most.")
@click.option("--workers", type=click.IntRange(1, 8), default=1, help="Behind nginx, above one.")
@click.option("--postgres", default="", help="Catalogue; a file of SQLite without.")
def main(  # noqa: PLR0913, PLR0917
    users: int, seconds: float, think: float, reruns: int, workers: int, postgres: str
) -> None:
    """Load servers of its own, on this machine only; stop by itself."""
    with _servers(workers, postgres) as (url, processes):
        load(url, WARMING, processes())
        seen = load(url, Crowd(users, seconds, think, reruns), processes()).as_json()
    click.echo(json.dumps({"machine": machine(), **seen}, ensure_ascii=False, indent=2))


@contextmanager
def _servers(workers: int, postgres: str) -> Iterator[tuple[str, Callable[[], Sequence[int]]]]:
    if workers == 1:
        before = children()
        with serve(environment={**NO_TILES, "CATALYSE_CATALOGUE": postgres}) as url:
            processes = [*(children() - before)]
            yield url, lambda: processes
        return
    with tempfile.TemporaryDirectory() as folder:
        store = {"CATALYSE_STORE": f"{folder}/base", "CATALYSE_CATALOGUE": postgres}
        with fleet(workers, Path(folder), {**os.environ, **NO_TILES, **store}) as found:
            yield found.url, found.processes


if __name__ == "__main__":
    main()

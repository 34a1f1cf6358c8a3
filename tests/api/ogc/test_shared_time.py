"""The largest page leaves the others their time: nothing else runs while one call works."""

import sys
import threading
import time
from itertools import pairwise

import pytest

from geo.api.ogc import items
from geo.api.ogc.coordinate_systems import STORED
from geo.api.ogc.parameters import FeatureQuery
from geo.output.collections import content

TICK_S = 0.001


@pytest.mark.skipif(sys.platform != "linux", reason="reads the clock of another thread")
def test_ten_thousand_perimeters_are_not_written_in_one_go() -> None:
    communes = content("communes")
    page = items.page("communes", communes, FeatureQuery(None, {}, 10_000, 0, STORED, {}))
    spent = [0.0]

    def write() -> None:
        assert len(items.collection_json(page, [])) > 10_000_000

    writer = threading.Thread(target=write)
    writer.start()
    clock = time.pthread_getcpuclockid(writer.ident)
    while writer.is_alive():
        spent.append(time.clock_gettime(clock))
        time.sleep(TICK_S)
    longest = max(after - before for before, after in pairwise(spent))
    assert longest < spent[-1] / 4, (longest, spent[-1])

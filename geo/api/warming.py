"""What a server reads ahead, once it has settled: no visitor then waits for it."""

import gc
from importlib import import_module
from typing import Final

_LATER: Final = ("scipy.spatial", "igraph", "geo.output.exports.build")
"""What only some visits need: distances of all communes, graphs, files."""
_POINTS: Final = ((2.35, 48.85), (-1.4, 46.1))  # in a town, off a coast


def warm() -> None:
    """Read what no base changes: communes, shores, names, programmes, indicators, tables of SQL.

    The first click on a map reads every commune and every shore, the first visit of a territory
    every indicator and programme: seconds.
    """
    locate = import_module("geo.analysis.locate").locate
    for point in _POINTS:
        locate(*point)
    import_module("geo.reference.gazetteer").gazetteer()
    import_module("geo.reference.programmes").rows()
    import_module("geo.directory.directory").read_reference()
    indicators = import_module("geo.directory.indicators.catalogue").catalogue()
    for table in indicators.tables:
        indicators.loaded(table)
    for name in _LATER:
        import_module(name)
    gc.freeze()

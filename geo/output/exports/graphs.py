"""GraphML and GEXF, by networkx's own writers: actors, and how many alliances join each pair."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

import networkx as nx
import pandas as pd

from geo.directory.schema import REAL, WHOLE
from geo.output.datasets.table import Column, Dataset
from geo.output.exports.model import (
    FICTIVE,
    Export,
    cell_text,
    coded,
    in_words,
    label_name,
    values,
    xml_text,
)
from geo.output.layout import places
from geo.output.maps.actors import mark_of, marks

_SPACE: Final = 120.0
"""Length of a link in a drawing, in the units of Gephi."""
_SIZE: Final = 8.0
_GROWTH: Final = 1.5
_ALL: Final = slice(None)
Data = dict[str, Any]


def graphml(export: Export) -> Iterator[bytes]:
    """Write the network of an export as GraphML 1.0."""
    buffer = io.BytesIO()
    nx.write_graphml_xml(_graph(export), buffer)
    yield buffer.getvalue()


def gexf(export: Export) -> Iterator[bytes]:
    """Write the network of an export as GEXF 1.2, with its colours, sizes and positions."""
    graph = _graph(export)
    spots = places(tuple(graph.nodes), tuple(graph.edges))
    for node, data in graph.nodes(data=True):
        data["viz"] = _look(data, spots[str(node)])
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer)
    yield buffer.getvalue()


def _graph(export: Export) -> nx.Graph:
    actors, links = export.datasets[:2]
    graph = nx.Graph(name=xml_text(_graph_title(export)))
    for actor_id, data in _nodes(actors):
        graph.add_node(actor_id, **data)
    for (source, target), rows in links.frame.groupby(["source_id", "target_id"], sort=True):
        if graph.has_node(source) and graph.has_node(target):
            _join(graph, str(source), str(target), rows)
    return graph


def _graph_title(export: Export) -> str:
    """Describe in one line what the file is, its filters and its date."""
    return export.caption.line(len(export.main.frame))


def _nodes(actors: Dataset) -> Iterator[tuple[str, Data]]:
    """Return each actor with what may leave of it; what is missing is left out."""
    columns = actors.columns
    values_by_column = [values(actors, column, _ALL) for column in columns]
    for cells, point in zip(zip(*values_by_column, strict=True), actors.geometry, strict=True):
        row = dict(zip(actors.names, cells, strict=True))
        data: Data = {"label": xml_text(row["actor_name"])} | _attributes(columns, row)
        data |= {
            label_name(one): xml_text(in_words(one, row[one.name]))
            for one in coded(actors)
            if row[one.name]
        }
        if point is not None:
            data |= {
                "longitude": float(point.x),
                "latitude": float(point.y),
            }
        yield str(row["actor_id"]), data


def _attributes(columns: tuple[Column, ...], row: Data) -> Data:
    found: Data = {}
    for column in columns[2:]:  # its id and its name are those of the node
        value = row[column.name]
        if value is None or value in ("", []):
            continue
        if column.name == "fictive":
            found[FICTIVE] = value
        elif column.type in {REAL, WHOLE}:
            found[column.name] = value
        else:
            found[column.name] = xml_text(
                ";".join(value) if isinstance(value, list) else str(value)
            )
    return found


def _join(graph: nx.Graph, first: str, second: str, rows: pd.DataFrame) -> None:
    """Join a pair once; the values of its alliances are merged."""
    before = graph.get_edge_data(first, second, {})
    kinds = Column("partnership_kind", "Type", vocabulary="any_partnership")
    named = {
        "alliances": rows["alliance_name"],
        "kinds": rows["partnership_kind"].map(lambda kind: cell_text(kinds, kind)),
        "since": rows["since"],
        "until": rows["until"],
    }
    data: Data = {"weight": before.get("weight", 0) + len(rows)}
    for name, texts in named.items():
        all_texts = chain(str(before.get(name, "")).split(" ; "), texts.astype(str))
        text = " ; ".join(dict.fromkeys(text for text in all_texts if text))
        data |= {name: xml_text(text)} if text else {}
    if rows["fictive"].any():
        data[FICTIVE] = FICTIVE
    graph.add_edge(first, second, **data)


def _look(data: Data, spot: tuple[float, float]) -> Data:
    """Colour an actor by its profile; y goes up in Gephi."""
    fill = marks()[mark_of(data.get("profile", ""))].fill.lstrip("#")
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    x, y = spot
    return {
        "color": {"r": red, "g": green, "b": blue, "a": 1.0},
        "size": _SIZE + _GROWTH * data["partners"],
        "position": {"x": x * _SPACE, "y": -y * _SPACE, "z": 0.0},
    }

"""Take the records out of what a JSON wraps them in: an answer, a sheet of columns, an index."""

from collections.abc import Iterator
from typing import Any, Final

from geo.directory.importing.column_titles import readings
from geo.directory.importing.header_row import known_titles

_ANSWERED: Final = frozenset(("parameters", "links", "meta", "metadata", "facet_groups"))
_WHOLE: Final = frozenset(("FeatureCollection", "Feature", "umap", "Topology"))
_DEEPEST: Final = 3
_LOOKED_AT: Final = 50
_ENOUGH: Final = 2
_HEAD: Final = {"columns", "fields", "header", "headers"}


def unwrapped(whole: Any) -> Any:
    """Return the list of records that a document holds, or the document when none is found.

    An answer that says nothing else than how many there are gives its only list. One that says
    more gives the list whose keys are those of actors: any other may be of anything.
    """
    match whole:
        case [{"type": "Feature"}, *_]:
            return {"type": "FeatureCollection", "features": whole}
        case [[str(), *_] as head, list(), *_] if all(isinstance(one, str) for one in head):
            return _records(head, whole[1:])
        case {"mapping": list(names), "data": [[*_], *_] as rows}:
            return [_compact(names, row) for row in rows if isinstance(row, list)]
        case dict() if whole.get("type") not in _WHOLE and "ontology" not in whole:
            return _of_object(whole)
        case _:
            return whole


def _of_object(whole: dict[str, Any]) -> Any:
    rest = {key: value for key, value in whole.items() if not _about(key, value)}
    lists = [one for one in rest.values() if isinstance(one, list) and one]
    if len(lists) == len(rest) == 1 and not _is_rows(lists[0]):
        return unwrapped(lists[0])
    if (head := next((whole[key] for key in _HEAD & {*whole}), None)) and isinstance(head, list):
        rows = next((one for one in lists if _is_rows(one)), [])
        return _records(head, rows) if rows and all(isinstance(one, str) for one in head) else whole
    found = [(known_titles([_keys(records)]), records) for records in _lists(whole, 0)]
    best = max(found, key=lambda pair: pair[0], default=(0, []))
    return best[1] if best[0] >= _ENOUGH else whole


def _about(key: str, value: Any) -> bool:
    """Tell a count, a link to the next page or what was asked from what was answered."""
    link = isinstance(value, str) and value.startswith("http")
    return link or key in _ANSWERED or not isinstance(value, str | dict | list)


def _is_rows(value: list[Any]) -> bool:
    return all(isinstance(row, list) for row in value)


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    """List what may be records: lists of objects, objects by their id, columns of values."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    inner = [*value.values()]
    if len(inner) >= _ENOUGH and all(isinstance(one, dict) for one in inner):
        yield inner
    columns = [one for one in inner if isinstance(one, list) and not _nested(one)]
    if len(columns) == len(inner) >= _ENOUGH and len({*map(len, columns)}) == 1:
        yield _records([*value], [*zip(*columns, strict=True)])
    for one in inner:
        if isinstance(one, list) and any(isinstance(record, dict) for record in one):
            yield one
        yield from _lists(one, depth + 1)


def _nested(values: list[Any]) -> bool:
    return any(isinstance(one, dict | list) for one in values)


def _keys(records: list[Any]) -> list[str]:
    """Return the keys of records, those of an object inside by the whole of their path."""
    some = [record for record in records[:_LOOKED_AT] if isinstance(record, dict)]
    return [*dict.fromkeys(key for record in some for key in _paths(record, ""))]


def _paths(record: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, value in record.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict) and path.count(".") < _DEEPEST:
            yield from _paths(value, f"{path}.")
        elif any(readings(path, "")):
            yield path


def _records(head: list[str], rows: list[Any]) -> list[dict[str, Any]]:
    return [dict(zip(head, row, strict=False)) for row in rows if isinstance(row, list | tuple)]


def _compact(names: list[Any], row: list[Any]) -> dict[str, Any]:
    """Name the values of a record of GoGoCarto's compact form, those of a list inside too."""
    found: dict[str, Any] = {}
    for name, value in zip(names, row, strict=False):
        if isinstance(name, list) and isinstance(value, list):
            found |= _compact(name, value)
        elif isinstance(name, str):
            found[name] = value
    return found

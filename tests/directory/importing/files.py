"""Small files of every format, written as a spreadsheet or a map tool would."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest

from geo.directory.importing.dry_run import DryRun, Problem
from geo.directory.importing.plan import Plan, plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.directory.schema import ACTOR
from geo.errors import BadFileError
from geo.settings import ROOT

SAMPLES = ROOT.parent / "shared" / "data" / "samples"
NOBODY = pd.DataFrame(columns=[field.name for field in ACTOR.fields])
Rows = Iterable[Iterable[Any]]
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"{path} is absent: these public files stay beside the checkout")
    return path


def csv_bytes(rows: Rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows, merged: Iterable[str] = (), more_sheets: Iterable[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Acteurs"
    for row in rows:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    for title in more_sheets:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_bytes(rows: Rows, tail: str = "") -> bytes:
    def cell(value: Any) -> str:
        text = escape(str(value)).replace("\n", "</text:p><text:p>")
        if isinstance(value, int | float):
            kind = f'office:value-type="float" office:value="{value}"'
        else:
            kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{n}="{_OFFICE}:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Feuille1">{lines}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                   "META-INF/manifest.xml": _MANIFEST, "content.xml": content})  # fmt: skip


_MANIFEST = (
    f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def feature(properties: dict[str, Any], *lonlat: float) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": lonlat} if lonlat else None
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson_bytes(features: Iterable[Any], **more: Any) -> bytes:
    whole = {"type": "FeatureCollection", "features": features, **more}
    return json.dumps(whole, ensure_ascii=False).encode()


def draft_of(rows: Rows, name: str = "acteurs.csv", **known: Any) -> DryRun:
    """Read, map and check a CSV of these rows, the first being the header."""
    table = read_table(csv_bytes(rows), name)
    return validate(table, propose(table), **known)


def kept(first_plan: Plan) -> pd.DataFrame:
    """Return the actors as a store would, once a plan is written."""
    return pd.DataFrame(first_plan.new, columns=NOBODY.columns).astype({"revision": int})


def told(draft: DryRun, field: str) -> list[Problem]:
    return [problem for problem in draft.problems if problem.field == field]


def planned(rows: Rows, actors: pd.DataFrame = NOBODY, **known: Any) -> Plan:
    return plan(draft_of(rows), actors, **known)


def drafted(data: bytes | str, name: str = "essai.csv") -> DryRun:
    """Read, map and check a file of any form, by its bytes or its text."""
    table = read_table(data.encode() if isinstance(data, str) else data, name)
    return validate(table, propose(table))


def refusal_of(data: bytes, name: str = "acteurs.csv") -> str:
    """Return the sentence that refuses a file."""
    with pytest.raises(BadFileError) as refused:
        read_table(data, name)
    return str(refused.value)

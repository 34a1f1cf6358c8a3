"""Territories to print: catalysts and records drawn by hand, on the real geography."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from geo.directory.directory import Directory
from geo.output.sheet.files import Printer
from geo.query.selection import Selection
from geo.reference import france
from tests.directory.ecosystems.drawn import drawn_book
from tests.world import catalyst, frame_of

ALL = Selection()
NASTY = (
    "#strong[Gras] $x^2$ @ref <label> *a* _b_",
    "<script>alert(1)</script><b>&amp;",
    '"\\n #import "/etc/passwd" // */ `brut`',
    "Émoji 😀 et 日本",
    "Drapeau \U0001f3f3\ufe0f\u200d\U0001f308 et métier \U0001f469\u200d\U0001f680",
    "مؤسسة التحالف",
    "Un\u202enom\u0007 retourné\nsur deux lignes",
    "Sansespace" * 30,
    "= Titre\n- liste",
)


def at(code: str, catalyst_id: str, **fields: object) -> dict[str, object]:
    """Draw a catalyst at the point of a commune."""
    home: dict[Any, Any] = france.communes().loc[code].to_dict()
    return catalyst(
        catalyst_id,
        commune_code=code,
        location_precision="commune",
        longitude=float(home["longitude"]),
        latitude=float(home["latitude"]),
        **fields,
    )


def press(*catalysts: dict[str, object], **records: list[dict[str, object]]) -> Printer:
    """Return what prints sheets of drawn catalysts and records."""
    rows = catalysts or (catalyst("seul", location_precision="unknown"),)
    return Printer(Directory("dessin.csv", frame_of(*rows)), drawn_book(**records))


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """List the tags of a PDF in reading order."""
    found: list[pikepdf.Dictionary] = []
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, pikepdf.Array):
            waiting[:0] = list(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            found.append(one)
            waiting[:0] = [one.K] if "/K" in one else []
    return found


def faults(content: bytes) -> list[str]:
    """Say what keeps a PDF from being read aloud well, in our own words."""
    pdf = opened(content)
    root, said = pdf.Root, []
    if not ("/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False))):
        said.append("not marked")
    if "/StructTreeRoot" not in root:
        return [*said, "no tags"]
    if str(root.get("/Lang", "")).split("-")[0] != "fr":
        said.append("no French")
    if not str(pdf.open_metadata().get("dc:title", "")):
        said.append("no title")
    if not ("/ViewerPreferences" in root and root.ViewerPreferences.get("/DisplayDocTitle")):
        said.append("title not shown")
    return said + _tag_faults(elements(pdf))


def _tag_faults(tags: list[pikepdf.Dictionary]) -> list[str]:
    said = []
    names = [str(tag.S) for tag in tags]
    if any(not str(tag.get("/Alt", "")) for tag in tags if tag.S == "/Figure"):
        said.append("figure without Alt")
    levels = [int(name[2]) for name in names if name[:2] == "/H" and name[2:].isdigit()]
    steps = zip([0, *levels], levels, strict=False)
    if not levels or any(level > before + 1 for before, level in steps):
        said.append("headings skip a level")
    if names.count("/TH") < names.count("/Table") or not names.count("/Table"):
        said.append("table without headers")
    return said


def validator(content: bytes) -> list[str]:
    """Ask a validator nobody here wrote what breaks PDF/UA-1."""
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert report.rules.total > 80
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


def told(content: bytes, folder: Path, *options: str) -> str:
    """Read a PDF aloud with poppler."""
    program = "pdfinfo" if "-struct-text" in options else "pdftotext"
    if shutil.which(program) is None:
        pytest.skip("poppler-utils absent")
    path = folder / "lu.pdf"
    path.write_bytes(content)
    tail = ["-"] if program == "pdftotext" else []
    done = subprocess.run(
        [program, *options, str(path), *tail],
        capture_output=True,
        check=True,
        encoding="utf-8",
        errors="replace",
    )
    return done.stdout


def pages(content: bytes) -> int:
    return len(opened(content).pages)

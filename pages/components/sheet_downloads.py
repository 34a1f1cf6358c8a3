"""Printed answers to download: a territory's sheet, the national report; made only when asked."""

from collections.abc import Callable

import streamlit as st

from geo.analysis.territory import Sheet
from geo.directory.directory import Directory
from geo.output.sheet.files import Printer, RenderedSheet, printer
from geo.output.sheet.formats import FORMS
from geo.query.selection import Selection

_LABELS = {"pdf": "Fiche A4 (PDF)", "html": "Fiche A4 (page web)"}
_REPORTS = {"pdf": "Rapport national (PDF)", "html": "Rapport national (page web)"}
_ICONS = {"pdf": ":material/print:", "html": ":material/web:"}


def sheet_downloads(answer: Sheet) -> None:
    """Offer the sheet of the territory on screen, for the same selection and distance."""
    found = answer.territory

    def made(press: Printer, form: str) -> RenderedSheet:
        asked = answer.selection, answer.near_km
        return press.territory(found.kind, found.code, form, *asked)

    name = f"fiche-{found.kind}-{found.code}"
    _buttons(_LABELS, name, answer.directory, made)


def report_downloads(book: Directory, selection: Selection) -> None:
    """Offer the report of the whole country, for the selection on screen."""

    def made(press: Printer, form: str) -> RenderedSheet:
        return press.national(form, selection)

    _buttons(_REPORTS, "couverture-nationale", book, made)


def _buttons(
    labels: dict[str, str],
    name: str,
    book: Directory,
    made: Callable[[Printer, str], RenderedSheet],
) -> None:
    mark = "fictif-" if book.fictive else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        for form, text in labels.items():
            st.download_button(
                text,
                lambda form=form: made(printer(), form).content,  # type: ignore[misc]
                f"{mark}{name}.{form}",
                FORMS[form],
                key=f"{form}_{name}",
                on_click="ignore",
                icon=_ICONS[form],
            )

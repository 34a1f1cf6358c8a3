"""Printed answers to download: a territory's sheet, the national report; made only when asked."""

from collections.abc import Callable

import streamlit as st

from geo.analysis.past.question import PastQuestion
from geo.analysis.report_local import Local, local
from geo.analysis.territory import Sheet
from geo.directory.directory import Directory
from geo.directory.store.open import open_store
from geo.output.sheet.files import Printer, RenderedSheet, printer
from geo.output.sheet.formats import FORMS
from geo.query.selection import Selection
from pages.components.file_button import file_button
from pages.components.time_control import choose_dates

_LABELS = {"pdf": "Fiche A4 (PDF)", "html": "Fiche A4 (page web)"}
_REPORTS = {"pdf": "Rapport national (PDF)", "html": "Rapport national (page web)"}
_ICONS = {"pdf": ":material/print:", "html": ":material/web:"}


def sheet_downloads(answer: Sheet) -> None:
    """Offer the sheet of the territory on screen, for the same selection and distance."""
    found = answer.territory

    def gather() -> Local:
        return local(found, printer().book)

    question = choose_dates(gather, open_store())

    def made(press: Printer, form: str) -> RenderedSheet:
        options = answer.selection, answer.near_km, question
        return press.territory(found.kind, found.code, form, *options)

    name = f"fiche-{found.kind}-{found.code}"
    _buttons(_LABELS, name, made, fictive=answer.directory.fictive)


def ecosystem_downloads(ecosystem_id: str, question: PastQuestion, *, fictive: bool) -> None:
    """Offer the sheet of an ecosystem, at the date on screen; only what is published."""

    def made(press: Printer, form: str) -> RenderedSheet:
        return press.ecosystem(ecosystem_id, form, question)

    _buttons(_LABELS, f"fiche-{ecosystem_id}", made, fictive=fictive)


def report_downloads(book: Directory, selection: Selection) -> None:
    """Offer the report of the whole country, for the selection on screen."""

    def made(press: Printer, form: str) -> RenderedSheet:
        return press.national(form, selection)

    _buttons(_REPORTS, "couverture-nationale", made, fictive=book.fictive)


def _buttons(
    labels: dict[str, str],
    name: str,
    made: Callable[[Printer, str], RenderedSheet],
    *,
    fictive: bool,
) -> None:
    mark = "fictif-" if fictive else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        for form, text in labels.items():
            file_button(
                text,
                lambda form=form: made(printer(), form).content,  # type: ignore[misc]
                f"{mark}{name}.{form}",
                FORMS[form],
                key=f"{form}_{name}",
                icon=_ICONS[form],
            )

"""Printed files by territory: what is asked, the bytes, the name of the file."""

from dataclasses import dataclass
from functools import lru_cache

from geo.analysis.past.question import NOW, PastQuestion
from geo.analysis.past.state import Reader
from geo.analysis.report import national
from geo.analysis.report_local import public_book
from geo.analysis.territory import sheet
from geo.directory.directory import Directory, directory
from geo.directory.ecosystems import Book
from geo.directory.reading import readable_book
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import UnknownItemError
from geo.output.sheet.blocks import Document
from geo.output.sheet.ecosystem import ecosystem_document
from geo.output.sheet.formats import FORMS
from geo.output.sheet.html import POLICY, to_html
from geo.output.sheet.national import national_document
from geo.output.sheet.pdf import to_pdf
from geo.output.sheet.territory import territory_document
from geo.output.sheet.territory_past import territory_past
from geo.query.parameters import NEAR
from geo.query.selection import Selection


@dataclass(frozen=True)
class RenderedSheet:
    """One file ready to be sent or written; ``policy`` is what its HTML may fetch: nothing."""

    content: bytes
    name: str
    media_type: str
    fictive: bool
    policy: str = POLICY


@dataclass(frozen=True)
class Printer:
    """The directory and the public records that sheets are drawn from, read once.

    ``store``: whose history tells the past of these records; the one in force without it.
    """

    directory: Directory
    book: Book
    store: Store | None = None

    def territory(  # noqa: PLR0913, PLR0917 - each is asked for on its own
        self,
        kind: str,
        code: str,
        form: str,
        selection: Selection,
        near_km: float = NEAR.default,
        question: PastQuestion = NOW,
    ) -> RenderedSheet:
        """Print one territory's sheet.

        ``question``: the date of its alliances, projects and actors; its catalysts are of now.

        Raises
        ------
        UnknownCodeError
            There is no such territory.
        UnknownItemError
            No such form.
        AtlasError
            A distance out of bounds.
        """
        _check_form(form)
        answer = sheet(self.directory, kind, code, selection, near_km)
        records, past = territory_past(self.reader, answer.territory, question)
        document = territory_document(answer, records, past)
        return _file(document, f"fiche-{kind}-{code}", form)

    @property
    def reader(self) -> Reader:
        """Return what anybody may see of the store."""
        return Reader(self.store or open_store(), self.book)

    def ecosystem(
        self, ecosystem_id: str, form: str, question: PastQuestion = NOW
    ) -> RenderedSheet:
        """Print one ecosystem's sheet, at a date or now.

        Raises
        ------
        UnknownCodeError
            There is no such ecosystem.
        UnknownItemError
            No such form.
        """
        _check_form(form)
        reader = self.reader
        book = readable_book(reader.store, fictitious=True)
        document = ecosystem_document(Reader(reader.store, book), ecosystem_id, question)
        return _file(document, f"fiche-{ecosystem_id}", form)

    def national(self, form: str, selection: Selection) -> RenderedSheet:
        """Print the report of the whole country."""
        _check_form(form)
        document = national_document(self.directory, national(self.directory, selection))
        return _file(document, "couverture-nationale", form)


def printer() -> Printer:
    """Read the sources of the sheets as they are now; again only when the store has changed."""
    store = open_store()
    return _printer(directory(), store, store.snapshot())


@lru_cache(maxsize=1)
def _printer(now: Directory, store: Store, _snapshot: int) -> Printer:
    return Printer(now, public_book(store), store)


def render_sheet(document: Document, form: str) -> bytes:
    """Write a document as ``pdf`` or ``html``, a file of its own that needs no network."""
    return to_pdf(document) if form == "pdf" else to_html(document).encode()


def _check_form(form: str) -> None:
    if form not in FORMS:
        raise UnknownItemError(
            f"Forme inconnue : « {form[:20]} ». Formes possibles : {', '.join(FORMS)}."
        )


def _file(document: Document, name: str, form: str) -> RenderedSheet:
    fictive = bool(document.mark)
    mark = "fictif-" if fictive else ""
    return RenderedSheet(render_sheet(document, form), f"{mark}{name}.{form}", FORMS[form], fictive)

"""What the pages that explain answer before they are live: Méthode, Repères."""

from markupsafe import Markup

from geo.directory.directory import Directory
from geo.output.first.document import PageAnswer
from geo.output.landmarks import landmarks_page
from geo.output.method import method_page
from geo.query.query import Query


def method_answer(_: Query, book: Directory, __: str) -> PageAnswer:
    """Answer with the whole method, its details folded."""
    return PageAnswer(method_page(book))


def landmarks_answer(_: Query, __: Directory, ___: str) -> PageAnswer:
    """Answer with the dated figures, those left out, the official indicators."""
    return PageAnswer(Markup("").join(landmarks_page()))

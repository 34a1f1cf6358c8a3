"""What a directory answered is given to everybody: no page and no file changes it."""

from typing import Any

from geo.analysis.coverage import Coverage
from geo.directory.directory import directory
from geo.output.exports import FORMATS
from geo.output.exports.build import export_of
from tests.pages.seen import faults, opened

VIEWS = (
    ("trouver", {"lieu": "commune:94018"}),
    ("carte", {"contours": "region", "indicateur": "nombre"}),
    ("territoire", {"territoire": "ept:200057941"}),
)


def kept() -> dict[Any, str]:
    """Say all that is kept with the directory in force, its catalysts too."""
    book = directory()
    told = {"frame": book.frame.to_json()}
    for asked, answers in book._answers.items():  # noqa: SLF001
        for question, answer in answers.items():
            whole = isinstance(answer, Coverage)
            told[asked, question] = repr(answer) + (answer.frame.to_json() if whole else "")
    return told


def use() -> None:
    """Open the pages that ask for what is kept, and write their files."""
    for page, link in VIEWS:
        assert faults(opened(page, **link)) == []
    territories = {"contours": ["region"], "indicateur": ["nombre"]}
    for form in ("xlsx", "geojson"):
        FORMATS[form].content(export_of("territories", territories))


def test_pages_and_files_leave_what_is_kept_as_it_was():
    use()
    before = kept()
    assert {name.__name__ for name, _ in list(before)[1:]} >= {"_coverage", "_covering_ids"}
    use()
    assert {one: kept()[one] for one in before} == before

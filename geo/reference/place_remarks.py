"""What a search has to say beside its answers: a place outside the project, or of another kind."""

from collections.abc import Collection

from geo.french import quoted
from geo.reference import gazetteer
from geo.reference.gazetteer import FoundPlace
from geo.reference.kinds import kind_of
from geo.reference.old_codes import remark, shared_out
from geo.reference.overseas import outside


def search(
    text: str, limit: int = 10, kinds: Collection[str] | None = None
) -> tuple[list[FoundPlace], list[str]]:
    """Find the places that a text may mean, and say in French what they do not show.

    A text that names a place elsewhere brings no place that only looks like it.
    """
    found, sentences = gazetteer.search(text, limit, kinds), remarks(text, kinds)
    return [one for one in found if not sentences or one.match_kind != "fuzzy"], sentences


def remarks(text: str, kinds: Collection[str] | None = None) -> list[str]:
    """Explain in French what a text means that the answers of a search do not show.

    An overseas collectivity, a commune that was shared out, an old code, and the territory of
    another kind than those searched that has exactly that name or code.
    """
    code = text.strip()
    shared = shared_out(code)
    parts = f"{shared}." if shared else ""
    sentences = [outside(text), parts, remark(code), _of_other_kind(text, kinds)]
    return [sentence for sentence in sentences if sentence]


def _of_other_kind(text: str, kinds: Collection[str] | None) -> str:
    if kinds is None:
        return ""
    found = gazetteer.search(text, 1)
    if not found or found[0].kind in kinds or found[0].match_kind not in {"exact", "code"}:
        return ""
    best = found[0]
    return f"{quoted(text.strip()[:60])} : {kind_of(best.kind).noun} {best.name}, code {best.code}."

"""Asking many addresses: the cache first, then the geocoder, a few hundred at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from geo.directory.geocoding.cache import Cache
from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.query import Answer, GeocodingQuery
from geo.errors import GeocoderError
from geo.french import count

_TOGETHER: Final = 500  # A few seconds for the geocoder: little to ask again if it fails.

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""
Answers = dict[GeocodingQuery, Answer | None]


@dataclass(frozen=True)
class BatchAnswers:
    """Answers that came, None for an address not found, and why the others did not come."""

    answers: dict[tuple[str, str, str], Answer | None]
    fault: str = ""

    def has(self, question: GeocodingQuery) -> bool:
        """Return whether a question was answered, if only by « not found »."""
        return question.key in self.answers

    def get(self, question: GeocodingQuery) -> Answer | None:
        """Return the answer to a question, however it was spelled."""
        return self.answers.get(question.key)


def ask(
    questions: Iterable[GeocodingQuery],
    geocoder: Geocoder,
    cache: Cache | None,
    progress: Progress | None = None,
) -> BatchAnswers:
    """Answer each question once, from the cache or the geocoder; stop at its first fault.

    What was answered before a fault is kept, in the cache too.
    """
    wanted = list({question.key: question for question in questions}.values())
    answers = cache.get(geocoder.url, wanted) if cache else {}
    missing = [question for question in wanted if question not in answers]
    fault = ""
    try:
        for start in range(0, len(missing), _TOGETHER):
            _answer(missing[start : start + _TOGETHER], geocoder, cache, answers)
            if progress:
                progress(len(answers), len(wanted))
    except GeocoderError as stopped:
        fault = str(stopped)
    left = len(wanted) - len(answers)
    if left:
        rest = f"{count(left, 'adresse reste', 'adresses restent')} sans réponse."
        fault = f"{fault} {rest}".strip()
    return BatchAnswers({question.key: answer for question, answer in answers.items()}, fault)


def _answer(
    some: list[GeocodingQuery], geocoder: Geocoder, cache: Cache | None, answers: Answers
) -> None:
    """Ask a batch, and once more what it left out: a broken connection loses its end."""
    for _ in range(2):
        if some:
            came = geocoder.batch(some)
            if cache:
                cache.put(geocoder.url, came)
            answers |= came
            some = [question for question in some if question not in came]

"""How likely two records are one, and why: each sign adds or takes away, in bits of evidence.

Sums of logarithms of likelihood ratios (I. P. Fellegi and A. B. Sunter, A Theory for Record
Linkage, 1969), with weights set by hand on real public lists, so that a score can be explained.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.crs import geodesic_m
from geo.directory.duplicates.features import NONE, Bools, Features
from geo.directory.duplicates.names import GUESTS, Floats, Ints, NameStatistics
from geo.directory.duplicates.similarity import Similarity

# Evidence that a likeness of names gives, between these steps in a straight line.
_NAME_AT: Final = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0)
_NAME_BITS: Final = (-9.0, -6.0, -3.0, -1.0, 2.0, 4.0, 5.0)
# Evidence of a distance between two exact points, in metres.
_FAR_AT: Final = (30.0, 100.0, 300.0, 1_000.0, 5_000.0, 50_000.0)
_FAR_BITS: Final = (3.0, 2.0, 1.0, -1.0, -4.0, -7.0)
# The same when a point stands for a whole commune: near tells little.
_VAGUE_AT: Final = (2_000.0, 5_000.0, 15_000.0, 50_000.0)
_VAGUE_BITS: Final = (0.5, 0.0, -4.0, -7.0)
_SIRET, _PHONE, _SITE, _EMAIL, _ADDRESS = 6.0, 4.0, 4.0, 4.0, 2.5
_OTHER_SIREN, _OTHER_SIRET, _OPEN_SIREN = -5.0, -4.0, 2.0
_OTHER_STREET, _OTHER_TOWN, _SAME_TOWN = -1.5, -3.0, 1.0
_OTHER_KIND, _OTHER_NUMBER, _GUEST = -7.0, -4.0, -3.0
_PRIOR: Final = -2.0
_BEST_PLACE: Final = _FAR_BITS[0] + _SAME_TOWN + _ADDRESS / 2
_WHOLE, _TINY = 100.0, 1e-9
_NEARBY: Final = 300.0  # metres
_TELLING: Final = 0.8
_A_POINT: Final = 0.16  # how much of a step to the next point of score a bit is worth


@dataclass(frozen=True)
class Scored:
    """What was found of each pair, to rank it and to say why."""

    score: Floats  # 0 to 100
    ratio: Floats
    metres: Floats  # NaN where either has no point
    exact: Bools  # both points are addresses
    agree: dict[str, Bools]
    differ: dict[str, Bools]


def score(
    names: NameStatistics, features: Features, one: Ints, other: Ints, alike: Similarity
) -> Scored:
    """Weigh the evidence that records ``one`` and ``other`` are the same, pair by pair."""
    metres = _metres(features, one, other)
    exact = features.exact[one] & features.exact[other]
    same, unlike = _identities(features, one, other)
    same["kind"], unlike["kind"] = _sets(names.kinds, one, other)
    _, unlike["number"] = _sets(names.numbers, one, other)
    unlike["guest"] = _guest(names, one, other) & ~unlike["kind"]
    near = same["town"] | (exact & (metres < _NEARBY))
    bits = _name_bits(alike, same["kind"] & near) + _place_bits(metres, exact, same, unlike)
    for column in ("siret", "phone", "site", "email"):
        bits += same[column] * _SIGN_BITS[column] * _rare(getattr(features, column), one)
    bits += same["siren"] * _OPEN_SIREN
    bits += unlike["siren"] * _OTHER_SIREN + unlike["siret"] * _OTHER_SIRET
    bits += unlike["number"] * _OTHER_NUMBER
    bits += unlike["kind"] * _OTHER_KIND + unlike["guest"] * _GUEST + _PRIOR
    return Scored(_points(bits), alike.ratio, metres, exact, same, unlike)


def may_reach(
    least: float, features: Features, pairs: tuple[Ints, Ints], alike: Similarity
) -> Bools:
    """Tell the pairs that may score so much; the others surely do not.

    By their names and the best that a place may say: nearly all pairs go before any distance is
    measured. Those that share a number, a site or an address of their own all stay.
    """
    one, other = pairs
    stay = np.zeros(len(one), dtype=np.bool_)
    for name in ("siret", "siren", "phone", "site", "email"):
        column = getattr(features, name)
        if (column != NONE).any():
            stay |= (column[one] != NONE) & (column[one] == column[other])
    share = np.clip(least / _WHOLE, _TINY, 1 - _TINY)
    needed = np.log2(share / (1 - share)) / (_A_POINT * 4)
    bits = _name_bits(alike, np.ones(len(one), dtype=np.bool_))
    return np.asarray(stay | (bits + _BEST_PLACE + _PRIOR >= needed - _TINY))


_SIGN_BITS: Final = {"siret": _SIRET, "phone": _PHONE, "site": _SITE, "email": _EMAIL}


def _points(bits: Floats) -> Floats:
    """Turn evidence into 0 to 100: 50 when as likely as not."""
    return np.asarray(100 / (1 + np.exp2(-bits * _A_POINT * 4)), dtype=np.float64)


def _name_bits(alike: Similarity, same_kind_near: Bools) -> Floats:
    """Return the evidence of names; likeness in words that tell little proves little.

    A commune has one town hall, and rarely two libraries at one corner: there, the word for
    the kind of place tells enough.
    """
    bits = np.interp(alike.ratio, _NAME_AT, _NAME_BITS)
    telling = np.clip(alike.telling / _TELLING, 0.3, 1)
    telling = np.where(same_kind_near, np.maximum(telling, 0.9), telling)
    return np.where(bits > 0, bits * telling, bits)


def _metres(features: Features, one: Ints, other: Ints) -> Floats:
    metres = np.full(len(one), np.nan)
    known = ~np.isnan(features.longitude[one]) & ~np.isnan(features.longitude[other])
    a, b = one[known], other[known]
    metres[known] = geodesic_m(
        features.longitude[a], features.latitude[a], features.longitude[b], features.latitude[b]
    )
    return metres


def _identities(
    features: Features, one: Ints, other: Ints
) -> tuple[dict[str, Bools], dict[str, Bools]]:
    """Tell, sign by sign, which pairs have the same value and which have two."""
    same: dict[str, Bools] = {}
    unlike: dict[str, Bools] = {}
    for name in (
        "siret",
        "siren",
        "phone",
        "site",
        "email",
        "address",
        "street",
        "commune",
        "town",
    ):
        column = getattr(features, name)
        both = (column[one] != NONE) & (column[other] != NONE)
        same[name] = both & (column[one] == column[other])
        unlike[name] = both & (column[one] != column[other])
    # Two SIRET of one SIREN are two places of one organisation: that alone proves nothing.
    full = (features.siret[one] != NONE) & (features.siret[other] != NONE)
    same["siren"] &= ~full
    unlike["siret"] &= ~unlike["siren"]
    unlike["town"] &= ~same["commune"]
    same["town"] |= same["commune"]
    return same, unlike


def _place_bits(
    metres: Floats, exact: Bools, same: dict[str, Bools], unlike: dict[str, Bools]
) -> Floats:
    known = ~np.isnan(metres)
    near = np.interp(metres, _FAR_AT, _FAR_BITS)
    vague = np.interp(metres, _VAGUE_AT, _VAGUE_BITS)
    town = same["town"] * _SAME_TOWN + unlike["town"] * _OTHER_TOWN
    bits = np.where(known, np.where(exact, near, vague), 0.0)
    bits += np.where(known & exact, 0.0, town)
    # An address says again what the points say: it counts for what it adds.
    bits = np.where(same["address"], np.maximum(bits, 1.0) + _ADDRESS / 2, bits)
    bits = np.where(same["street"], np.maximum(bits, 0.0), bits)
    street = unlike["street"] & ~(known & exact & (metres < _FAR_AT[1]))
    return np.asarray(bits + street * _OTHER_STREET, dtype=np.float64)


def _rare(column: Ints, one: Ints) -> Floats:
    """Return 1 for a value that two records hold, less and less for one that many do."""
    counts = np.bincount(column[column != NONE], minlength=1)
    return np.asarray(1 / np.log2(np.maximum(counts[column[one]], 2)), dtype=np.float64)


def _sets(name_sets: list[frozenset[str]], one: Ints, other: Ints) -> tuple[Bools, Bools]:
    """Tell the pairs that hold the same set, and those whose sets have nothing in common.

    A name that says no kind, or no number, is neither.
    """
    sets = list(dict.fromkeys(name_sets))
    place = {own: position for position, own in enumerate(sets)}
    rows = np.array([place[own] for own in name_sets], dtype=np.int64)
    left, right = rows[one], rows[other]
    keys, back = np.unique(left * len(sets) + right, return_inverse=True)
    pairs = [(sets[a], sets[b]) for a, b in zip(*np.divmod(keys, max(len(sets), 1)), strict=True)]
    same = np.array([a == b and bool(a) for a, b in pairs], dtype=np.bool_)
    apart = np.array([bool(a and b) and a.isdisjoint(b) for a, b in pairs], dtype=np.bool_)
    return same[back], apart[back]


def _guest(names: NameStatistics, one: Ints, other: Ints) -> Bools:
    """Tell the pairs of which one alone is a service that others house under their roof."""
    guest = np.array([bool(kinds & GUESTS) for kinds in names.kinds], dtype=np.bool_)
    return guest[one] ^ guest[other]

"""Coordinates as files write them: commas, swapped columns, Lambert-93, zeros, elsewhere."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo import crs
from geo.directory.importing.dry_run import INFO
from geo.directory.importing.metric_systems import SYSTEMS, lonlat, system_of
from geo.directory.importing.row_batch import Mask, RowBatch, Texts, where

Floats = npt.NDArray[np.float64]
# West, south, east, north of the mainland with Corsica, then of each overseas land.
BOXES: Final = (
    (-5.6, 41.2, 9.8, 51.3),
    (-63.3, 14.2, -60.6, 18.3),
    (-54.8, 2.0, -51.4, 6.0),
    (55.0, -21.6, 56.0, -20.6),
    (44.8, -13.2, 45.5, -12.5),
    (-56.7, 46.6, -56.0, 47.3),
    (-154.9, -28.1, -134.2, -7.7),
    (158.0, -23.3, 172.3, -17.9),
    (-178.6, -14.7, -175.9, -12.9),
)
_LAMBERT: Final = (50_000.0, 6_000_000.0, 1_300_000.0, 7_250_000.0)
_PAIR: Final = re.compile(
    r"\D*?(-?\d+(?:[.,]\d+)?)\s*(?:[;/|\s]|,\s|,(?=-?\d+\.))\s*(-?\d+(?:[.,]\d+)?)\D*"
)
_NUMBER: Final = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
_SEXAGESIMAL: Final = re.compile(
    r"[-+]?(?P<d>\d{1,3}(?:[.,]\d+)?)(?:\s*(?P<sign>[°º])\s*|\s+|(?=[a-z]))"
    r"(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*['’′´]?\s*(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|’’)?)?)?"
    r"\s*(?P<side>[nsewo])?",
    re.IGNORECASE,
)
_SIDED: Final = re.compile(r"([^nsewo]*[nsewo])([^nsewo]*[nsewo])", re.IGNORECASE)
_BEFORE: Final = re.compile(r"([nsewo])([^nsewo]+)([nsewo])([^nsewo]+)", re.IGNORECASE)
_WORDS: Final = re.compile(r"\b([nseo])(?:ord|ud|st|uest)\b", re.IGNORECASE)
_UNITS: Final = (
    (re.compile(r"(?<=\d) ?(?:d(?:eg|egr[ée]s?)?(?![a-z])|deg\.)", re.IGNORECASE), "°"),
    (re.compile(r"(?<=\d) ?(?:min(?:utes?)?\.?|mn|m)(?![a-z])", re.IGNORECASE), "'"),
    (
        re.compile(
            r"(?<=['′’])\s*(\d{1,2}(?:[.,]\d+)?) ?s(?:ec\w*\.?)?(?=\s*[nsewo]?$)", re.IGNORECASE
        ),
        r'\1"',
    ),
)
_COLONS: Final = re.compile(
    r"([-+]?\d{1,3}):(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)\s*([nsewo]?)", re.IGNORECASE
)
_SIDE_FIRST: Final = re.compile(r"([nsewo])\s*(\d[^nsewo]*)", re.IGNORECASE)
# The place that a link to a map shows: Google's, OpenStreetMap's, Géoportail's.
_MAP: Final = re.compile(
    r"https?://\S*?(?:@|[?&](?:q|ll|query|center|mlat)=|#map=\d+/|geo:)"
    r"(-?\d{1,2}\.\d+)(?:,|%2C|/|&mlon=)(-?\d{1,3}\.\d+).*",
    re.IGNORECASE,
)
# « lat: 45.7, lon: 4.8 », « {"lat":45.7,"lng":4.8} » and what a form of KoboToolbox writes:
# latitude, longitude, altitude, precision.
_LABELLED: Final = re.compile(
    r"\W*lat(?:itude)?\W{1,4}(-?\d+[.,]\d+)\W+lo?ng?(?:itude)?\W{1,4}(-?\d+[.,]\d+)\W*",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(r"(-?\d{1,2}\.\d+) (-?\d{1,3}\.\d+) -?\d+(?:\.\d+)? \d+(?:\.\d+)?")
_NORTH_FIRST: Final = frozenset((_MAP, _LABELLED, _MEASURED))
_DEGREES: Final = 180.0
_APART_M: Final = 200.0  # What rounding to three decimals moves, and more.
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’°]")


def points(batch: RowBatch, departements: Texts) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes in WGS 84, NaN where the file places nothing it can.

    What a file draws goes before what it writes in columns.

    Parameters
    ----------
    departements
        Code of the département of each record, empty when unknown: it tells which metric system
        an overseas pair of metres is in.
    """
    if batch.table.geometry is None:
        return _mended(batch, *_written(batch), departements)
    x, y = _mended(batch, *_from_geometry(batch), departements)
    return _beside(batch, x, y, departements) if _has_written(batch) else (x, y)


def _has_written(batch: RowBatch) -> bool:
    return any(batch.has(name) for name in ("longitude", "latlon", "lonlat"))


def _beside(batch: RowBatch, x: Floats, y: Floats, departements: Texts) -> tuple[Floats, Floats]:
    """Return the points drawn, those written where none is; tell where the two are apart."""
    aside = RowBatch(batch.table, batch.mapping)
    lon, lat = _mended(aside, *_written(aside), departements)
    lacking = np.isnan(x)
    used = {int(row) for row in batch.table.rows[lacking]}
    batch.problems.extend(problem for problem in aside.problems if problem.row in used)
    apart = ~lacking & ~np.isnan(lon)
    apart[apart] = crs.geodesic_m(x[apart], y[apart], lon[apart], lat[apart]) > _APART_M
    _tell(batch, apart, "Le point dessiné et les coordonnées écrites ne sont pas au même endroit : "
          "le point dessiné est gardé.")  # fmt: skip
    return np.where(lacking, lon, x), np.where(lacking, lat, y)


def _mended(batch: RowBatch, x: Floats, y: Floats, departements: Texts) -> tuple[Floats, Floats]:
    """Put right what can be, in order, in metres or at zero; leave out the rest and tell it."""
    alone = np.isnan(x) != np.isnan(y)
    _tell(batch, alone, "Une seule des deux coordonnées : aucune n’est gardée.")
    zero = (np.nan_to_num(x, nan=1.0) == 0) & (np.nan_to_num(y, nan=1.0) == 0)
    _tell(batch, zero, "Coordonnées à zéro : laissées vides.")
    unusable = alone | zero
    x, y = np.where(unusable, np.nan, x), np.where(unusable, np.nan, y)
    x, y = _unswapped(batch, x, y)
    x, y = _from_metres(batch, x, y, departements)
    away = ~np.isnan(x) & ~in_france(x, y)
    _tell(batch, away, "Point hors de France : coordonnées laissées vides.")
    return np.where(away, np.nan, x), np.where(away, np.nan, y)


def in_france(x: Floats, y: Floats) -> Mask:
    """Mark the places within the boxes around the mainland and each overseas land."""
    return np.asarray(np.logical_or.reduce([_within(x, y, box) for box in BOXES]))


def _within(x: Floats, y: Floats, box: tuple[float, float, float, float]) -> Mask:
    left, low, right, high = box
    return np.asarray((x >= left) & (x <= right) & (y >= low) & (y <= high))


def _from_geometry(batch: RowBatch) -> tuple[Floats, Floats]:
    """Take the points that a layer draws; a line or an area gives a point inside."""
    shapes = np.asarray(batch.table.geometry)
    lonely = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    known = shapely.get_type_id(shapes) == 0
    spots = np.where(known, shapes, shapely.point_on_surface(shapes))
    spots[lonely] = None
    _tell(batch, lonely, "Aucune géométrie : à placer autrement.")
    _tell(batch, ~known & ~lonely, "Tracé remplacé par un point à l’intérieur.", INFO)
    return shapely.get_x(spots), shapely.get_y(spots)


def _written(batch: RowBatch) -> tuple[Floats, Floats]:
    for name, order in (("latlon", -1), ("lonlat", 1)):
        if batch.has(name) and not batch.has("longitude"):
            return _pairs(batch, name, order)
    return _numbers(batch, "longitude"), _numbers(batch, "latitude")


def _numbers(batch: RowBatch, name: str) -> Floats:
    read = batch.texts(name)
    found = np.array([number(text) if text else np.nan for text in read], dtype=np.float64)
    bad = where(read, lambda text: text.strip()) & np.isnan(found)
    batch.tell(bad, name, "Coordonnée illisible : laissée vide.", (read, None))
    commas = where(read, lambda text: "," in text) & ~np.isnan(found)
    batch.tell(commas, name, "Virgule décimale comprise.", (read, found.astype(object)), INFO)
    return found


def number(text: str) -> float:
    """Read degrees, decimal or in minutes and seconds, or metres; NaN when it is none."""
    text = _plainly(text)
    found = _SEXAGESIMAL.fullmatch(text)
    if not found or not (found["sign"] or found["side"]):
        plain = _SPACES.sub("", text)
        return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else np.nan
    parts = [float((found[at] or "0").replace(",", ".")) for at in ("d", "m", "s")]
    south_or_west = text.strip().startswith("-") or (found["side"] or "n").lower() in "swo"
    size = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -size if south_or_west else size


def _plainly(text: str) -> str:
    """Write degrees as « 45°45'35"N », however their parts and their side are said."""
    short = _WORDS.sub(lambda word: word[1], text.strip())
    if found := _COLONS.fullmatch(short):
        short = f"{found[1]}°{found[2]}'{found[3]}\"{found[4]}"
    for unit, sign in _UNITS:
        short = unit.sub(sign, short)
    before = _SIDE_FIRST.fullmatch(short)
    return f"{before[2]}{before[1]}" if before else short


def _pairs(batch: RowBatch, name: str, order: int) -> tuple[Floats, Floats]:
    read = batch.texts(name)
    found = [pair_of(text) for text in read]
    values = [_pair(pair, order) if pair else [np.nan] * 2 for pair in found]
    bad = where(read, lambda text: text.strip()) & np.array([pair is None for pair in found])
    batch.tell(bad, name, "Couple de coordonnées illisible : laissé vide.", (read, None))
    x, y = np.array(values, dtype=np.float64).reshape(-1, 2)[:, ::order].T
    return x, y


def pair_of(text: str) -> re.Match[str] | None:
    """Tell a pair of coordinates: two numbers, sides said or named, or a link to a map."""
    text = text.strip()
    known = _MAP.fullmatch(text) or _LABELLED.fullmatch(text) or _MEASURED.fullmatch(text)
    return known or _PAIR.fullmatch(text) or sided(text)


def sided(text: str) -> re.Match[str] | None:
    """Tell a pair whose halves say their side: « 45°46'38"N 3°5'11"E », in either order."""
    short = _WORDS.sub(lambda word: word[1], text.strip())
    before = _BEFORE.fullmatch(short)  # « N 45°46' E 3°05' »
    found = _SIDED.fullmatch(before.expand(r"\2\1\4\3") if before else short)
    if not found or (found[1][-1].lower() in "ns") == (found[2][-1].lower() in "ns"):
        return None
    return None if np.isnan(_pair(found, 1)).any() else found


def _pair(found: re.Match[str], order: int) -> list[float]:
    """Return both numbers in the order that the column is said to have, whatever sides say."""
    halves = [number(half.strip(" ,;/|")) for half in found.groups()]
    if found.re in _NORTH_FIRST:
        return halves if order == -1 else halves[::-1]
    if found.re is not _SIDED:
        return halves
    north_first = found[1][-1].lower() in "ns"
    return halves if north_first == (order == -1) else halves[::-1]


def _unswapped(batch: RowBatch, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Exchange longitude and latitude where only the exchange lies in France."""
    swapped = ~in_france(x, y) & (in_france(y, x) | _within(y, x, _LAMBERT))
    swapped &= ~np.logical_or.reduce([_within(x, y, box) for _, box in SYSTEMS.values()])
    _tell(batch, swapped, "Longitude et latitude inversées : remises dans l’ordre.", INFO)
    return np.where(swapped, y, x), np.where(swapped, x, y)


def _from_metres(
    batch: RowBatch, x: Floats, y: Floats, departements: Texts
) -> tuple[Floats, Floats]:
    """Convert the metres of the mainland, and overseas those of the system of the département."""
    x, y = x.copy(), y.copy()
    metres = np.abs(np.nan_to_num(x)) > _DEGREES
    main = metres & ~np.isin(departements, [*crs.OVERSEAS_METRIC])
    if main.any() and (system := system_of(x[main], y[main])):
        title, box = SYSTEMS[system]
        main &= _within(x, y, box)
        _convert(x, y, main, system)
        remark = f"Coordonnées en {title} : converties en longitude et latitude."
        _tell(batch, main & in_france(x, y), remark, INFO)
    for code, system in crs.OVERSEAS_METRIC.items():
        local = metres & (departements == code)
        _convert(x, y, local, system)
        _tell(batch, local & in_france(x, y), "Coordonnées en mètres (système local) : converties.",
              INFO)  # fmt: skip
    return x, y


def _convert(x: Floats, y: Floats, some: Mask, system: str) -> None:
    if some.any():
        x[some], y[some] = lonlat(x[some], y[some], system)


def _tell(batch: RowBatch, some: Mask, message: str, severity: str = "attention") -> None:
    name = next((n for n in ("latlon", "lonlat") if batch.has(n)), "longitude")
    if batch.has("longitude") and batch.has("latitude"):
        pairs = zip(batch.texts("longitude"), batch.texts("latitude"), strict=True)
        read = np.array([*(f"{a} ; {b}" for a, b in pairs), ""], dtype=object)[:-1]
        batch.tell(some, "longitude", message, (read, None), severity)
    else:
        batch.tell(some, name, message, severity=severity)

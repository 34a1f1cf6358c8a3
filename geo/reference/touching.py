"""Which of many perimeters hold each point, edges included."""

import shapely

from geo.crs import Floats, Ints, Shapes


def touching(
    tree: shapely.STRtree, perimeters: Shapes, lon: Floats, lat: Floats
) -> tuple[Ints, Ints]:
    """Pair points with the perimeters that they are in, or on the edge of, in no order.

    The tree compares boxes only: asked for the predicate, it would prepare the point and walk all
    the sides of a perimeter each time, though the index of the perimeter answers at once.

    Parameters
    ----------
    tree
        Index of ``perimeters``, polygons in WGS 84.
    lon, lat
        Shape (n,), degrees, WGS 84; NaN is nowhere.

    Returns
    -------
    Positions of points, then of perimeters.
    """
    point, row = tree.query(shapely.points(lon, lat))
    is_inside = shapely.intersects_xy(perimeters[row], lon[point], lat[point])
    return point[is_inside], row[is_inside]

"""Actors found by words of their name."""

import pandas as pd

from geo.reference.gazetteer.spelling import fold_lines


def find(names: pd.Series, typed: str) -> list[str]:
    """List the ids of the actors whose name holds every word typed, accents and case aside."""
    words = fold_lines(typed).split()
    if not words:
        return [str(one) for one in names.index]
    folded = fold_lines("\n".join(name.replace("\n", " ") for name in names)).split(b"\n")
    return [
        str(one)
        for one, line in zip(names.index, folded, strict=True)
        if all(b" " + word in line for word in words)
    ]


def find_actors(actors: pd.DataFrame, typed: str) -> pd.DataFrame:
    """Keep the actors whose name or town holds every word typed, in their order."""
    if not typed.strip():
        return actors
    return actors.loc[find(actors["actor_name"] + " " + actors["town"], typed)]

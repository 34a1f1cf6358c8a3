"""Real public lists shaped into actors, when they lie beside the project; measured by hand with

``python -m tests.directory.duplicates.samples [lowest score] [rows shown]``.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.directory.duplicates.candidates import candidates
from tests.directory.duplicates.made import NOTHING, actor, frame

SAMPLES: Final = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"
_GOOD: Final = 0.7


def here() -> bool:
    return SAMPLES.is_dir()


def everything() -> pd.DataFrame:
    """Return some 43,000 actors of five lists."""
    return frame(
        *_town_halls(), *_third_places(), *_mediation(), *_france_services(), *_fabriques()
    )


def _rows(name: str) -> list[dict[str, str]]:
    table = pd.read_csv(SAMPLES / name, dtype=str, keep_default_na=False)
    return table.to_dict("records")  # type: ignore[return-value]


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None


def _town_halls() -> list[dict[str, Any]]:
    return [
        actor(
            f"mairie-{row['code_insee']}-{row['type']}",
            actor_name=f"Mairie de {row['nom']}",
            town=row["nom"],
            commune_code=row["code_insee"],
            website=row["site"],
            longitude=_number(row["longitude"]),
            latitude=_number(row["latitude"]),
            location_precision="adresse",
            external_ids=[f"mairies:{row['code_insee']}-{row['type']}"],
        )
        for row in _rows("mairies_2026.csv")
    ]


def _third_places() -> list[dict[str, Any]]:
    return [
        actor(
            f"tl-{row['ID']}",
            actor_name=row["NOM_TL"],
            address=row["ADRESSE"],
            postcode=row["CP"],
            town=row["NOMCOM"],
            commune_code=row["INSEECOM"] if row["INSEECOM"] != "0" else "",
            website=row["WEB"],
            longitude=_number(row["LONG"]),
            latitude=_number(row["LAT"]),
            location_precision="adresse" if float(row["PRECISION"] or 0) > _GOOD else "commune",
            external_ids=[f"tiers_lieux:{row['ID']}"],
        )
        for row in _rows("tiers_lieux_cget_2019.csv")
    ]


def _mediation() -> list[dict[str, Any]]:
    return [
        actor(
            f"cnfs-{row['id']}",
            actor_name=row["nom"],
            address=row["adresse"],
            postcode=row["code_postal"],
            town=row["commune"],
            siret=row["pivot"],
            website=row["site_web"],
            longitude=_number(row["longitude"]),
            latitude=_number(row["latitude"]),
            location_precision="adresse",
            external_ids=[f"cnfs:{row['id']}"],
        )
        for row in _rows("lieux_mediation_numerique_cnfs_2022.csv")
    ]


def _france_services() -> list[dict[str, Any]]:
    return [
        actor(
            f"fs-{row['id_fs']}",
            actor_name=row["lib_fs"],
            address=row["adresse"],
            postcode=row["code_postal"],
            town=row["lib_com"],
            commune_code=row["insee_com"],
            longitude=_number(row["longitude"]),
            latitude=_number(row["latitude"]),
            location_precision="adresse",
            external_ids=[f"france_services:{row['id_fs']}"],
        )
        for row in _rows("france_services_20240801.csv")
    ]


def _fabriques() -> list[dict[str, Any]]:
    features = json.loads((SAMPLES / "anct_fabt_2024.geojson").read_text("utf-8"))["features"]
    return [
        actor(
            f"{known['id_territoire']}-{rank}",
            actor_name=known["lib_territoire"] or "",
            town=known["lib_geo"] or "",
            commune_code=known["id_geo"] or "",
            longitude=point[0],
            latitude=point[1],
            location_precision="commune",
            external_ids=[f"fabriques:{known['id_territoire']}-{rank}"],
        )
        for rank, feature in enumerate(features)
        for known in [feature["properties"]]
        for point in [(feature["geometry"] or {}).get("coordinates") or (None, None)]
    ]


def main() -> None:
    least, shown = (float(text) for text in (*sys.argv[1:], "50", "40")[:2])
    actors = everything()
    start = time.perf_counter()
    pairs = candidates(actors, NOTHING, least)
    seconds = time.perf_counter() - start
    print(f"{len(actors)} actors, {len(pairs)} pairs from {least}, {seconds:.1f} s")  # noqa: T201
    chosen = pairs.sample(min(int(shown), len(pairs)), random_state=7).sort_index()
    for pair in chosen.to_dict("records"):
        one, other = actors.loc[pair["one_id"]], actors.loc[pair["other_id"]]
        print(f"{pair['score']} {', '.join(pair['reasons'])}")  # noqa: T201
        for row in (one, other):
            told = (row["actor_id"], row["actor_name"], row["address"], row["town"], row["website"])
            print("     ", " | ".join(told))  # noqa: T201


if __name__ == "__main__":
    main()

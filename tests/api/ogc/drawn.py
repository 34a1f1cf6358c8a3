"""Records drawn for the API: some published, some not, with words that must never leave."""

from typing import Any

import numpy as np
import shapely

from tests.store.drawn import PERSON, record

SECRETS = {
    "mail": "secret-courriel@exemple.invalid",
    "phone": "0199887766",
    "address": "12 rue Retenue",
    "draft": "Acteur Brouillon Caché",
    "draft_id": "acteur-brouillon",
    "draft_alliance": "Alliance Cachée",
    "role": "rôle interne",
    "contact": "note de contact",
    "person": PERSON["contact_name"],
    "person_mail": PERSON["contact_email"],
    "person_phone": PERSON["contact_phone"],
}
AT = {"longitude": 2.4158, "latitude": 48.8196, "location_precision": "adresse"}


def records() -> dict[str, list[dict[str, Any]]]:
    shown = record(
        "actor", "acteur-vu", actor_name="Acteur vu & <b>gras</b>", profile="association",
        practices=["gestion_lieu", "accompagnements"], commune_code="94018", fictive=True,
        email=SECRETS["mail"], phone=SECRETS["phone"], address=SECRETS["address"],
        withheld=["address", "email"], **AT,
    )  # fmt: skip
    place = {**AT, "longitude": 2.41}
    other = record("actor", "b:é c", actor_name="Boîte", profile="entreprise",
                   phone=SECRETS["phone"], **place)  # fmt: skip
    placeless = record("actor", "sans-lieu", actor_name="Sans lieu", evidence="named")
    draft = record("actor", SECRETS["draft_id"], actor_name=SECRETS["draft"], status="brouillon",
                   practices=["gestion_lieu"], **AT)  # fmt: skip
    members = ["acteur-vu", "b:é c", SECRETS["draft_id"]]
    roles = ["", "", SECRETS["role"]]
    alliances = [
        record("alliance", "al-1", alliance_name="Alliance vue", member_ids=members,
               member_roles=roles, odd=["11"]),
        record("alliance", "al-2", alliance_name=SECRETS["draft_alliance"], member_ids=members,
               member_roles=roles, status="brouillon"),
        record("alliance", "al-3", alliance_name="Seule", member_ids=["sans-lieu"],
               member_roles=[""]),
    ]  # fmt: skip
    return {"actor": [shown, other, placeless, draft], "alliance": alliances}


def normal(shapes: Any) -> Any:
    """Return shapes as the API writes them, to the centimetre, multiple, rings begun alike."""
    typed = [shapely.MultiPolygon([one]) if one.geom_type == "Polygon" else one for one in shapes]
    rounded = shapely.transform(np.array(typed, dtype=object), lambda pairs: np.round(pairs, 7))
    return shapely.normalize(rounded)

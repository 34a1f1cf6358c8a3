"""What is known of one actor, alliance or project, as pairs of a French term and its text."""

from typing import Any, Final

from geo.directory.ecosystems import Book
from geo.directory.schema import ACTOR, TEXT
from geo.directory.store.history import field_text
from geo.directory.store.lookup import named
from geo.french import typeset
from geo.output.maps.arcs import period, with_roles
from geo.output.records import practice_labels
from geo.reference.place import Place
from geo.reference.territory import territory
from geo.vocabulary import items, label, name_of

Facts = list[tuple[str, str]]
_OWN: Final = (
    *("actor_name", "profile", "practices", "activities"),
    *("summary", "offers", "description"),
    *("address", "commune_code", "scope"),
    *("withheld", "status", "source_title", "source_url", "source_date", "checked_on"),
)
"""Fields to which a record gives a place of their own."""
OTHERS: Final = tuple(
    field.name
    for field in ACTOR.fields
    if field.editable and field.type == TEXT and field.name not in _OWN
)
"""Every other text that may be corrected: one after the other, as the schema names them."""
_ACTOR: Final = (
    *("summary", "offers", "activities", "description"),
    *("address", "postcode", "town", *OTHERS, "siret"),
)


def actor_facts(row: Any) -> Facts:
    """Describe what an actor does, where, how to reach it."""
    known = [
        ("Profil", label("any_profile", row["profile"])),
        ("Pratiques", practice_labels(row["practices"])),
        *actor_fields(row, _ACTOR),
        ("Intervient sur", scope_words(row["scope"]) if row["scope"] else ""),
    ]
    return _non_empty(known)


def actor_fields(row: Any, names: tuple[str, ...]) -> Facts:
    """Return some fields of an actor, each under its label."""
    fields = [ACTOR.field(name) for name in names]
    return [(field.label, field_text(field, row[field.name])) for field in fields]


def scope_words(scope: str) -> str:
    """Describe where an organisation says that it acts."""
    if scope in {"", "national"}:
        return "Toute la France" if scope else "Non renseigné"
    found = territory(*Place.parse(scope))
    return f"{label('territory_kind', found.kind)} : {found.label}"


def alliance_facts(row: dict[str, Any], book: Book) -> Facts:
    """Describe what kind of alliance it is, who is in it, since when, for what."""
    names = named(book["actor"]["actor_name"], row["member_ids"])
    known = [
        ("Type", label("any_partnership", row["partnership_kind"])),
        (
            "Membres",
            ", ".join(with_roles(row, names)),
        ),
        ("Période", period(row["since"], row["until"])),
        ("ODD", ", ".join(f"{code}. {label('odd', code)}" for code in row["odd"])),
        ("Pratiques", practice_labels(row["practices"])),
        ("Statut", label("record_status", row["status"])),
    ]
    return _non_empty(known)


def project_facts(row: dict[str, Any], book: Book) -> Facts:
    """Describe how far a project is, who carries it, for what."""
    step = next((one for one in items("project_step") if one.id == row["step"]), None)
    names, alliances = book["actor"]["actor_name"], book["alliance"]["alliance_name"]
    homes = book["ecosystem"]["ecosystem_name"]
    known = [
        ("Étape", f"{step.id}. {step.label} ({step.nature.lower()})" if step else ""),
        ("Avancement", label("progress", row["progress"]) if row["progress"] else "Non renseigné"),
        ("Acteurs", ", ".join(str(names.get(actor_id, actor_id)) for actor_id in row["actor_ids"])),
        (
            "Alliances",
            ", ".join(
                str(alliances.get(alliance_id, alliance_id)) for alliance_id in row["alliance_ids"]
            ),
        ),
        ("ODD", ", ".join(f"{code}. {label('odd', code)}" for code in row["odd"])),
        ("Cibles des ODD", " ; ".join(map(_target, row["odd_targets"]))),
        ("Pratiques", practice_labels(row["practices"])),
        ("Écosystème", str(homes.get(row["ecosystem_id"], ""))),
        ("Statut", label("record_status", row["status"])),
    ]
    return _non_empty(known)


def _target(code: str) -> str:
    return f"{code}. {name_of('odd_target', code)}"


def _non_empty(known: Facts) -> Facts:
    return [(term, typeset(text)) for term, text in known if text]

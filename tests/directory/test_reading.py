"""What anybody reads names nothing that is not published, be it by one id or a list of them."""

from pathlib import Path

from geo.directory.reading import readable_book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store


def one(kind: str, record_id: str, status: str, **values: object) -> dict[str, object]:
    known = KINDS[kind]
    base = known.blank() | {known.id: record_id, known.title: record_id, "status": status}
    return (
        base | {"territory_kind": "ept", "territory_code": "200057941"} | values
        if (kind == "ecosystem")
        else base | values
    )


def test_a_draft_is_not_named_by_what_is_published(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    changes = Changes(
        {
            "actor": [one("actor", "seen", "publiee"), one("actor", "draft", "brouillon")],
            "alliance": [one("alliance", "x", "publiee", member_ids=["seen", "draft"])],
            "ecosystem": [one("ecosystem", "secret", "brouillon")],
            "project": [one("project", "p", "publiee", actor_ids=["draft"], ecosystem_id="secret")],
        }
    )
    store.write(changes, author="Aude", message="m")
    public, whole = readable_book(store), readable_book(store, drafts=True)
    assert public["alliance"].loc["x", "member_ids"] == ["seen"]
    assert public["project"].loc["p", "actor_ids"] == []
    assert public["project"].loc["p", "ecosystem_id"] == ""
    assert "secret" not in public["ecosystem"].index
    assert whole["project"].loc["p", "ecosystem_id"] == "secret"

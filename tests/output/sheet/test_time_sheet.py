"""A sheet at a date: both dates, what changed, the maturity; printed as any other, to be read."""

from pathlib import Path

import pytest

from geo.analysis.past.question import PastQuestion
from geo.directory.store.network import NETWORK
from geo.output.sheet.files import printer
from tests.output.sheet.drawn import ALL, at, faults, press, told
from tests.output.sheet.test_territory_sheet import ACTORS, ALLIANCES, EPT

LATER: dict[str, object] = {
    "alliance_id": "N",
    "alliance_name": "Entente",
    "member_ids": ["in", "out"],
    "since": "2022-05",
    "partnership_kind": "mecenat",
    "status": "publiee",
}
EARLIER: list[dict[str, object]] = [{**one} for one in ALLIANCES]


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_a_territory_is_printed_at_a_date_with_what_changed(form: str, tmp_path: Path) -> None:
    own = press(
        at("94018", "a", practices=["dialogue_territorial"]),
        actor=[{**one} for one in ACTORS],
        alliance=[*EARLIER, LATER],
        project=[],
    )
    now, then = (
        own.territory(*EPT, form, ALL, 20, asked).content
        for asked in (PastQuestion(), PastQuestion("2021", "2022"))
    )
    texts = [
        told(one, tmp_path, "-layout") if form == "pdf" else one.decode() for one in (now, then)
    ]
    before, after = (" ".join(text.replace("\u00a0", " ").split()) for text in texts)
    assert "Dans le temps" not in before
    assert "Alliances et projets à cette date" in after
    for said in (
        "ce qui existait au 31 décembre 2021",
        "Ce qui a changé du 31 décembre 2021 au 31 décembre 2022",
        "Alliances commencées",
        "mai 2022",
        "Maturité : aucune date n’en est connue",
        "Aucun projet situé à cette date",
    ):
        assert said in after, said
    if form == "pdf":
        assert faults(then) == []


def test_the_sheet_of_an_ecosystem_is_tagged_and_says_both_dates(tmp_path: Path) -> None:
    made = printer().ecosystem(NETWORK, "pdf", PastQuestion("2022", "2018"))
    assert made.name == f"fiche-{NETWORK}.pdf"
    assert faults(made.content) == []
    said = " ".join(told(made.content, tmp_path, "-layout").replace("\u00a0", " ").split())
    assert "Au 31 décembre 2018 Au 31 décembre 2022" in said
    assert "Le RAMEAU" in said

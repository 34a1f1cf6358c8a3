"""Alliances as matrices and as a table; names are data, never HTML nor script."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from geo.analysis import network
from geo.directory.store.lookup import named
from geo.output.html import folded, link, link_list, matrix
from geo.output.maps.actors import NETWORK_LINK, PROFILES
from geo.output.maps.arcs import ALLIANCE_LINK, period, with_roles
from geo.templates import render
from geo.vocabulary import UNSTATED, label, vocabularies


def profile_label(profile: str) -> str:
    """Name a profile, « Profil non renseigné » for none."""
    return "Profil non renseigné" if profile in {"", UNSTATED} else label(PROFILES, profile)


# --- matrices ----------------------------------------------------------------------------------


def profile_table(alliances: pd.DataFrame, actors: pd.DataFrame) -> Markup:
    """Write profiles × profiles; a count unfolds its alliances, an empty cell says « aucune »."""
    counts = network.profile_matrix(alliances, actors)
    names = alliances["alliance_name"]
    links_by_pair: dict[tuple[str, str], list[str]] = {}
    for alliance_id, pairs in network.count_pairs(alliances, actors).items():
        for pair in pairs:
            links_by_pair.setdefault(pair, []).append(
                _record_link(ALLIANCE_LINK, alliance_id, names)
            )
    lines = [
        [profile_label(str(one))]
        + [
            folded(
                count,
                links_by_pair.get((min(str(one), str(two)), max(str(one), str(two))), []),
                "aucune",
            )
            for two, count in cells.items()
        ]
        for one, cells in counts.to_dict("index").items()
    ]
    header = ["Profil", *(profile_label(str(code)) for code in counts.columns)]
    return matrix("Alliances par paire de profils", header, lines)


def practice_table(cells: Mapping[tuple[str, str], list[str]], names: pd.Series) -> Markup:
    """Write practices × profiles of an ecosystem; a count unfolds its actors."""
    every = (*vocabularies()[PROFILES].ids(), UNSTATED)
    present = {profile for (_, profile), ids in cells.items() if ids}
    profiles = [one for one in every if one in present] or every
    practices = (*vocabularies()["practice"].ids(), UNSTATED)
    lines = [
        [label("practice", practice)]
        + [_actors_cell(cells.get((practice, profile), []), names) for profile in profiles]
        for practice in practices
    ]
    header = ["Pratique", *(profile_label(code) for code in profiles)]
    return matrix("Pratiques et profils des acteurs de l’écosystème", header, lines)


def _actors_cell(ids: list[str], names: pd.Series) -> Markup:
    links = (_record_link(NETWORK_LINK, record_id, names) for record_id in ids)
    return folded(len(ids), links, "aucun")


def _record_link(address: str, record_id: str, names: pd.Series) -> Markup:
    return link(address + quote(record_id), str(names.get(record_id, record_id)))


def partner_list(actors: pd.DataFrame, links: pd.DataFrame, most: int) -> Markup:
    """List who works with whom, the actors with most partners first, ``most`` of them.

    ``links``: pairs of members, as ``network.edges`` gives them.
    """
    names = actors["actor_name"]
    partners: dict[str, set[str]] = {}
    for source, target in zip(links["source_id"], links["target_id"], strict=True):
        if source in names.index and target in names.index and source != target:
            partners.setdefault(source, set()).add(target)
            partners.setdefault(target, set()).add(source)
    order = sorted(partners, key=lambda one: (-len(partners[one]), str(names[one]).casefold()))
    rows = [
        (
            _record_link(NETWORK_LINK, one, names),
            ", ".join(sorted((str(names[other]) for other in partners[one]), key=str.casefold)),
        )
        for one in order[:most]
    ]
    return render("partners.html", rows=rows, more=len(order) - len(rows))


def actor_links(ids: Iterable[str], names: pd.Series) -> Markup:
    """Name actors as a list of links to their own network."""
    return link_list((_record_link(NETWORK_LINK, record_id, names), "") for record_id in ids)


# --- table -------------------------------------------------------------------------------------


def alliance_rows(alliances: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Shape alliances for a table to sort: French cells, one row each."""
    known = named(names, (one for ids in alliances["member_ids"] for one in ids))
    rows = [
        {
            "alliance": f"{ALLIANCE_LINK}{quote(row['alliance_id'])}#{row['alliance_name']}",
            "type": label(network.KINDS, row["partnership_kind"]),
            "membres": ", ".join(with_roles(row, known)),
            "nombre": len(row["member_ids"]),
            "periode": period(row["since"], row["until"]),
            "odd": ", ".join(row["odd"]),
            "pratiques": ", ".join(label("practice", code) for code in row["practices"]),
            "statut": label("record_status", row["status"]),
            "source": row["source_title"] or row["source_url"],
            "fictive": "oui" if row["fictive"] else "",
        }
        for row in alliances.to_dict("records")
    ]
    columns = ["alliance", "type", "membres", "nombre", "periode", "odd", "pratiques"]
    return pd.DataFrame(rows, columns=[*columns, "statut", "source", "fictive"])

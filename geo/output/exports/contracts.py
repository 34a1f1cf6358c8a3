"""The contracts between local authorities that a page shows, as files of their own."""

from geo.analysis.contracts import Contracts
from geo.output.caption import Caption
from geo.output.datasets.records import actors, alliances, links
from geo.output.exports.model import Export


def contracts_export(found: Contracts) -> Export:
    """Return contracts as alliances, their pairs and their signatories; real, from one list."""
    listed = found.alliances.iloc[0]
    about = Caption(
        title=found.title,
        filters="sans filtre",
        fictive=False,
        catalysts_from=f"{listed['source_title']}, {listed['source_date']}",
        about="comptés à part des alliances que décrivent les équipes",
        subject="alliances",
    )
    layers = (
        alliances(found.alliances, found.authorities),
        links(found.alliances, found.authorities),
        actors(found.authorities),
    )
    return Export(layers, about, f"contrats-{found.kind}")

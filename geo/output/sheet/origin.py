"""What every printed document says of itself at its end: filters, date, sources, licence."""

from geo.output.caption import LICENCE, NOT_THE_REGISTER, Caption
from geo.output.dates import in_words
from geo.output.sheet.blocks import Block, Heading, Listing, Text
from geo.reference.sources import sources


def origin_blocks(caption: Caption, *more: str) -> list[Block]:
    """Say filters, date, sources with their vintage, licence, and what the list is not."""
    kept = [
        f"Filtres : {caption.filters}. Ils portent sur les catalyseurs.",
        f"Extrait le {in_words(caption.date)} ; catalyseurs : {caption.catalysts_from}.",
        f"Licence : {LICENCE}.",
        *more,
        *([] if caption.fictive else [NOT_THE_REGISTER]),
    ]
    listed = "Sources : " + " ; ".join(
        f"{one.publisher}, {one.title} ({one.vintage})" for one in sources()
    )
    return [Heading("Sources, date et licence"), Listing(tuple(kept)), Text(f"{listed}.", "note")]

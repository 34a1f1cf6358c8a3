"""What every printed document says of itself at its end: filters, date, sources, licence."""

import pandas as pd

from geo.output.caption import LICENCE, NOT_THE_REGISTER, Caption, origin_in_words
from geo.output.sheet.blocks import Block, Heading, Listing, Text
from geo.reference.sources import attribution, vintage


def origin_blocks(caption: Caption, rows: pd.DataFrame) -> list[Block]:
    """Return filters, date, sources with their vintage, licence, and what the list is not.

    ``rows`` are the catalysts listed; each source is cited once.
    """
    read = [title for title in dict.fromkeys(rows["source_title"]) if title]
    return [
        Heading("Sources, date et licence"),
        Listing(
            (
                f"Filtres : {caption.filters}. Ils portent sur les catalyseurs.",
                f"Catalyseurs : {origin_in_words(caption.catalysts_from, caption.date)}.",
                f"Géographie : {attribution()}. {vintage()}",
                f"Licence : {LICENCE}.",
            )
        ),
        *([Text(f"Catalyseurs relevés dans : {' ; '.join(read)}.", "note")] if read else []),
        *([] if caption.fictive else [Text(NOT_THE_REGISTER, "note")]),
    ]

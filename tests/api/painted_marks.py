"""Who the marks of a painted map stand for."""

import re
from typing import Final

_GROUP: Final = re.compile(r'<g class="amas".*?>([0-9]+)</text></g>')


def marked(text: str) -> int:
    """Count the records of the marks: one for each pin, as many as it says for a group.

    They are drawn for a window, then for a phone: as many in both.
    """
    [quantity] = {
        part.count('<g transform="translate') + sum(map(int, _GROUP.findall(part)))
        for part in text.split('<g class="etroit">')
    }
    return quantity

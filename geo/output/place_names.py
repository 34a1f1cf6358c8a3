"""Places by their names wherever a record is read: a code is for files and programs."""

from typing import Final

from geo.directory.schema import Field
from geo.errors import AtlasError
from geo.reference.kinds import kind_codes
from geo.reference.place import Place
from geo.reference.territory import territory

_SCOPE: Final = "scope"
FRANCE: Final = "Toute la France"
_CODE_OF: Final = ("Code de la ", "Code du ", "Code de l’")


def short_label(field: Field) -> str:
    """Return the title of a field: of a code that is read as a name, the name of the place."""
    label = field.label
    for start in _CODE_OF:
        if field.name.endswith("_code") and label.startswith(start):
            return label.removeprefix(start).capitalize()
    return label


def place_words(name: str, text: str) -> str:
    """Write the value of a field that holds a place by its name; another stays as it is."""
    if name == _SCOPE and text:
        return _label(*Place.parse(text)) if ":" in text else FRANCE
    kind = name.removesuffix("_code")
    return _label(kind, text) if text and kind != name and kind in kind_codes() else text


def _label(kind: str, code: str) -> str:
    try:
        return territory(kind, code).label
    except AtlasError:
        return code

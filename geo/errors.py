"""Faults a person can mend: each says what, where and what to do, in French."""


class AtlasError(Exception):
    """Any fault whose message can be shown as it is."""


class UnknownCodeError(AtlasError):
    """A territory, commune or catalyst code that the reference does not hold."""


class UnknownItemError(AtlasError):
    """A value that a controlled vocabulary does not hold."""


class BadCoordinatesError(AtlasError):
    """Coordinates that are not a longitude and latitude on Earth."""


class BadFileError(AtlasError):
    """A file that cannot be read as what it claims to be."""


class MissingDataError(AtlasError):
    """A file that ships with the project is absent."""

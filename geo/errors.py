"""Faults a person can mend: each says what, where and what to do, in French."""

from typing import Final

UNREADABLE: Final = (
    "Les données ne peuvent pas être lues pour l’instant : revenez dans quelques minutes."
)
"""What a visitor is told; who runs the machine finds the reason in its log."""


class AtlasError(Exception):
    """Any fault whose message can be shown as it is."""


class SettingError(AtlasError):
    """A variable of the operator that holds what its name cannot mean."""


class UnknownCodeError(AtlasError):
    """A territory, commune or catalyst code that the reference does not hold."""


class UnknownItemError(AtlasError):
    """A value that a controlled vocabulary does not hold."""


class BadParameterError(UnknownItemError):
    """A parameter of an address, of the API or of the terminal that cannot be taken as it is.

    Parameters
    ----------
    said
        The fault, in French.
    parameter
        The parameter's name, as it was given.
    """

    def __init__(self, message: str, parameter: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class BadCoordinatesError(AtlasError):
    """Coordinates that are not a longitude and latitude on Earth."""


class BadFileError(AtlasError):
    """A file that cannot be read as what it claims to be."""


class MissingDataError(AtlasError):
    """A file that ships with the project is absent."""


class UnreadableStoreError(MissingDataError):
    """A part of the store is lost or damaged, or of a version that this app cannot read."""


class LostDataError(UnreadableStoreError):
    """The catalogue or data files are lost or damaged: a backup may take their place."""


class BusyStoreError(AtlasError):
    """Another writer holds the store for longer than we wait."""


class ConflictError(AtlasError):
    """A record was changed by somebody else since it was read."""


class ReadOnlyStoreError(AtlasError):
    """The store cannot be written: folder closed, disk full, visitor without the right."""


class BadLinkError(AtlasError):
    """A signed link that opens nothing: forged, for another record, or expired."""


class TooManyError(AtlasError):
    """Somebody without an account sent more than is read in good time."""


class OverloadedError(AtlasError):
    """Too many ask at once what takes seconds to compute: come back."""


class BadRecordError(AtlasError):
    """A record that breaks a rule of its kind: nothing of it is written."""


class GeocoderError(AtlasError):
    """A geocoder that does not answer, refuses, or answers something else."""


class MailError(AtlasError):
    """A mail server that does not answer, or refuses: nothing of the mail is said."""

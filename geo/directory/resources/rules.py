"""What every resource respects; all its faults at once, in French."""

from typing import Any

from geo.directory.catalysts import web_link
from geo.directory.ecosystems.rules import Values, accepted, completed, faults_of
from geo.directory.schema import RESOURCE


def checked_resource(values: Values) -> dict[str, Any]:
    """Return a whole resource.

    Raises
    ------
    BadRecordError
        No title, no source, an address that is none, a code of no vocabulary; all faults in one
        sentence.
    """
    record = completed(RESOURCE, values)
    return accepted(RESOURCE, record, faults_of_resource(record))


def faults_of_resource(record: Values) -> list[str]:
    """List what no resource may hold: a broken link or an unknown origin is never invented."""
    faults = faults_of(RESOURCE, record)
    if record["website"] and not web_link(record["website"]):
        faults.append("l’adresse doit commencer par http:// ou https://")
    if not record["source_title"] and not record["source_url"]:
        faults.append("dites la source")
    return faults

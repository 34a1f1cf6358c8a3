"""Resources: those that ship, those that a network loads, those that are announced and missing."""

from geo.directory.resources.catalogue import catalogue, every_resource, shipped
from geo.directory.resources.expected import Expected, expected
from geo.directory.resources.loading import Loading, load, template
from geo.directory.resources.rules import checked_resource

__all__ = [
    "Expected",
    "Loading",
    "catalogue",
    "checked_resource",
    "every_resource",
    "expected",
    "load",
    "shipped",
    "template",
]

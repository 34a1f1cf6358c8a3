"""Who bridges whom: what the alliances of some actors say of them as a network."""

from geo.analysis.bridging.bridging import Bridging, bridging
from geo.analysis.bridging.groups import ActorGroups
from geo.analysis.bridging.mixing import Mixing
from geo.analysis.bridging.roles import CutAlliance, Roles
from geo.analysis.bridging.years import years

__all__ = ["ActorGroups", "Bridging", "CutAlliance", "Mixing", "Roles", "bridging", "years"]

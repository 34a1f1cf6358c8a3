"""Who may do what: reader, contributor, coordinator."""

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What a person may do; each role may do what the ones before it may."""

    READER = 0
    CONTRIBUTOR = 1
    COORDINATOR = 2


@dataclass(frozen=True)
class Person:
    """Who is at the screen: the name that the history keeps, and the role."""

    name: str
    role: Role

    @property
    def may_propose(self) -> bool:
        """Tell whether their changes are received, at once or as proposals."""
        return self.role >= Role.CONTRIBUTOR

    @property
    def may_write(self) -> bool:
        """Tell whether their changes are written at once."""
        return self.role >= Role.COORDINATOR

"""Robots kept out of a form that anybody may send: a delay, a trap, and so many by address.

Counted in the memory of this process, without names: who sends is a digest that a restart forgets.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from secrets import token_bytes
from threading import Lock
from time import monotonic
from typing import Final

from geo.errors import AtlasError

SHORTEST_S: Final = 4.0
"""Nobody reads the form and writes a sentence in less."""
_HOUR_S: Final = 3_600.0
_DAY_S: Final = 86_400.0
BY_CLIENT: Final = 5
BY_ADDRESS: Final = 3
BY_EVERYBODY: Final = 300
_REMEMBERED: Final = 20_000


def network_of(host: str) -> str:
    """Name a client by its address; one network of IPv6 is one client, it has 2⁶⁴ of them.

    A socket of both families writes an IPv4 address inside an IPv6 one: it counts as itself.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host[:64]
    if not isinstance(address, IPv6Address):
        return host
    return str(address.ipv4_mapped or address.exploded[:19])


@dataclass(frozen=True)
class Visit:
    """How a form was filled: from where, when it was shown, what stands in its hidden field.

    ``client``: the network address that the server sees; ``shown_at``: by ``monotonic``, kept on
    this side, so that no visitor writes it.
    """

    client: str
    shown_at: float
    trap: str = ""

    def check(self, now: float | None = None) -> None:
        """Refuse a robot.

        Raises
        ------
        AtlasError
            It fills what nobody sees, or fills all in no time.
        """
        if self.trap:
            raise AtlasError(
                "Demande refusée : un champ caché, que seuls remplissent les robots, est rempli. "
                "Rechargez la page, sans remplissage automatique."
            )
        if (monotonic() if now is None else now) - self.shown_at < SHORTEST_S:
            raise AtlasError(
                "Demande envoyée trop vite pour être lue : relisez-la, puis envoyez-la de nouveau."
            )


@dataclass
class Quota:
    """So many in so long, for each of those seen last."""

    most: int
    span_s: float
    _seen: "OrderedDict[bytes, deque[float]]" = field(default_factory=OrderedDict)

    def left(self, who: bytes, now: float) -> bool:
        """Return whether one more may pass."""
        times = self._seen.get(who, deque())
        while times and times[0] <= now - self.span_s:
            times.popleft()
        return len(times) < self.most

    def take(self, who: bytes, now: float) -> None:
        """Count one."""
        self._seen.setdefault(who, deque()).append(now)
        self._seen.move_to_end(who)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)


class VisitLimits:
    """How many requests one network address, one mail address and everybody may send."""

    def __init__(self) -> None:
        self._salt = token_bytes(16)
        self._lock = Lock()
        self.client = Quota(BY_CLIENT, _HOUR_S)
        self.address = Quota(BY_ADDRESS, _DAY_S)
        self.everybody = Quota(BY_EVERYBODY, _DAY_S)

    def take(self, client: str, address: str, now: float | None = None) -> None:
        """Count one request.

        Raises
        ------
        AtlasError
            Too many came from this network address, for this mail address, or from everybody.
        """
        now = monotonic() if now is None else now
        told = [(self.client, self._digest(network_of(client)), f"{BY_CLIENT} par heure")]
        told += [(self.everybody, b"", f"{BY_EVERYBODY} par jour pour tous")]
        if address:
            who = self._digest(address.strip().casefold())
            told += [(self.address, who, f"{BY_ADDRESS} par jour pour un même courriel")]
        with self._lock:
            for quota, who, said in told:
                if not quota.left(who, now):
                    raise AtlasError(
                        f"Trop de demandes ({said} au plus) : rien n’a été envoyé. Revenez plus "
                        "tard, ou écrivez au réseau."
                    )
            for quota, who, _ in told:
                quota.take(who, now)

    def _digest(self, text: str) -> bytes:
        return sha256(self._salt + text.encode("utf-8", "replace")).digest()


LIMITS: Final = VisitLimits()
"""The limits of this process."""

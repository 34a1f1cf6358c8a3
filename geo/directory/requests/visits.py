"""Robots kept out of a form that anybody may send: a delay, a trap, and so many by address.

Counted without names: who sends is a digest. Processes of one store count together, by
``visit_limits``; where they cannot, each counts in its memory, which a restart forgets.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from secrets import token_bytes
from threading import Lock
from time import monotonic, time
from typing import Final

from geo.directory.store.shared_counts import Passage, SharedCounts
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


def mailbox_of(address: str) -> str:
    """Name the box that a mail address leads to: what follows « + » is another name of the same."""
    name, at, host = address.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}{at}{host}"


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

    def has_room(self, client_digest: bytes, now: float) -> bool:
        """Return whether one more may pass."""
        times = self._seen.get(client_digest, deque())
        while times and times[0] <= now - self.span_s:
            times.popleft()
        return len(times) < self.most

    def take(self, client_digest: bytes, now: float) -> None:
        """Count one."""
        self._seen.setdefault(client_digest, deque()).append(now)
        self._seen.move_to_end(client_digest)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)


class VisitLimits:
    """How many requests one network address, one mail address and everybody may send.

    Parameters
    ----------
    shared
        Counts of other processes too; without them, this one counts in its memory.
    salt
        Makes digests of who sends; the same for all who share counts.
    """

    def __init__(self, shared: SharedCounts | None = None, salt: bytes = b"") -> None:
        self._shared, self._salt = shared, salt or token_bytes(16)
        self._lock = Lock()
        self._quotas: dict[str, Quota] = {}

    def take(self, client: str, address: str, now: float | None = None) -> None:
        """Count one request, at a moment (Unix, seconds).

        Raises
        ------
        AtlasError
            Too many came from this network address, for this mail address, or from everybody.
        """
        now = time() if now is None else now
        passages = [Passage("client", self._digest(network_of(client)), BY_CLIENT, _HOUR_S)]
        passages += [Passage("everybody", b"", BY_EVERYBODY, _DAY_S)]
        if address:
            client_digest = self._digest(mailbox_of(address))
            passages += [Passage("address", client_digest, BY_ADDRESS, _DAY_S)]
        exceeded = self._shared.pass_all(passages, now) if self._shared else None
        if exceeded is None:
            exceeded = self._pass_all(passages, now)
        if exceeded:
            raise AtlasError(
                f"Trop de demandes ({_LIMIT_LABELS[exceeded]} au plus) : rien n’a été envoyé. "
                "Revenez plus tard, ou écrivez au réseau."
            )

    def _pass_all(self, passages: list[Passage], now: float) -> str:
        """Count in memory one for each quota, or for none: the first that is full is named."""
        with self._lock:
            quotas = [
                self._quotas.setdefault(passage.quota, Quota(passage.most, passage.span_s))
                for passage in passages
            ]
            for passage, quota in zip(passages, quotas, strict=True):
                if not quota.has_room(passage.who, now):
                    return passage.quota
            for passage, quota in zip(passages, quotas, strict=True):
                quota.take(passage.who, now)
        return ""

    def _digest(self, text: str) -> bytes:
        return sha256(self._salt + text.encode("utf-8", "replace")).digest()


_LIMIT_LABELS: Final = {
    "client": f"{BY_CLIENT} par heure",
    "everybody": f"{BY_EVERYBODY} par jour pour tous",
    "address": f"{BY_ADDRESS} par jour pour un même courriel",
}

"""A request received from anybody: stored first, then sent; a mail that fails loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex

from geo.directory.requests import erasure, letters
from geo.directory.requests.contact_request import ContactRequest
from geo.directory.requests.delivery import BY_HAND, deliver, names_of
from geo.directory.requests.mail import Letter, mail_server, send
from geo.directory.requests.states import RECEIVED, decrypt_request, now
from geo.directory.requests.visit_limits import visit_limits
from geo.directory.requests.visits import Visit, VisitLimits
from geo.directory.schema import REQUEST
from geo.directory.store.changes import Changes
from geo.directory.store.encryption import encrypt
from geo.directory.store.store import Store
from geo.errors import AtlasError


@dataclass(frozen=True)
class Receipt:
    """A stored request, and what became of its mails.

    ``delivery``: item of the vocabulary « request_delivery »; ``written``: catalysts that a mail
    went to; ``erasure``: what the link of erasure holds; ``ready``: a mail to send oneself.
    """

    request_id: str
    delivery: str
    written: tuple[str, ...]
    confirmed: bool
    erasure: str
    ready: Letter


def receive(
    store: Store,
    request: ContactRequest,
    visit: Visit,
    *,
    erasing: Callable[[str], str] = lambda _: "",
    limits: VisitLimits | None = None,
) -> Receipt:
    """Keep a request, then send it to the catalysts chosen that can be written to, and further.

    Parameters
    ----------
    erasing
        Gives the address that a text of erasure stands in, "" where none can be told by mail.
    limits
        Others than those that the store's processes hold together.

    Raises
    ------
    AtlasError
        It comes from a robot, too many came, something is missing, or the store takes no write;
        then nothing is kept.
    """
    request.check()  # first: who forgot a field is told so, however quick
    visit.check()
    (limits or visit_limits(store)).take(visit.client, request.email)
    request_id = _keep(store, request)
    link = erasure.link_text(store, request_id)
    delivery, written = deliver(store, request_id)
    record, person = decrypt_request(store, request_id)
    return Receipt(
        request_id,
        delivery,
        written,
        _confirmed(letters.confirmation(request.email.strip(), record, erasing(link))),
        link,
        letters.by_oneself(record, person, [*names_of(store, record["chosen_ids"]).values()]),
    )


def _keep(store: Store, request: ContactRequest) -> str:
    request_id = f"demande-{token_hex(8)}"
    record = REQUEST.blank() | request.record()
    record |= {"request_id": request_id, "state": RECEIVED, "created_at": now()}
    sealed = encrypt(store, record | {"delivery": BY_HAND}, request.person(), REQUEST)
    store.write(
        Changes.one(REQUEST.name, sealed),
        author=erasure.VISITOR,
        message="Demande de mise en lien reçue",
    )
    return request_id


def _confirmed(letter: Letter) -> bool:
    try:
        return bool(letter.to) and mail_server() is not None and all(send([letter]))
    except AtlasError:
        return False

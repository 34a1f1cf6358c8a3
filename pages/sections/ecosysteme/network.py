"""The network's own ecosystem, which an empty page shows first."""

from geo.analysis.ecosystem import Ecosystem
from geo.directory.store.network import NETWORK
from pages.components.store_view import StoreView


def shipped_network(store_view: StoreView) -> Ecosystem | None:
    """Return the network's own ecosystem, where the base holds it."""
    known = NETWORK in store_view.seen["ecosystem"].index
    return store_view.ecosystem(NETWORK) if known else None

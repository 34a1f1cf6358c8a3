"""The network's own ecosystem, which an empty page shows first."""

from geo.directory.store.network import NETWORK
from pages.components.store_view import StoreView
from pages.sections.ecosysteme import ecosystem_view


def show_network(store_view: StoreView) -> None:
    """Show the network's own ecosystem to whoever has chosen none yet, where the base holds it."""
    if NETWORK not in store_view.seen["ecosystem"].index:
        return
    found = store_view.ecosystem(NETWORK)
    ecosystem_view.head(found)
    ecosystem_view.note(found)
    ecosystem_view.key_figures(found)
    ecosystem_view.show_on_map(store_view, found, "", "")
    ecosystem_view.alliances_table(store_view, found)

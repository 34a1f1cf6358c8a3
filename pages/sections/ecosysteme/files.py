"""What an ecosystem lets one take away."""

import streamlit as st

from geo.analysis.ecosystem import Ecosystem
from pages.components import gaps
from pages.components.downloads import Offer, downloads
from pages.components.image_downloads import image_download


def ecosystem_files(found: Ecosystem, *, drafts: bool) -> None:
    """Offer the whole ecosystem, then what it lacks."""
    fictive = found.fictive or bool(found.linked["fictive"].any())
    query = {"ecosysteme": str(found.record["ecosystem_id"])}
    downloads(Offer("ecosystem", query, "ecosysteme", fictive, drafts=drafts))
    st.caption(
        "Ces fichiers se lisent ailleurs\u00a0; importé ici, un fichier ne rapporte que ses "
        "acteurs. Pour reprendre une base entière, l’exploitant du site en a le moyen."
    )
    gaps.downloads(found)
    image_download("ecosysteme", query)

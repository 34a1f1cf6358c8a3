"""What an ecosystem lets one take away."""

import streamlit as st

from geo.analysis.ecosystem import Ecosystem
from geo.analysis.past.question import PastQuestion
from geo.query.parameter import in_address
from pages.components import gaps
from pages.components.downloads import Offer, downloads
from pages.components.image_downloads import image_download
from pages.components.sheet_downloads import ecosystem_downloads


def ecosystem_files(found: Ecosystem, question: PastQuestion, *, drafts: bool) -> None:
    """Offer the whole ecosystem at the date asked, what it lacks, and its sheet."""
    fictive = found.fictive or bool(found.linked["fictive"].any())
    query = {"ecosysteme": str(found.record["ecosystem_id"]), **in_address(question.values())}
    downloads(Offer("ecosystem", query, "ecosysteme", fictive, drafts=drafts))
    st.caption(
        "Ces fichiers se lisent ailleurs\u00a0; importé ici, un fichier ne rapporte que ses "
        "acteurs. Pour reprendre une base entière, l’exploitant du site en a le moyen."
    )
    gaps.downloads(found)
    ecosystem_downloads(found.record["ecosystem_id"], question, fictive=fictive)
    image_download("ecosysteme", query)

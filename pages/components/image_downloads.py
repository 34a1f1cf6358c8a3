"""The map on screen as an image to take away; drawn only when asked for."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from geo.output.images.model import FORMS, SIZES
from geo.query.parameter import in_lists
from pages.components.file_button import file_button
from pages.components.share_bar import share_bar

Query = Mapping[str, str | list[str]]
_FORMS: Final = {"png": "PNG", "svg": "SVG"}


def image_download(page: str, query: Query) -> None:
    """Offer to share and print what is on screen, and its map in a size and a form.

    ``query``: the parameters of the link of the page.
    """
    share_bar()
    with st.expander(
        "La carte en image", icon=":material/image:", key=f"image_{page}", on_change="rerun"
    ) as shown:
        if not shown.open:
            return
        size = st.selectbox(
            "Taille", list(SIZES), format_func=lambda one: SIZES[one].label, key=f"taille_{page}"
        )
        with st.container(horizontal=True):
            for form, label in _FORMS.items():
                file_button(
                    label,
                    _content(page, query, form, size),
                    f"carte-{page}.{form}",
                    FORMS[form],
                    key=f"image_{page}_{form}",
                )
        st.caption("Titre, légende, échelle, nord et sources y sont.")


def _content(page: str, query: Query, form: str, size: str) -> Callable[[], bytes]:
    parameters = {name: texts for name, texts in in_lists(query).items() if any(texts)}

    def content() -> bytes:
        from geo.output.images.build import image_of  # noqa: PLC0415 - not before it is asked for
        from geo.output.images.files import image_file  # noqa: PLC0415

        image, _ = image_of(page, parameters)
        return image_file(image, form, size)

    return content

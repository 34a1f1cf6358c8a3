"""Asking for a file: the one place where a page does."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.directory.importing.limits import limits_in_force
from geo.directory.uploading import SENDERS


def ask_file(label: str, *, key: str | None = None, help: str | None = None) -> UploadedFile | None:  # noqa: A002 - Streamlit's own name
    """Ask for one file, of the size that imports may have; from then on this session may send."""
    context = get_script_run_ctx()
    if context is not None:
        SENDERS.ask(context.session_id)
    return st.file_uploader(label, key=key, help=help, max_upload_size=limits_in_force().megabytes)

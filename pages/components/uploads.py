"""Asking for a file: the one place where a page does, and what is held of those sent."""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.directory.importing import limits_in_force
from geo.directory.uploading import SENDERS


def ask_file(label: str, *, key: str | None = None, help: str | None = None) -> UploadedFile | None:  # noqa: A002 - Streamlit's own name
    """Ask for one file, of the size that imports may have; from then on this session may send."""
    context = get_script_run_ctx()
    if context is not None:
        SENDERS.ask(context.session_id)
    return st.file_uploader(label, key=key, help=help, max_upload_size=limits_in_force().megabytes)


def files_held() -> Mapping[str, Mapping[str, object]]:
    """Return the files sent that are in memory, by session then by id."""
    files = get_instance().uploaded_file_mgr if exists() else None
    return files.file_storage if isinstance(files, MemoryUploadedFileManager) else {}

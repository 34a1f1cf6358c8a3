"""The files that sessions have sent: asked before the data are read, so nothing heavy loads."""

from collections.abc import Mapping

from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def files_held() -> Mapping[str, Mapping[str, object]]:
    """Return the files sent that are in memory, by session then by id."""
    files = get_instance().uploaded_file_mgr if exists() else None
    return files.file_storage if isinstance(files, MemoryUploadedFileManager) else {}

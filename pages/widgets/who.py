"""Who is at the screen."""

from typing import Final

import streamlit as st

from geo.directory.access import Person, Role
from geo.settings import settings

_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
_RELAYED: Final = ("x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip")


def person() -> Person:
    """Give who is at the screen: on a machine used alone, its user, who may do everything."""
    if _alone():
        return Person(settings().author, Role.COORDINATOR)
    return Person("", Role.READER)


def _alone() -> bool:
    """Tell whether the server answers this machine only, and no proxy stands before it."""
    if st.get_option("server.address") not in _LOOPBACK:
        return False
    headers = {name.lower(): value for name, value in st.context.headers.to_dict().items()}
    host = headers.get("host", "localhost").rpartition(":")[0] or headers.get("host", "localhost")
    return host.strip("[]") in _LOOPBACK and not any(name in headers for name in _RELAYED)

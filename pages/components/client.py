"""Who asks, as the network says: for limits that are each client's own."""

import streamlit as st


def client_address() -> str:
    """Return the network address of who is at the screen, "" where the server knows none."""
    address = st.context.ip_address
    return address if isinstance(address, str) else ""

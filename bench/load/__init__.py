"""The app under many visitors: real WebSocket sessions, in Streamlit's own messages, no browser.

``make load`` prints figures as JSON; ``python -m bench load`` lays them out as a table.
"""

from bench.load.cases import run

__all__ = ["run"]

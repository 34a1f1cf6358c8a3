"""The backup of each day, made while the server serves: by another process, of low priority.

One setting does it, on every system, without a timer to install. In the server's own process the
archive would hold Python's lock, and pages would wait.
"""

import logging
import subprocess
import sys
from datetime import date
from time import sleep
from typing import Final

from geo.settings import settings

_FIRST_S: Final = 120.0
_OFTEN_S: Final = 1_800.0
_COMMAND: Final = (sys.executable, "-m", "geo.cli", "backup")


def keep_backups() -> None:
    """Make the backup of each day as long as the server lives; a day missed is made when it is up.

    Several processes may serve: whoever comes second finds the day's file there.
    """
    sleep(_FIRST_S)
    while settings().backups:
        back_up_if_due(date.today())  # noqa: DTZ011 - the operator's day
        sleep(_OFTEN_S)


def back_up_if_due(day: date) -> bool:
    """Have the backup of a day made where it is missing; return whether it then is there."""
    from geo.directory.store.rotation import is_due  # noqa: PLC0415

    if not is_due(day):
        return True
    done = subprocess.run(  # noqa: S603 - our own command
        _COMMAND, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    if is_due(day):
        logging.getLogger(__name__).warning("No backup today: %s", done.stderr.strip())
        return False
    return True

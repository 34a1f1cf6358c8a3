"""What a process of the app may use of the machine."""

import os
import subprocess
import sys

ASKED = """
import geo.analysis.siting.solve
from threadpoolctl import threadpool_info
print({one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"})
"""


def test_linear_algebra_takes_one_thread():
    fresh = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS")}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], check=True, capture_output=True, text=True, env=fresh
    )
    assert done.stdout.strip() == "{1}"

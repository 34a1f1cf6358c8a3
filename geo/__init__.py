"""Catalysts and territories of France: the domain, with no web framework in it."""

import os

# Read by NumPy's linear algebra when it is first imported. Its vectors are of 35,000 communes: a
# thread for each core gains nothing there, and waits for the other by turning: twice the CPU.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

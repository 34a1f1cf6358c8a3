"""The pipeline: pinned inputs in, ``data/reference`` and ``data/sources.toml`` out."""

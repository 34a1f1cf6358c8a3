"""Catalysts and territories of France: the domain, with no web framework in it."""

"""Placing: from an address or a commune to a point, and the points that look wrong."""

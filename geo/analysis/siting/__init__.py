"""Where the next catalysts would help most: k places among candidates, with a proven bound."""

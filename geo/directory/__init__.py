"""Who is on the map: catalysts, how they are read, checked and chosen."""

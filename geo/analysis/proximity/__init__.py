"""How far inhabitants are from the nearest catalyst: distances, figures by territory, curves."""

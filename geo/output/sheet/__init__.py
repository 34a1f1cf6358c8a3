"""Printed answers: one territory's A4 sheet and the national report, as PDF and as HTML.

One ``Document`` says what is printed; ``pdf`` and ``html`` both write it, so they cannot differ.
"""

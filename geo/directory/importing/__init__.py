"""Importing a territory's own file: read, map, check, compare; nothing here writes."""

from geo.directory.importing.check import check
from geo.directory.importing.draft import SEVERITIES, Draft, Problem
from geo.directory.importing.fields import TARGETS, Target
from geo.directory.importing.guess import propose
from geo.directory.importing.limits import Limits, limits_in_force
from geo.directory.importing.mapping import Mapping, signature
from geo.directory.importing.plan import FieldChange, Plan, Update, plan
from geo.directory.importing.presets import PRESETS, Preset, recognised
from geo.directory.importing.read import read_table
from geo.directory.importing.report import field_label, report_csv, shown
from geo.directory.importing.strange import StrangeWord, strange_words
from geo.directory.importing.table import Table
from geo.directory.importing.terms import codes

__all__ = [
    "PRESETS",
    "SEVERITIES",
    "TARGETS",
    "Draft",
    "FieldChange",
    "Limits",
    "Mapping",
    "Plan",
    "Preset",
    "Problem",
    "StrangeWord",
    "Table",
    "Target",
    "Update",
    "check",
    "codes",
    "field_label",
    "limits_in_force",
    "plan",
    "propose",
    "read_table",
    "recognised",
    "report_csv",
    "shown",
    "signature",
    "strange_words",
]

"""Importing a territory's own file: read, map, check, compare; nothing here writes."""

from geo.directory.importing.apart import read_apart
from geo.directory.importing.declaration import Declaration
from geo.directory.importing.dry_run import SEVERITIES, DryRun, Problem
from geo.directory.importing.fields import TARGETS, Target
from geo.directory.importing.limits import Limits, limits_in_force
from geo.directory.importing.mapping import Mapping, signature
from geo.directory.importing.mapping_reasons import reasons
from geo.directory.importing.plan import FieldChange, Plan, Update, plan
from geo.directory.importing.presets import PRESETS, ImportPreset, recognised
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.remark_groups import RemarkGroup, grouped
from geo.directory.importing.report import field_label, report_csv, value_text
from geo.directory.importing.table import Table
from geo.directory.importing.terms import codes
from geo.directory.importing.unknown_terms import (
    UnknownTerm,
    accepted,
    meaning,
    unknown_terms,
)
from geo.directory.importing.validate import validate

__all__ = [
    "PRESETS",
    "SEVERITIES",
    "TARGETS",
    "Declaration",
    "DryRun",
    "FieldChange",
    "ImportPreset",
    "Limits",
    "Mapping",
    "Plan",
    "Problem",
    "RemarkGroup",
    "Table",
    "Target",
    "UnknownTerm",
    "Update",
    "accepted",
    "codes",
    "field_label",
    "grouped",
    "limits_in_force",
    "meaning",
    "plan",
    "propose",
    "read_apart",
    "read_table",
    "reasons",
    "recognised",
    "report_csv",
    "signature",
    "unknown_terms",
    "validate",
    "value_text",
]

"""What the verification of a file found: remarks by kind, then row by row, and the whole sheet."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.contribution import Contribution
from geo.directory.importing.dry_run import SEVERITIES, Problem
from geo.directory.importing.remark_groups import grouped
from geo.directory.importing.report import field_label, report_csv
from geo.french import count, number
from geo.output.html import table
from pages.components.file_button import file_button
from pages.components.sortable import sortable
from pages.components.text import plain
from pages.sections.contribuer.import_preview import in_words

_SHOWN: Final = 500
_COLUMNS: Final = {
    "ligne": "Ligne",
    "champ": "Champ",
    "gravité": "Gravité",
    "message": "Remarque",
    "dans le fichier": "Dans le fichier",
    "gardé": "Gardé",
}


def report(made: Contribution) -> None:
    """Show the remarks by kind, each with what to do; offer the whole list as a sheet."""
    st.header("La vérification", anchor=False)
    st.markdown(plain(made.sentence))
    for remark in made.remarks:
        st.warning(plain(remark), icon=":material/wrong_location:")
    problems = sorted(made.draft.problems, key=lambda one: SEVERITIES.index(one.severity))
    if problems:
        _by_kind(problems)
        _one_by_one(problems)
    else:
        st.success("Aucun problème dans ce fichier.", icon=":material/check_circle:")
    file_button(
        "Rapport complet (CSV)",
        lambda: report_csv(problems, made.plan),
        "rapport-import.csv",
        "text/csv",
        icon=":material/table:",
    )


def _by_kind(problems: list[Problem]) -> None:
    """Show each kind of remark whole: what it says to do is a sentence."""
    rows = [
        [
            one.message,
            one.action,
            " · ".join(in_words(one.field, text[:40]) for text in one.examples),
            field_label(one.field),
            one.severity,
            number(one.rows),
        ]
        for one in grouped(problems)
    ]
    header = ("Remarque", "Que faire", "Par exemple", "Champ", "Gravité", "Lignes")
    shares = (28, 30, 15, 13, 8, 6)
    st.html(table("Remarques, les plus graves d’abord", header, rows, folds=True, shares=shares))


def _one_by_one(problems: list[Problem]) -> None:
    more = f", les {_SHOWN} premières ici" if len(problems) > _SHOWN else ""
    with st.expander(f"Ligne par ligne : {count(len(problems), 'remarque')}{more}"):
        rows = [
            {
                "ligne": str(problem.row or ""),
                "champ": field_label(problem.field),
                "gravité": problem.severity,
                "message": problem.message,
                "dans le fichier": problem.original,
                "gardé": in_words(problem.field, problem.result),
            }
            for problem in problems[:_SHOWN]
        ]
        sortable(pd.DataFrame(rows), _COLUMNS, "Lignes du fichier à regarder", height=400)

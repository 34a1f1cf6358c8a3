"""What the verification of a file found: remarks by kind, then row by row, and the whole sheet."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.contribution import Contribution
from geo.directory.importing import Problem, field_label, grouped, report_csv
from geo.directory.importing.dry_run import SEVERITIES
from geo.french import count
from pages.components.file_button import file_button
from pages.components.text import plain
from pages.sections.contribuer.import_preview import in_words

_SHOWN: Final = 500


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
    groups = grouped(problems)
    rows = pd.DataFrame(
        {
            "gravité": [one.severity for one in groups],
            "remarques": [one.rows for one in groups],
            "message": [one.message for one in groups],
            "à faire": [one.action for one in groups],
            "exemples": [
                " · ".join(in_words(one.field, text[:40]) for text in one.examples)
                for one in groups
            ],
            "champ": [field_label(one.field) for one in groups],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        height=min(38 * len(rows) + 42, 460),
        column_config={
            "gravité": "Gravité",
            "remarques": st.column_config.NumberColumn("Nombre", width="small"),
            "message": st.column_config.TextColumn("Remarque", width="medium"),
            "à faire": st.column_config.TextColumn("Que faire", width="large"),
            "exemples": st.column_config.TextColumn("Par exemple", width="medium"),
            "champ": "Champ",
        },
    )


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
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(38 * len(rows) + 42, 400))

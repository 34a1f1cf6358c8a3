"""``catalyse indicators``: which there are, what they say of a territory, a file tried out."""

from pathlib import Path
from typing import Any

import click

from geo.analysis.indicators import latest_year, territory_indicators, values
from geo.cli.french import FrenchCommand
from geo.cli.options import output_format, territory_code
from geo.cli.show import show_json, show_table, tell
from geo.directory.indicators.catalogue import catalogue
from geo.directory.indicators.loading import Loaded
from geo.directory.indicators.try_preset import try_preset
from geo.errors import AtlasError
from geo.french import count, number, typeset
from geo.output.indicators import indicator_rows
from geo.reference.kinds import kind_codes
from geo.reference.territory import code_today
from geo.vocabulary import plural


@click.command(cls=FrenchCommand)
@click.option("--territory", metavar="TYPE:CODE", help="Territoire dont lire les indicateurs.")
@click.option(
    "--check",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Table à essayer : ce qui serait lu est dit, rien n’est mis en service.",
)
@click.option("--preset", metavar="NOM", help="Préréglage qui décrit la table à essayer.")
@output_format("table", "json")
def indicators(territory: str | None, check: Path | None, preset: str | None, form: str) -> None:
    """Cite les indicateurs, lit ceux d’un territoire, ou essaie une table.

    Les tables viennent de data/indicators et du dossier CATALYSE_INDICATORS.
    """
    if check is not None or preset is not None:
        if check is None or preset is None or territory:
            raise AtlasError("Pour essayer une table, donnez --check FICHIER et --preset NOM.")
        _show_tried(try_preset(check, preset), form)
    elif territory:
        _show_territory(territory, form)
    else:
        _show_all(form)


def _show_tried(loaded: Loaded, form: str) -> None:
    known = {
        one.code: {year: len(figures) for year, figures in loaded.figures[one.code].items()}
        for one in loaded.preset.indicators
        if one.columns
    }
    if form == "json":
        show_json({"known": known, "report": loaded.report.sentences()})
        return
    for sentence in loaded.report.sentences():
        click.echo(sentence)
    rows = [
        [code, year, number(found)]
        for code, years in known.items()
        for year, found in years.items()
    ]
    if rows:
        show_table(["indicateur", "année", f"{plural(loaded.preset.kind)} connus"], rows)
    else:
        click.echo("0 résultat : aucune valeur ne serait lue.")


def _show_territory(text: str, form: str) -> None:
    kind, code = territory_code(text)
    readings = territory_indicators(kind, code_today(kind, code))
    _tell_faults()
    if form == "json":
        show_json(indicator_rows(readings))
        return
    show_table(
        ["indicateur", "valeur", "année", "obtenu par", "source"],
        [[r.indicator.label, r.value_text, r.year, r.rule, r.source.publisher] for r in readings],
    )


def _show_all(form: str) -> None:
    listed = [_listed(code) for code in catalogue().indicators()]
    _tell_faults()
    _tell_absent()
    if form == "json":
        show_json(listed)
        return
    show_table(
        ["code", "indicateur", "unité", "règle", "source", "territoires connus"],
        [
            [one["code"], one["label"], one["unit"], one["rule"], one["source"], _coverage(one)]
            for one in listed
        ],
    )


def _listed(code: str) -> dict[str, Any]:
    one = catalogue().indicators()[code]
    return {
        "code": code,
        "label": one.label,
        "unit": one.unit,
        "rule": one.rule,
        "source": one.source.publisher,
        "licence": one.source.licence,
        "vintage": one.source.vintage,
        "years": {kind: latest_year(code, kind) for kind in kind_codes()},
        "known": {kind: _known(code, kind) for kind in kind_codes()},
        "unmatched": sum(table.report.count("unmatched") for table in catalogue().holding(code)),
    }


def _known(code: str, kind: str) -> dict[str, int]:
    figures = values(code, kind)
    return {"known": sum(v is not None for v in figures.values()), "all": len(figures)}


def _coverage(one: dict[str, Any]) -> str:
    """Say in one line how far an indicator goes: its year, what is known, what was not matched."""
    parts = [
        f"{kind} {number(found['known'])}/{number(found['all'])}"
        for kind, found in one["known"].items()
        if found["known"]
    ]
    years = sorted({year for year in one["years"].values() if year})
    lost = f" ; {count(one['unmatched'], 'code')} sans territoire" if one["unmatched"] else ""
    return f"{'-'.join(years)} : {', '.join(parts) or 'aucun'}{lost}"


def _tell_faults() -> None:
    """Say what was refused, and what could not be read."""
    book = catalogue()
    for table in book.tables:
        loaded = book.loaded(table)
        if loaded.fault:
            tell(loaded.fault)
    for fault in [*book.faults, *book.contradictions()]:
        tell(fault)


def _tell_absent() -> None:
    for preset in catalogue().waiting:
        tell(
            typeset(
                f"Table connue mais absente : {preset.file} ({preset.source.publisher}, "
                f"{preset.source.url or preset.title}). Posez-la dans le dossier de "
                "CATALYSE_INDICATORS."
            )
        )

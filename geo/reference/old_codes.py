"""The commune of today behind any code it has, had or took in, and what to say of that code."""

from geo.errors import UnknownCodeError
from geo.reference import france
from geo.reference.overseas import overseas_code


def commune_today(code: str) -> str:
    """Return the code in force of a commune, an old one or an arrondissement; empty if unknown.

    A commune whose land was shared out leads to none.
    """
    if code in france.communes().index:
        return code
    return france.former_codes().get(code) or france.arrondissements().get(code, "")


def remark(code: str) -> str:
    """Explain in French why a code leads to a commune of another code; "" when it does not."""
    today = commune_today(code)
    if not today or today == code:
        return ""
    if code in france.arrondissements():
        return f"Le code {code} est celui d’un arrondissement : {_label(today)}, code {today}."
    return f"Le code {code} est ancien : {_label(today)} aujourd’hui, code {today}."


def shared_out(code: str) -> str:
    """List in French the communes that share the land of a former one; "" for none."""
    parts = france.shared_out().get(code, ())
    if not parts:
        return ""
    among = ", ".join(f"{_label(part)}, code {part}" for part in parts)
    return f"Le code {code} est celui d’une ancienne commune partagée entre plusieurs : {among}"


def once_one(code: str, year: str) -> str:
    """Explain in French that a commune and others were one in a year, « 2023 »; else nothing."""
    rows = france.separations()
    rows = rows[rows["date"].str[:4] > year]
    own_rows = rows[(rows["code"] == code) | (rows["commune_code"] == code)]
    if not year or own_rows.empty:
        return ""
    whole = rows[rows["code"].isin(own_rows["code"])]
    codes = dict.fromkeys([*whole["code"], *whole["commune_code"]])
    names = [_label(code) for code in codes]
    since = whole["date"].max()[:4]
    return f"{', '.join(names[:-1])} et {names[-1]} ne faisaient qu’une commune avant {since}"


def check_known(code: str) -> None:
    """Refuse the code of a commune that is shared out or outside what the project covers.

    Raises
    ------
    UnknownCodeError
        In French, with what to choose from.
    """
    if sentence := shared_out(code):
        raise UnknownCodeError(f"{sentence}. Choisissez l’une d’elles.")
    if place := overseas_code(code):
        raise UnknownCodeError(f"Code {code} : {place.sentence}. Choisissez un autre lieu.")


def _label(code: str) -> str:
    row = france.communes().loc[code]
    return f"{row['commune_name']} ({row['departement_code']})"

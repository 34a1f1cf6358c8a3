"""Faults said to machines: « application/problem+json », RFC 9457, the parameter named."""

import re
from typing import Final

import orjson
from starlette.responses import Response

from geo.errors import AtlasError
from geo.french import CONTROLS

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: "Paramètre refusé",
    403: "Refusé",
    404: "Introuvable",
    405: "Méthode refusée",
    406: "Aucune forme acceptable",
    408: "Envoi trop lent",
    413: "Fichier trop grand",
    429: "Trop de demandes",
    500: "Erreur inattendue",
    501: "Forme non servie",
    503: "Données indisponibles",
}


class RefusedError(AtlasError):
    """A request that is refused: with which code, for which parameter."""

    def __init__(self, detail: str, parameter: str = "", status: int = 400) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.status = status
        self.headers: dict[str, str] = {}


def problem(fault: RefusedError) -> Response:
    """Answer with a refusal; what the request said is repeated without its control characters."""
    details = {
        "type": "about:blank",
        "title": TITLES[fault.status],
        "status": fault.status,
        "detail": _clean(str(fault)),
    }
    if fault.parameter:
        details["parameter"] = _clean(fault.parameter)
    body = orjson.dumps(details)
    headers = {**fault.headers, "Cache-Control": "no-store"}
    return Response(body, fault.status, headers=headers, media_type=MEDIA_TYPE)


def _clean(text: str) -> str:
    return re.sub(CONTROLS, "�", text)[:600]

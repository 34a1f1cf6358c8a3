"""A generator nobody here wrote asks what the OpenAPI definition allows, and what it does not."""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "5"))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_it_asks_ends_in_a_fault(server: str, mode: GenerationMode) -> None:
    definition = schemathesis.openapi.from_url(f"{server}/api/openapi.json")
    codes = [code for found in definition.get_all_operations() for code in asked(found.ok(), mode)]
    assert len(codes) > 100
    # Some of what it holds for bad is right (an unknown place is none), and the reverse.
    assert (200 if mode == GenerationMode.POSITIVE else 400) in codes


def asked(operation: Any, mode: GenerationMode) -> list[int]:
    """Ask one operation with generated requests; give the codes answered."""
    codes: list[int] = []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    def ask(case: Any) -> None:
        response = case.call()
        codes.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    try:
        ask()
    except Exception as fault:
        fault.add_note(operation.label)
        raise
    return codes

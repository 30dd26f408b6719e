"""The API answers as its description says, whatever is asked of it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from jangkau.web.api.api import LIMIT
from jangkau.web.site.wsgi import application

pytestmark = pytest.mark.slow
ASKED = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def test_whatever_is_asked_the_answer_is_one_of_those_described(filled, program, monkeypatch):
    monkeypatch.setattr(LIMIT, "requests", 10**6)
    key = program("32.02").defaults["HTTP_AUTHORIZATION"]
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in description.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:

        @ASKED
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(
                headers={"Authorization": key, "Host": "localhost", "Accept-Encoding": "identity"},
                excluded_checks=[positive_data_acceptance],  # what fits the description may still be refused in words
            )

        ask()

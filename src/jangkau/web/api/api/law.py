"""The law as computation: which rules there are, and cases worked out; every program may ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from jangkau.core import rules as law
from jangkau.core.rules.cases import evaluate_case
from jangkau.web.api.forms import PROBLEMS, After, Limit, part

router = Router()


class RuleOut(Schema):
    name: str
    title_id: str
    title_en: str
    law: str
    gives: list[str]


class RulesOut(Schema):
    items: list[RuleOut]
    next: int | None


class EvaluationIn(Schema):
    """A case as in `jangkau rules evaluate`: dates ISO, months YYYY-MM, money whole rupiah, shares decimal text."""

    rule: str = Field(max_length=60, examples=["financing"])
    title: str = Field("", max_length=300)
    given: dict[str, Any] = Field(examples=[{"people": 2, "monthly": 16800, "months": 3}])
    expected: dict[str, Any] | None = None


class EvaluationsIn(Schema):
    cases: list[EvaluationIn] = Field(max_length=1000)


class EvaluationOut(Schema):
    """`computed`, or the `error` in words; `equal` is None where nothing was expected."""

    title: str
    rule: str
    computed: dict[str, Any] | None = None
    error: str | None = None
    equal: bool | None


class EvaluationsOut(Schema):
    items: list[EvaluationOut]


@router.get("rules", response={200: RulesOut, **PROBLEMS}, summary="Aturan yang ada")
def rules(request: HttpRequest, after: After = 0, limit: Limit = 100) -> object:
    """Every rule with the law it rests on and what it gives."""
    found, further = part(list(law.rules().values()), after, limit)
    items = [
        {
            "name": rule.name, "title_id": rule.indonesian, "title_en": rule.english, "law": str(rule.law),
            "gives": sorted({output for form in rule.forms for output in form.outputs}),
        }
        for rule in found
    ]  # fmt: skip
    return {"items": items, "next": further}


@router.post("rules/evaluate", response={200: EvaluationsOut, **PROBLEMS}, summary="Menghitung kasus")
def evaluate(request: HttpRequest, sent: EvaluationsIn) -> object:
    """Each case worked out; one that cannot be computed says why and the others go on."""
    language = "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "id"
    return {"items": [evaluate_case(case.model_dump(exclude_none=True), language) for case in sent.cases]}

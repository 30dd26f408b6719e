"""The law a second time: slow, obvious, in exact fractions, written from the texts and not from `core/rules`."""

from pathlib import Path
from typing import Any

import yaml
from tests.core.rules.oracle.benefits import BENEFITS
from tests.core.rules.oracle.contributions import CONTRIBUTIONS

ORACLE = CONTRIBUTIONS | BENEFITS
EXAMPLES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text("utf-8"))

"""All rules of the room by name, in the order of the law: contributions, deadlines, benefits, counts."""

from __future__ import annotations

from jangkau.core.rules import counts, deadlines, employers, perisai
from jangkau.core.rules.benefits import accident, death, disability, pensions
from jangkau.core.rules.contributions import construction, migrants, self_employed, wage_earners
from jangkau.core.rules.engine import Catalogue, Rule

MODULES = (
    wage_earners, self_employed, construction, migrants, employers, deadlines, accident, disability, death,
    pensions, counts, perisai,
)  # fmt: skip
CATALOGUE = Catalogue(value for module in MODULES for value in vars(module).values() if isinstance(value, Rule))

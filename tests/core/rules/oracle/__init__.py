"""The law a second time: slow, obvious, in exact fractions, written from the texts and not from `core/rules`."""

from tests.core.rules.oracle.benefits import BENEFITS
from tests.core.rules.oracle.contributions import CONTRIBUTIONS

ORACLE = CONTRIBUTIONS | BENEFITS

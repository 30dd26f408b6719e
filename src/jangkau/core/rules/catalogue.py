"""All rules of the room by name, in the order of the law: contributions, deadlines, benefits, counts."""

from __future__ import annotations

from jangkau.core.rules.contributions import construction, migrants, self_employed, wage_earners
from jangkau.core.rules.engine import Catalogue

CATALOGUE = Catalogue(
    (
        wage_earners.PU_CONTRIBUTION,
        self_employed.BPU_CONTRIBUTION,
        construction.JAKON_CONTRIBUTION,
        migrants.PMI_CONTRIBUTION,
        migrants.PMI_EXTENSION,
        wage_earners.JKP_CONTRIBUTION,
        wage_earners.JP_CEILING,
    )
)

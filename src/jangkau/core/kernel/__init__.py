"""Values that every room shares; the standard library alone."""

from jangkau.core.kernel.errors import Corrupt, JangkauError, Refused, Unknown
from jangkau.core.kernel.months import Month
from jangkau.core.kernel.nik import Nik, NikParts
from jangkau.core.kernel.problems import LINE_KINDS, PROBLEM_CODES, Problem
from jangkau.core.kernel.regions import Gazetteer, Region, RegionCode

__all__ = [
    "LINE_KINDS",
    "PROBLEM_CODES",
    "Corrupt",
    "Gazetteer",
    "JangkauError",
    "Month",
    "Nik",
    "NikParts",
    "Problem",
    "Refused",
    "Region",
    "RegionCode",
    "Unknown",
]

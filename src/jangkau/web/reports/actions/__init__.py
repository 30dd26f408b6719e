"""The only place that writes reports: ask for one, make its files."""

from jangkau.web.reports.actions.asking import ask_for_report, do_report
from jangkau.web.reports.actions.making import Wanted, make_report

__all__ = ["Wanted", "ask_for_report", "do_report", "make_report"]

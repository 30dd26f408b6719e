"""Pages of reports, and of requests about one's own data."""

from jangkau.web.reports.views.data_requests import answer, correct_value, data_request
from jangkau.web.reports.views.pages import download, index, letterhead

__all__ = ["answer", "correct_value", "data_request", "download", "index", "letterhead"]

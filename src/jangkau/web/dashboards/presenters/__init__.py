"""Facts turned into what a template shows. Every page is one frozen value; templates only place and format it."""

from jangkau.web.dashboards.presenters.frame import Frame
from jangkau.web.dashboards.presenters.home import HomePage, home_page
from jangkau.web.dashboards.presenters.region import RegionPage, region_page

__all__ = ["Frame", "HomePage", "RegionPage", "home_page", "region_page"]

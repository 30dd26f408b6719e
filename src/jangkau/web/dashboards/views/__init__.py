"""The faces of home, regions and the map, the calculators."""

from jangkau.web.dashboards.views.pages import (
    calculator,
    chosen_day,
    frame,
    home,
    map_shapes,
    region,
    region_workbook,
    regions,
)

__all__ = ["calculator", "chosen_day", "frame", "home", "map_shapes", "region", "region_workbook", "regions"]

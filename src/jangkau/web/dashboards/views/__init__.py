"""The faces of home, regions and the map, the calculators, the plan, the official figures."""

from jangkau.web.dashboards.views.columns import column_act, columns
from jangkau.web.dashboards.views.definitions import definitions
from jangkau.web.dashboards.views.official import (
    official,
    official_add,
    official_upload,
    official_withdraw,
    official_workbook,
)
from jangkau.web.dashboards.views.pages import (
    calculator,
    chosen_day,
    frame,
    home,
    map_shapes,
    region,
    region_villages,
    region_workbook,
    regions,
)
from jangkau.web.dashboards.views.plans import plan
from jangkau.web.dashboards.views.record import record, record_export
from jangkau.web.dashboards.views.slices import region_slices, slices_book
from jangkau.web.dashboards.views.users import (
    glass,
    leave,
    role_act,
    user,
    user_add,
    user_agency,
    user_close,
    users,
    users_workbook,
)

__all__ = [
    "calculator",
    "chosen_day",
    "column_act",
    "columns",
    "definitions",
    "frame",
    "glass",
    "home",
    "leave",
    "map_shapes",
    "official",
    "official_add",
    "official_upload",
    "official_withdraw",
    "official_workbook",
    "plan",
    "record",
    "record_export",
    "region",
    "region_slices",
    "region_villages",
    "region_workbook",
    "regions",
    "role_act",
    "slices_book",
    "user",
    "user_add",
    "user_agency",
    "user_close",
    "users",
    "users_workbook",
]

from cases.views.glass import break_glass, break_glass_end, break_glass_use
from cases.views.looking import (
    case_views,
    case_views_odd,
    case_views_of_case,
    case_views_of_person,
    case_views_search,
    viewing_settings,
)
from cases.views.own import my_doings
from cases.views.restricting import (
    case_name,
    case_restriction,
    case_strike,
    restricted_cases,
)

__all__ = [
    "break_glass",
    "break_glass_end",
    "break_glass_use",
    "case_name",
    "case_restriction",
    "case_strike",
    "case_views",
    "case_views_odd",
    "case_views_of_case",
    "case_views_of_person",
    "case_views_search",
    "my_doings",
    "restricted_cases",
    "viewing_settings",
]

from cases.views.looking import (
    case_views,
    case_views_odd,
    case_views_of_case,
    case_views_of_person,
    case_views_search,
    viewing_settings,
)
from cases.views.own import my_doings

__all__ = [
    "case_views",
    "case_views_odd",
    "case_views_of_case",
    "case_views_of_person",
    "case_views_search",
    "my_doings",
    "viewing_settings",
]

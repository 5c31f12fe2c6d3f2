"""Charts as static SVG: one function a kind of chart, each giving a `Chart`.

Drawn for the width at which they are shown (642 px in print, 560 and 328 px on pages) and never
scaled. The SVG is the picture alone; its message, subtitle and key are text of the page.
"""

from kit.charts.agreement import AgreementRow, supported_downgraded
from kit.charts.chart import Chart
from kit.charts.composition import CompositionRow, PairedRow, composition, composition_pair
from kit.charts.lettering import NARROW, PRINT, WIDE
from kit.charts.ranking import RankedBar, ranking
from kit.charts.rates import RatePoint, return_rate

__all__ = [
    "NARROW",
    "PRINT",
    "WIDE",
    "AgreementRow",
    "Chart",
    "CompositionRow",
    "PairedRow",
    "RankedBar",
    "RatePoint",
    "composition",
    "composition_pair",
    "ranking",
    "return_rate",
    "supported_downgraded",
]

"""The one theme of charts, and how figures are written in them in each language."""

from typing import Any

from quartier.language import Language
from quartier.look.colours import BRICK, CANAL, INK, LINE, REST, SOFT_INK, SURFACE
from quartier.look.typeface import FAMILY

_NARROW, _NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

FORMATS: dict[Language, dict[str, Any]] = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "minus": "−", "percent": "%"},
    "fr": {
        "decimal": ",",
        "thousands": _NARROW,
        "grouping": [3],
        "currency": ["", f"{_NO_BREAK}€"],
        "minus": "−",
        "percent": f"{_NO_BREAK}%",
    },
}

TIMES: dict[Language, dict[str, Any]] = {
    "en": {
        "dateTime": "%-d %B %Y, %H:%M",
        "date": "%d/%m/%Y",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": [
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
    "fr": {
        "dateTime": f"%-d %B %Y, %H{_NO_BREAK}h{_NO_BREAK}%M",
        "date": "%d/%m/%Y",
        "time": f"%H{_NO_BREAK}h{_NO_BREAK}%M",
        "periods": ["AM", "PM"],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": [
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ],
        "shortMonths": [
            *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
            *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
        ],
    },
}


def theme() -> dict[str, Any]:
    """The configuration of every chart: quiet axes, our typeface, the segment in brick and the rest in grey-blue."""
    words = {"labelFont": FAMILY, "titleFont": FAMILY, "labelColor": SOFT_INK.light, "titleColor": SOFT_INK.light}
    return {
        "background": None,
        "font": FAMILY,
        "padding": 2,
        "view": {"stroke": None},
        "axis": {**words, **_AXIS},
        "axisX": {"grid": False},
        "header": {**words, "labelFontSize": 12, "titleFontSize": 12},
        "legend": {**words, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400},
        "text": {"font": FAMILY, "fontSize": 12, "color": INK.light},
        "range": {"category": [BRICK.light, REST.light, CANAL.light]},
        "bar": {"color": CANAL.light},
        "line": {"color": CANAL.light, "strokeWidth": 2},
        "area": {"color": CANAL.light},
        "point": {"color": BRICK.light, "filled": True, "size": 60},
        "rule": {"color": SOFT_INK.light},
        "rect": {"stroke": SURFACE.light, "strokeWidth": 2},
    }


_AXIS = {
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": 400,
    "labelPadding": 6,
    "gridColor": LINE.light,
    "domainColor": SOFT_INK.light,
    "tickColor": SOFT_INK.light,
    "domainWidth": 0.75,
    "tickSize": 4,
    "ticks": False,
    "domain": False,
}

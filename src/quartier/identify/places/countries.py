"""Countries by what people write, the continent that they lie on, and whether they are in the European Union."""

from functools import cache

from babel import Locale

from quartier.identify.cleaning.texts import folded

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_PARTS = "AX GF GP MF MQ RE YT"
EU = frozenset(f"{_MEMBERS} {_PARTS}".split())
"""The 27 members on 22 November 2026, and the parts of theirs that have a code of their own and belong to the Union
(Treaty on the Functioning of the European Union, articles 349 and 355). Greenland, the Faroes, New Caledonia, French
Polynesia, Wallis and Futuna, Saint-Pierre and Miquelon, Saint-Barthélemy, Aruba and Curaçao do not.
"""
EEA = EU | frozenset(["IS", "LI", "NO"])
"""The European Economic Area: the Union with Iceland, Liechtenstein and Norway; not Svalbard."""

_CONTINENTS = {
    "africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU "
        "MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW "
    ),
    "antarctica": ("AQ BV GS HM TF "),
    "asia": (
        "AE AF AM AZ BD BH BN BT CC CN GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV "
        "MY NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE "
    ),
    "europe": (
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV "
        "MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK "
    ),
    "north_america": (
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR "
        "SV SX TC TT US VC VG VI "
    ),
    "oceania": ("AS AU CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS "),
    "south_america": ("AR BO BR CL CO EC FK GF GY PE PY SR UY VE "),
}
_LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")
_THREE_LETTERS = (
    "ADAND ATAUT BEBEL BGBGR CACAN CHCHE CYCYP CZCZE DEDEU DKDNK DZDZA EEEST ESESP FIFIN FRFRA GBGBR GRGRC HRHRV HUHUN"
    " IEIRL ISISL ITITA LILIE LTLTU LULUX LVLVA MAMAR MCMCO MTMLT NLNLD NONOR PLPOL PTPRT REREU ROROU SESWE SISVN SKSVK"
    " TNTUN TRTUR UAUKR USUSA"
)
_USUAL = {
    "uk": "GB", "u k": "GB", "england": "GB", "angleterre": "GB", "scotland": "GB", "ecosse": "GB", "wales": "GB",
    "pays de galles": "GB", "great britain": "GB",
    "grande bretagne": "GB", "northern ireland": "GB", "usa": "US", "u s a": "US",
    "etats unis d amerique": "US", "united states of america": "US",
    "el": "GR", "hollande": "NL", "holland": "NL",
    "france metropolitaine": "FR", "la reunion": "RE", "ile de la reunion": "RE", "corse": "FR", "eire": "IE",
    "republique tcheque": "CZ", "czech republic": "CZ", "nouvelle caledonie": "NC", "polynesie": "PF", "tahiti": "PF",
    "principaute de monaco": "MC", "f": "FR", "d": "DE", "b": "BE", "a": "AT", "l": "LU", "i": "IT", "e": "ES",
}  # fmt: skip


def country_code(text: str) -> str | None:
    """The ISO 3166 code of a country by its code, its name in seven languages, or what it is usually called."""
    return _codes().get(folded(text))


def continent(code: str) -> str | None:
    """The continent of a country or territory, by GeoNames: Réunion lies in Africa, Cyprus counts as Europe."""
    return _continent_of().get(code)


@cache
def _continent_of() -> dict[str, str]:
    return {code: name for name, codes in _CONTINENTS.items() for code in codes.split()}


@cache
def _codes() -> dict[str, str]:
    known = _continent_of()
    named = {
        folded(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in known
    }
    three = {each[2:].lower(): each[:2] for each in _THREE_LETTERS.split()}
    return named | three | _USUAL | {code.lower(): code for code in known}

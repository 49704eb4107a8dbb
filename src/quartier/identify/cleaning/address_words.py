"""How words of addresses are shortened, by language, and the languages in which a country's addresses are written."""

LANGUAGES_OF = {
    "FR": ("fr",), "MC": ("fr",), "LU": ("fr", "de"), "BE": ("fr", "nl"), "CH": ("fr", "de", "it"), "DE": ("de",),
    "AT": ("de",), "LI": ("de",), "GB": ("en",), "IE": ("en",), "US": ("en",), "NL": ("nl",), "ES": ("es",),
    "IT": ("it",), "PT": ("pt",),
} | dict.fromkeys(("RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "NC", "PF", "WF"), ("fr",))  # fmt: skip

SHORTENED = {
    "fr": {
        "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard",
        "boul": "boulevard",
        "bvd": "boulevard", "r": "rue", "pl": "place", "rte": "route", "ch": "chemin", "che": "chemin",
        "chem": "chemin",
        "imp": "impasse", "all": "allee", "sq": "square", "st": "saint", "ste": "sainte", "fg": "faubourg",
        "fbg": "faubourg", "res": "residence", "bat": "batiment", "apt": "appartement", "appt": "appartement",
        "app": "appartement", "esc": "escalier", "etg": "etage", "lot": "lotissement", "qu": "quai", "crs": "cours",
        "pass": "passage", "pas": "passage", "rpt": "rond point", "lieudit": "lieu dit", "ld": "lieu dit", "hlm": "hlm",
        "gal": "general", "mal": "marechal", "dr": "docteur", "pdt": "president", "cdt": "commandant", "col": "colonel",
        "cap": "capitaine", "lt": "lieutenant", "prof": "professeur", "pr": "professeur", "q": "quater", "t": "ter",
        "b": "bis", "nd": "notre dame",
    },
    "en": {
        "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "sq": "square", "ct": "court",
        "blvd": "boulevard", "pl": "place", "gdns": "gardens", "cres": "crescent", "cl": "close", "ter": "terrace",
        "apt": "apartment", "hse": "house", "pkwy": "parkway", "hwy": "highway",
    },
    "de": {"str": "strasse", "pl": "platz", "nr": "", "hnr": ""},
    "nl": {"str": "straat", "ln": "laan", "pln": "plein", "wg": "weg"},
    "es": {
        "c": "calle", "cl": "calle", "avda": "avenida", "av": "avenida", "pza": "plaza", "pl": "plaza",
        "ctra": "carretera",
        "po": "paseo", "pso": "paseo", "sta": "santa", "sto": "santo", "num": "", "n": "",
    },
    "it": {
        "v": "via", "vle": "viale", "pza": "piazza", "pzza": "piazza", "p": "piazza", "cso": "corso", "lgo": "largo",
        "vlo": "vicolo", "n": "",
    },
    "pt": {"r": "rua", "av": "avenida", "pc": "praca", "trav": "travessa", "tv": "travessa", "estr": "estrada",
    "n": ""},
}  # fmt: skip
"""Folded, with their whole words; an empty word is left out."""

_ALIKE_BESIDE = (
    "street st str", "north nord n", "south sud s", "west ouest w", "east est e", "avenue aven", "boulevard boul",
    "suite ste", "floor fl",
)  # fmt: skip
"""Shortened words that a country's own list cannot have, as they mean something else there: St is a saint in France."""
_LEAST_LETTERS = 2


def _alike() -> dict[str, str]:
    """Each word with the shortest of all that are written for it, in the languages most addresses are in.

    The shortest, since words that every street has say nothing of likeness.
    """
    lists = [f"{whole} {short}" for each in ("fr", "en") for short, whole in SHORTENED[each].items()
             if len(short) >= _LEAST_LETTERS and " " not in whole]  # fmt: skip
    together: dict[str, set[str]] = {}
    for words in (set(each.split()) for each in (*_ALIKE_BESIDE, *lists)):
        one = words.union(*(together.get(word, ()) for word in words))
        together |= dict.fromkeys(one, one)
    return {word: min(words, key=lambda each: (len(each), each)) for word, words in together.items()}


ALIKE = _alike()
"""Words of addresses that are compared as one, whatever the language."""

ONLY_AFTER_A_NUMBER = frozenset(["b", "t", "q"])
"""`12 B rue` is 12 bis; a `B` elsewhere is a building."""
ONLY_BEFORE_A_WORD = frozenset([
    "r", "c", "v", "p", "ch", "st", "ste", "dr", "col", "cap", "lt", "all", "lot", "pas", "app",
])  # fmt: skip

SMALL_WORDS = frozenset([
    "av", "ave", "bd", "bld", "pl", "rte", "imp", "sq", "de", "du", "des", "d'", "l'", "la", "le", "les", "et",
    "en", "sur", "sous", "aux", "au", "a", "à", "rue", "avenue", "boulevard", "place", "route", "chemin", "impasse",
    "allée", "allee", "square", "quai", "cours", "passage", "résidence", "residence", "bâtiment", "batiment",
    "appartement", "escalier", "étage", "etage", "bis", "ter", "quater", "lieu", "dit", "chez", "der", "den", "dem",
    "am", "im", "an", "und", "van", "het", "the", "of", "y", "del", "dei", "della", "di", "da", "do", "dos", "das",
])  # fmt: skip
"""Small within an address that came in capitals: 12 rue de la Paix."""
SMALL_IN_CITIES = frozenset([
    "de", "du", "des", "la", "le", "les", "sur", "sous", "en", "et", "aux", "lès", "am", "an", "der", "upon",
])  # fmt: skip
CAPITAL_WORDS = frozenset([
    "BP", "CS", "TSA", "ZA", "ZI", "ZAC", "ZAE", "HLM", "RN", "RD", "RDC", "CEDEX", "PO", "II", "III", "IV", "VI",
    "VII", "VIII", "XIII", "XIV", "XVI",
])  # fmt: skip

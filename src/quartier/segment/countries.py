"""Countries by their codes, as a sentence names them: in French with the article."""

import re

from babel import Locale

from quartier.language import Language


def country(code: str, language: Language) -> str | None:
    """France, « la France », « le Portugal », « les Pays-Bas »; None for what is no country's code (ISO 3166)."""
    name = Locale(language).territories.get(code.upper()) if len(code) == 2 and code.isalpha() else None
    if name is None:
        return None
    return _in_french(code.upper(), name) if language == "fr" else _in_english(code.upper(), name)


def _in_english(code: str, name: str) -> str:
    return f"the {name}" if code in _WITH_THE or name.endswith("Islands") else name


def _in_french(code: str, name: str) -> str:
    if code in _WITHOUT_ARTICLE or name.startswith(("La ", "Saint")):
        return name
    if code in _PLURAL or name.startswith(("Îles ", "Territoires ", "Terres ")):
        return f"les {name}"
    if name[0] in "AEÉIÎOUY" and code != "YE":
        return f"l'{name}"
    is_feminine = re.split("[ -]", name)[0].endswith("e") and code not in _MASCULINE_IN_E
    return f"{'la' if is_feminine else 'le'} {name}"


# What the ending of the name does not tell, by code; two letters each.
_WITHOUT_ARTICLE = frozenset(re.findall("..", (
    "ADAWBHBBBNCUCYDJFJGDGIGGGUHTILJEKIMCMGMSMTMUNRNUOMPRPWSGSMSTTTTVTWVUYTWFWS"
)))  # fmt: skip
_WITH_THE = frozenset(("AE", "BS", "CF", "DO", "GB", "KM", "MV", "NL", "PH", "SC", "US"))
_PLURAL = frozenset(("AE", "AS", "BM", "BQ", "BS", "KM", "MV", "NL", "PH", "SC", "UN", "US"))
_MASCULINE_IN_E = frozenset(("BZ", "GB", "IO", "KH", "MX", "MZ", "SR", "ZW"))

"""The departments of France with their regions and prefectures, and what the French post serves overseas.

Regions by the law of 16 January 2015, with their numbers at INSEE; departments by the official geographic code.
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Region:
    """A region of France: its number at INSEE, its name, the territory by ISO 3166."""

    code: str
    name: str
    territory: str = "FR"


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its number, its name, its prefecture (whose postal code ends with 000), its region."""

    code: str
    name: str
    prefecture: str
    region: Region


_TABLE = """
84 Auvergne-Rhône-Alpes
01 Ain/Bourg-en-Bresse, 03 Allier/Moulins, 07 Ardèche/Privas, 15 Cantal/Aurillac, 26 Drôme/Valence, 38 Isère/Grenoble,
42 Loire/Saint-Étienne, 43 Haute-Loire/Le Puy-en-Velay, 63 Puy-de-Dôme/Clermont-Ferrand, 69 Rhône/Lyon,
73 Savoie/Chambéry, 74 Haute-Savoie/Annecy
27 Bourgogne-Franche-Comté
21 Côte-d'Or/Dijon, 25 Doubs/Besançon, 39 Jura/Lons-le-Saunier, 58 Nièvre/Nevers, 70 Haute-Saône/Vesoul,
71 Saône-et-Loire/Mâcon, 89 Yonne/Auxerre, 90 Territoire de Belfort/Belfort
53 Bretagne
22 Côtes-d'Armor/Saint-Brieuc, 29 Finistère/Quimper, 35 Ille-et-Vilaine/Rennes, 56 Morbihan/Vannes
24 Centre-Val de Loire
18 Cher/Bourges, 28 Eure-et-Loir/Chartres, 36 Indre/Châteauroux, 37 Indre-et-Loire/Tours, 41 Loir-et-Cher/Blois,
45 Loiret/Orléans
94 Corse
2A Corse-du-Sud/Ajaccio, 2B Haute-Corse/Bastia
44 Grand Est
08 Ardennes/Charleville-Mézières, 10 Aube/Troyes, 51 Marne/Châlons-en-Champagne, 52 Haute-Marne/Chaumont,
54 Meurthe-et-Moselle/Nancy, 55 Meuse/Bar-le-Duc, 57 Moselle/Metz, 67 Bas-Rhin/Strasbourg, 68 Haut-Rhin/Colmar,
88 Vosges/Épinal
32 Hauts-de-France
02 Aisne/Laon, 59 Nord/Lille, 60 Oise/Beauvais, 62 Pas-de-Calais/Arras, 80 Somme/Amiens
11 Île-de-France
75 Paris/Paris, 77 Seine-et-Marne/Melun, 78 Yvelines/Versailles, 91 Essonne/Évry-Courcouronnes,
92 Hauts-de-Seine/Nanterre, 93 Seine-Saint-Denis/Bobigny, 94 Val-de-Marne/Créteil, 95 Val-d'Oise/Cergy
28 Normandie
14 Calvados/Caen, 27 Eure/Évreux, 50 Manche/Saint-Lô, 61 Orne/Alençon, 76 Seine-Maritime/Rouen
75 Nouvelle-Aquitaine
16 Charente/Angoulême, 17 Charente-Maritime/La Rochelle, 19 Corrèze/Tulle, 23 Creuse/Guéret, 24 Dordogne/Périgueux,
33 Gironde/Bordeaux, 40 Landes/Mont-de-Marsan, 47 Lot-et-Garonne/Agen, 64 Pyrénées-Atlantiques/Pau,
79 Deux-Sèvres/Niort, 86 Vienne/Poitiers, 87 Haute-Vienne/Limoges
76 Occitanie
09 Ariège/Foix, 11 Aude/Carcassonne, 12 Aveyron/Rodez, 30 Gard/Nîmes, 31 Haute-Garonne/Toulouse, 32 Gers/Auch,
34 Hérault/Montpellier, 46 Lot/Cahors, 48 Lozère/Mende, 65 Hautes-Pyrénées/Tarbes, 66 Pyrénées-Orientales/Perpignan,
81 Tarn/Albi, 82 Tarn-et-Garonne/Montauban
52 Pays de la Loire
44 Loire-Atlantique/Nantes, 49 Maine-et-Loire/Angers, 53 Mayenne/Laval, 72 Sarthe/Le Mans, 85 Vendée/La Roche-sur-Yon
93 Provence-Alpes-Côte d'Azur
04 Alpes-de-Haute-Provence/Digne-les-Bains, 05 Hautes-Alpes/Gap, 06 Alpes-Maritimes/Nice, 13 Bouches-du-Rhône/Marseille,
83 Var/Toulon, 84 Vaucluse/Avignon
01 Guadeloupe GP
971 Guadeloupe/Basse-Terre
02 Martinique MQ
972 Martinique/Fort-de-France
03 Guyane GF
973 Guyane/Cayenne
04 La Réunion RE
974 La Réunion/Saint-Denis
06 Mayotte YT
976 Mayotte/Mamoudzou
"""
"""A region on a line, its departments on those that follow."""

TERRITORIES = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "977": "BL", "978": "MF", "980": "MC",
    "984": "TF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
"""What the French post serves beside the departments of Europe, by the first three figures."""
_ISLANDS_OF_GUADELOUPE = {"97133": "BL", "97150": "MF"}
"""Saint-Barthélemy and Saint-Martin left Guadeloupe in 2007 and kept their codes."""


def territory_of(code: str) -> str:
    """The ISO 3166 code of the territory where a French postal code is."""
    return _ISLANDS_OF_GUADELOUPE.get(code) or TERRITORIES.get(code[:3], "FR")


def department_of(code: str) -> Department | None:
    """The department of a French postal code, by its first figures; None for what is in none (military mail, Monaco).

    A few dozen villages are served by the post office of a neighbouring department, and get that one.
    """
    if territory_of(code) in ("BL", "MF"):
        return None
    if code.startswith("20"):
        return departments().get("2A" if code[2] in "01" else "2B")
    return departments().get(code[:3] if code.startswith("97") else code[:2])


def city_of_code(code: str) -> str | None:
    """The city of a French postal code where the code alone tells it: three cities with districts, and prefectures."""
    if code.startswith("980"):
        return "Monaco"
    if code.startswith("75") or "69001" <= code <= "69009" or "13001" <= code <= "13016":
        return {"75": "Paris", "69": "Lyon", "13": "Marseille"}[code[:2]]
    if code.startswith("20"):
        return {"20000": "Ajaccio", "20090": "Ajaccio", "20200": "Bastia"}.get(code)
    found = department_of(code)
    is_main = found is not None and code == f"{found.code:0<5}"
    return found.prefecture if found and is_main else None


@cache
def departments() -> dict[str, Department]:
    """The 101 departments by their numbers; the metropolis of Lyon counts as the Rhône, whose codes it shares."""
    found: dict[str, Department] = {}
    region = Region("", "")
    for line in _TABLE.strip().splitlines():
        if "/" not in line:
            region = _region(line)
            continue
        for each in line.rstrip(",").split(", "):
            code, _, names = each.partition(" ")
            name, _, prefecture = names.partition("/")
            found[code] = Department(code, name, prefecture, region)
    return found


def _region(line: str) -> Region:
    code, _, name = line.partition(" ")
    is_overseas = code < "11"
    return Region(code, name[:-3], name[-2:]) if is_overseas else Region(code, name)

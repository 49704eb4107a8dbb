"""Where the example shop's persons live: cities with the postal codes that they really have."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Floats


@dataclass(frozen=True)
class City:
    """A city, its country (ISO 3166), its first and last postal code, and its weight among the shop's persons."""

    name: str
    country: str
    first_code: int
    last_code: int
    weight: float


COUNTRIES = {"FR": "France", "BE": "Belgique", "CH": "Suisse"}
COUNTRY_SHARES = {"FR": 0.72, "BE": 0.16, "CH": 0.12}

CITIES: tuple[City, ...] = (
    City("Paris", "FR", 75001, 75020, 22),
    City("Marseille", "FR", 13001, 13016, 9),
    City("Lyon", "FR", 69001, 69009, 8),
    City("Toulouse", "FR", 31000, 31000, 5),
    City("Nice", "FR", 6000, 6000, 4),
    City("Nantes", "FR", 44000, 44000, 4),
    City("Montpellier", "FR", 34000, 34000, 3),
    City("Strasbourg", "FR", 67000, 67000, 3),
    City("Bordeaux", "FR", 33000, 33000, 4),
    City("Lille", "FR", 59000, 59000, 4),
    City("Rennes", "FR", 35000, 35000, 3),
    City("Reims", "FR", 51100, 51100, 2),
    City("Saint-Étienne", "FR", 42000, 42000, 2),
    City("Le Havre", "FR", 76600, 76600, 2),
    City("Grenoble", "FR", 38000, 38000, 2),
    City("Dijon", "FR", 21000, 21000, 2),
    City("Angers", "FR", 49000, 49000, 2),
    City("Nîmes", "FR", 30000, 30000, 2),
    City("Clermont-Ferrand", "FR", 63000, 63000, 2),
    City("Brest", "FR", 29200, 29200, 1),
    City("Bourg-en-Bresse", "FR", 1000, 1000, 1),
    City("Ajaccio", "FR", 20000, 20000, 1),
    City("Bruxelles", "BE", 1000, 1000, 9),
    City("Liège", "BE", 4000, 4000, 4),
    City("Namur", "BE", 5000, 5000, 3),
    City("Charleroi", "BE", 6000, 6000, 3),
    City("Mons", "BE", 7000, 7000, 2),
    City("Anvers", "BE", 2000, 2000, 3),
    City("Gand", "BE", 9000, 9000, 2),
    City("Genève", "CH", 1201, 1209, 6),
    City("Lausanne", "CH", 1003, 1007, 5),
    City("Fribourg", "CH", 1700, 1700, 2),
    City("Neuchâtel", "CH", 2000, 2000, 2),
    City("Sion", "CH", 1950, 1950, 1),
    City("Berne", "CH", 3011, 3014, 2),
    City("Zurich", "CH", 8001, 8006, 3),
)


def city_shares() -> Floats:
    """The share of the shop's persons who live in each city; sums to 1."""
    weights = np.array([city.weight for city in CITIES])
    countries = np.array([city.country for city in CITIES])
    of_country = {code: weights[countries == code].sum() for code in COUNTRIES}
    return np.array([COUNTRY_SHARES[city.country] * city.weight / of_country[city.country] for city in CITIES])


def code_digits(country: str) -> int:
    """How many digits a postal code has: five in France, four in Belgium and Switzerland."""
    return 5 if country == "FR" else 4

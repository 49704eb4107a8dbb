"""True cases of names of persons, addresses and cities."""

import pytest

from quartier.identify.cleaning import Cleaned, Fault, clean_address, clean_city, clean_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("DE LA FONTAINE", "de La Fontaine"),
        ("jean de la fontaine", "Jean de La Fontaine"),
        ("Jean de la Fontaine", "Jean de la Fontaine"),  # somebody cased it: it is theirs
        ("D'ARTAGNAN", "d'Artagnan"),
        ("Charles d’Artagnan", "Charles d'Artagnan"),
        ("LE GALL", "Le Gall"),
        ("L'HERMITE", "L'Hermite"),
        ("DU BELLAY", "du Bellay"),
        ("DE GAULLE", "de Gaulle"),
        ("Charles DE GAULLE", "Charles de Gaulle"),
        ("JEAN-PIERRE DUPONT-DURAND", "Jean-Pierre Dupont-Durand"),
        ("jean-pierre", "Jean-Pierre"),
        ("J.-P. BELMONDO", "J.-P. Belmondo"),
        ("ANTOINE DE SAINT-EXUPÉRY", "Antoine de Saint-Exupéry"),
        ("DUPONT, Jean", "Jean Dupont"),
        ("Mme Jeanne DUPONT", "Jeanne Dupont"),
        ("Mme DE LA FONTAINE, Jeanne", "Jeanne de La Fontaine"),
        ("DUPONT, Dr Jean", "Jean Dupont"),
        ("M. DUPONT", "Dupont"),
        ("Dr. Jeanne Dupont", "Jeanne Dupont"),
        ("MCDONALD", "McDonald"),
        ("MACDONALD", "MacDonald"),
        ("MACRON", "Macron"),
        ("MACHADO", "Machado"),
        ("O'BRIEN", "O'Brien"),
        ("N'DIAYE", "N'Diaye"),
        ("VINCENT VAN GOGH", "Vincent van Gogh"),
        ("VAN DER BERG", "van der Berg"),
        ("JAN VAN 'T HOFF", "Jan van 't Hoff"),
        ("OTTO VON BISMARCK", "Otto von Bismarck"),
        ("RINA DAS", "Rina Das"),
        ("DAS", "Das"),
        ("HENRI IV", "Henri IV"),
        ("ŁUKASZ ŻUŁAWSKI", "Łukasz Żuławski"),
        ("Jennifer Null", "Jennifer Null"),
        ("  Jeanne\u00a0 Martin\u200b ", "Jeanne Martin"),
        ("李小龍", "李小龍"),
    ],
)
def test_a_name_is_cased_as_people_write_it(raw, shown):
    found = clean_name(raw)
    assert (found.shown, found.problem) == (shown, None)


@pytest.mark.parametrize(
    ("raw", "region", "shown"),
    [
        ("CARMEN DE LA TORRE", "ES", "Carmen de la Torre"),
        ("MARIA DE LUCA", "IT", "Maria De Luca"),
        ("LEONARDO DI CAPRIO", "IT", "Leonardo Di Caprio"),
    ],
)
def test_particles_follow_the_country(raw, region, shown):
    assert clean_name(raw, region).shown == shown


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("DE LA FONTAINE", "de la fontaine"),
        ("d’Artagnan", "dartagnan"),
        ("M'Bappé", "mbappe"),
        ("Saint-Exupéry", "saint exupery"),
        ("SAINT EXUPERY", "saint exupery"),
        ("Œdipe Lœb", "oedipe loeb"),
        ("Strauß", "strauss"),
        ("Dupont, Jeanne", "jeanne dupont"),
        ("SØREN", "soren"),
    ],
)
def test_a_name_is_compared_without_accents_and_signs(raw, value):
    assert clean_name(raw).value == value


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", Fault.EMPTY),
        ("N/A", Fault.NO_VALUE),
        ("Null", Fault.NO_VALUE),
        ("Anonyme", Fault.NO_VALUE),
        ("client de passage", Fault.NO_VALUE),
        ("test", Fault.PLACEHOLDER),
        ("xxx", Fault.PLACEHOLDER),
        ("AZERTY", Fault.PLACEHOLDER),
        ("prénom", Fault.PLACEHOLDER),
        ("John Doe", Fault.PLACEHOLDER),
        ("Mme Test", Fault.PLACEHOLDER),
        ("M. --", Fault.NO_VALUE),
        ("jeanne@laposte.net", Fault.WRONG_KIND),
        ("Jeanne75", Fault.WRONG_KIND),
        ("SARL Dupont", Fault.WRONG_KIND),
        ("--//--", Fault.NO_VALUE),
    ],
)
def test_what_is_no_name_is_told(raw, problem):
    assert clean_name(raw) == Cleaned(None, None, problem)


@pytest.mark.parametrize("name", ["Wert", "Reza", "Azer", "Na Li", "Bo", "Li", "Aa Berg"])
def test_short_and_rare_names_are_names(name):
    assert clean_name(name).problem is None


@pytest.mark.parametrize(
    ("raw", "region", "value"),
    [
        ("12, bd. St-Michel", "FR", "12 boulevard saint michel"),
        ("12 BOULEVARD SAINT MICHEL", "FR", "12 boulevard saint michel"),
        ("12 bis, av. de la République", "FR", "12 bis avenue de la republique"),
        ("12B AVENUE DE LA REPUBLIQUE", "FR", "12 bis avenue de la republique"),
        ("12bis ave de la république", "FR", "12 bis avenue de la republique"),
        ("3 r. du Gal Leclerc, Bât. B, appt 4", "FR", "3 rue du general leclerc batiment b appartement 4"),
        ("B.P. 12", "FR", "bp 12"),
        ("BP 12", "FR", "bp 12"),
        ("CS 12345", "FR", "cs 12345"),
        ("ZA Les Portes, RD 12", "FR", "za les portes rd 12"),
        ("Hauptstr. 5", "DE", "hauptstrasse 5"),
        ("Hauptstraße 5", "DE", "hauptstrasse 5"),
        ("Bahnhofstr. 1", "CH", "bahnhofstrasse 1"),
        ("Av. Louise 54", "BE", "avenue louise 54"),
        ("10 Downing St", "GB", "10 downing st"),
        ("221B Baker Rd.", "GB", "221b baker road"),
        ("C/ Mayor, 5", "ES", "calle mayor 5"),
        ("V.le Monza 12", "IT", "viale monza 12"),
        ("R. Augusta 10", "PT", "rua augusta 10"),
    ],
)
def test_shortened_words_of_an_address_are_written_out(raw, region, value):
    found = clean_address(raw, region)
    assert (found.value, found.problem) == (value, None)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("12 RUE DE LA PAIX", "12 rue de la Paix"),
        ("12 RUE DE L'ÉGLISE, BP 12", "12 rue de l'Église, BP 12"),
        ("LIEU DIT LE BOURG", "Lieu dit le Bourg"),
        ("12 rue de la Paix", "12 rue de la Paix"),
    ],
)
def test_an_address_in_capitals_is_cased(raw, shown):
    assert clean_address(raw).shown == shown


@pytest.mark.parametrize(
    ("raw", "problem"),
    [("", Fault.EMPTY), ("NPAI", Fault.NO_VALUE), ("adresse inconnue", Fault.NO_VALUE), ("xxx", Fault.PLACEHOLDER),
     ("75008", Fault.WRONG_KIND), ("jeanne@laposte.net", Fault.WRONG_KIND)],
)  # fmt: skip
def test_what_is_no_address_is_told(raw, problem):
    assert clean_address(raw) == Cleaned(None, None, problem)


@pytest.mark.parametrize(
    ("raw", "value", "shown"),
    [
        ("PARIS CEDEX 08", "paris", "Paris"),
        ("Paris 8e", "paris", "Paris"),
        ("PARIS 08", "paris", "Paris"),
        ("Lyon 3ème arrondissement", "lyon", "Lyon"),
        ("75008 PARIS", "paris", "Paris"),
        ("St-Denis", "saint denis", "Saint-Denis"),
        ("SAINT DENIS", "saint denis", "Saint Denis"),
        ("ST ETIENNE", "saint etienne", "Saint-Etienne"),
        ("Chalon s/ Saône", "chalon sur saone", "Chalon sur Saône"),
        ("AIX EN PROVENCE", "aix en provence", "Aix en Provence"),
        ("LE HAVRE", "le havre", "Le Havre"),
        ("L'ISLE-ADAM", "l isle adam", "L'Isle-Adam"),
        ("VILLENEUVE-D'ASCQ", "villeneuve d ascq", "Villeneuve-d'Ascq"),
        ("Frankfurt am Main", "frankfurt am main", "Frankfurt am Main"),
    ],
)  # fmt: skip
def test_a_city_is_one_whatever_the_post_adds(raw, value, shown):
    assert clean_city(raw) == Cleaned(value, shown)

"""Notes about method: what the reader may rely on, and what not; only what this report uses."""

from quartier.language import Language, Text
from quartier.report.written import NB

NOTES: tuple[tuple[str, Text, Text], ...] = (
    (
        "base",
        Text(en="Instant", fr="Instant"),
        Text(
            en="Everything is read at one instant, given at the top; what came later is not counted.",
            fr=f"Tout est lu à un seul instant, indiqué en tête{NB}; ce qui est arrivé plus tard n'est pas compté.",
        ),
    ),
    (
        "base",
        Text(en="Net revenue", fr="Chiffre d'affaires net"),
        Text(
            en="What was ordered less what was given back. A customer is a person who has bought at least once.",
            fr="Ce qui a été commandé, moins ce qui a été remboursé. Un client est une personne qui a acheté au moins "
            "une fois.",
        ),
    ),
    (
        "rfm",
        Text(en="RFM", fr="RFM"),
        Text(
            en="Customers are ranked three times, by days since the last order, number of orders and net amount, and "
            "cut into steps of equal numbers. The names of the classes are a convention of reading, not a finding.",
            fr="Les clients sont classés trois fois, par jours depuis la dernière commande, nombre de commandes et "
            "montant net, puis répartis en paliers d'effectifs égaux. Les noms des classes sont une convention de "
            "lecture, pas un résultat.",
        ),
    ),
    (
        "segments",
        Text(en="What distinguishes", fr="Ce qui distingue"),
        Text(
            en="Each trait is compared between the segment and the rest of its population; intervals hold 95% of the "
            "time, and differences are kept when a p-value corrected for the number of comparisons (Benjamini and "
            "Hochberg) is at most 0.05. A difference is not a cause.",
            fr="Chaque trait est comparé entre le segment et le reste de sa population. Les intervalles sont à "
            f"95{NB}%{NB}; une différence est retenue si sa valeur p, corrigée du nombre de comparaisons (Benjamini et "
            "Hochberg), ne dépasse pas 0,05. Une différence n'est pas une cause.",
        ),
    ),
    (
        "segmentation",
        Text(en="The set of segments", fr="L'ensemble des segments"),
        Text(
            en="Explained is the share of the variance of a trait that the memberships explain, adjusted for the "
            "number of segments. The 95% range and the steadiness say what would be found among as many other persons "
            "drawn alike; a portrait made of chance alone has a steadiness of about 0.7. Kept is the share of the "
            "members of 30 days ago, or of the first evaluation, who still belong.",
            fr="La variation expliquée est la part de variance d'un trait que les appartenances expliquent, ajustée au "
            "nombre de segments. La plage à 95 % et la constance disent ce que l'on trouverait parmi autant d'autres "
            "personnes tirées de même ; un portrait dû au seul hasard a une constance d'environ 0,7. « Restés » est la "
            "part des membres d'il y a 30 jours, ou de la première évaluation, qui le sont encore.",
        ),
    ),
    (
        "effects",
        Text(en="Effects", fr="Effets"),
        Text(
            en="An effect compares persons reached with persons who were held out by lot. Only such a difference says "
            "what the campaign caused. An interval that crosses zero leaves the question open.",
            fr="Un effet compare les personnes touchées à un groupe témoin tiré au sort. Seule cette différence dit ce "
            "que la campagne a causé. Un intervalle qui traverse zéro laisse la question ouverte.",
        ),
    ),
    (
        "notes",
        Text(en="Personal data", fr="Données personnelles"),
        Text(
            en="The report holds counts, shares and amounts; no name, address or identifier of a person. Small groups "
            "can still point to someone: share it as carefully as the base itself.",
            fr="Le rapport contient des effectifs, des parts et des montants, jamais le nom, l'adresse ou "
            f"l'identifiant d'une personne. Un petit groupe peut tout de même désigner quelqu'un{NB}: "
            "partagez-le avec le même soin que la base.",
        ),
    ),
)


def notes(there: set[str], language: Language) -> tuple[tuple[str, str], ...]:
    """The notes that concern the sections which are there."""
    return tuple((word.to(language), said.to(language)) for section, word, said in NOTES if section in there)

"""What the view of a score says."""

from quartier.language import Plural, Text

RISES = Text(
    en="{outcome}: {less} at {low} points, {more} at {high}", fr="{outcome} : {less} à {low} points, {more} à {high}"
)
RISES_NOT = Text(en="What happened at how many points", fr="Ce qui s'est passé à combien de points")
DESCRIPTION = Text(
    en="Share who came to the outcome by band of ten points, with 95% intervals. {title}",
    fr="Part de ceux arrivés à l'issue par tranche de dix points, avec intervalles à 95 %. {title}",
)
BAND = Text(en="{low}–{high}", fr="{low}–{high}")
SEGMENT = Text(en="Score of {low} to {high}", fr="Score de {low} à {high}")
CAPPED = Text(en="{points} each time", fr="{points} à chaque fois")
FADES = Text(en="half after {days} days", fr="moitié après {days} jours")
AXIS_SCORE, AXIS_SHARE = Text(en="score", fr="score"), Text(en="came to the outcome", fr="arrivés à l'issue")
AGAINST_PAST = Text(
    en="The score as of {days} days ago against what happened since: {n} persons, {converted} of whom came to the "
    "outcome. Of one who did and one who did not, the former had the higher score in {auc} of all pairs ({low} to "
    "{high}; .5 is chance).",
    fr="Le score d'il y a {days} jours face à ce qui s'est passé depuis : {n} personnes, dont {converted} arrivées à "
    "l'issue. Entre une qui y est arrivée et une autre, la première avait le score le plus haut dans {auc} des paires "
    "({low} à {high} ; 0,5 est le hasard).",
)
AGAINST_TODAY = Text(
    en="The score against the outcome, both of today: {n} persons, {converted} of whom came to it. Of one who did and "
    "one who did not, the former has the higher score in {auc} of all pairs ({low} to {high}; .5 is chance).",
    fr="Le score face à l'issue, tous deux à ce jour : {n} personnes, dont {converted} y sont arrivées. Entre une qui "
    "y est arrivée et une autre, la première a le plus haut score dans {auc} des paires ({low} à {high} ; 0,5 est "
    "le hasard).",
)
HELD_OUT = Text(
    en="These persons had no part in choosing the points.",
    fr="Ces personnes n'ont eu aucune part dans le choix des points.",
)
LEARNT = Text(
    en="Points proposed by the data were learnt on {learnt} persons. On {tested} others they reach {auc}, the stated "
    "ones {stated}. They count only if you choose so below.",
    fr="Les points proposés par les données ont été appris sur {learnt} personnes. Sur {tested} autres ils atteignent "
    "{auc}, ceux énoncés {stated}. Ils ne comptent que si vous le choisissez plus bas.",
)
OUTCOME = Text(en="Outcome", fr="Issue")
WORDS: dict[str, Text | Plural] = {
    "criteria": Text(en="What brings points", fr="Ce qui rapporte des points"),
    "criterion": Text(en="criterion", fr="critère"),
    "sort": Text(en="sort", fr="sorte"),
    "most": Text(en="points at most", fr="points au plus"),
    "how": Text(en="how", fr="comment"),
    "persons": Text(en="persons", fr="personnes"),
    "missing": Text(en="not known of", fr="inconnu de"),
    "proposed": Text(en="the data propose", fr="les données proposent"),
    "change_criteria": Text(en="Change the criteria", fr="Changer les critères"),
    "distribution": Text(en="Who has how many points", fr="Qui a combien de points"),
    "distribution_note": Text(
        en="Now on the left; on the right those who had so many points then, and what became of them. A band opens as "
        "a segment.",
        fr="À gauche, maintenant ; à droite, ceux qui avaient alors autant de points, et ce qu'ils sont devenus. Une "
        "tranche s'ouvre en segment.",
    ),
    "ranged": Plural(
        Text(
            en="{n} person has a range rather than a number: a fact is not known.",
            fr="{n} personne a une fourchette plutôt qu'un nombre : un fait n'est pas connu.",
        ),
        Text(
            en="{n} persons have a range rather than a number: a fact is not known.",
            fr="{n} personnes ont une fourchette plutôt qu'un nombre : un fait n'est pas connu.",
        ),
    ),
    "score": Text(en="score", fr="score"),
    "now": Text(en="persons now", fr="personnes maintenant"),
    "then": Text(en="persons then", fr="personnes alors"),
    "came": Text(en="came to it", fr="y sont arrivées"),
    "share": Text(en="share", fr="part"),
    "interval": Text(en="interval at 95%", fr="intervalle à 95 %"),
    "between": Text(en="{low} to {high}", fr="{low} à {high}"),
    "calibration_note": Text(
        en="Above each interval how many persons it rests on.",
        fr="Au-dessus de chaque intervalle, le nombre de personnes sur lequel il repose.",
    ),
}

"""What the view of the stages of the relation says."""

from quartier.language import Plural, Text

FINDING = Text(
    en="{customers} customers of {of} persons; in {days} days {came} came and {lost} lapsed",
    fr="{customers} clients sur {of} personnes ; en {days} jours, {came} sont arrivés et {lost} ont été perdus",
)
PICTURE = Text(
    en="Bars of the five stages, arcs of who moved between them. {title}",
    fr="Barres des cinq stades, arcs de ceux qui sont passés de l'un à l'autre. {title}",
)
LAPSE = Text(
    en="A customer counts as lapsed after {days} days without a purchase, as the intervals between purchases suggest.",
    fr="Un client compte comme perdu après {days} jours sans achat, comme le suggèrent les intervalles entre achats.",
)
LAPSE_STATED = Text(
    en="A customer counts as lapsed after {days} days without a purchase, as you stated.",
    fr="Un client compte comme perdu après {days} jours sans achat, comme vous l'avez énoncé.",
)
RETURNED = Text(
    en="Of those who were silent for so long, {share} bought again all the same.",
    fr="De ceux qui se sont tus aussi longtemps, {share} ont tout de même racheté.",
)
WORDS: dict[str, Text | Plural] = {
    "pipeline_note": Text(
        en="Arcs above: who went further in {days} days, or came back; below: who went back. Thicker is more.",
        fr="Arcs du haut : ceux qui ont avancé en {days} jours, ou sont revenus ; du bas : ceux qui ont reculé. Plus "
        "épais, plus nombreux.",
    ),
    "meaning": Text(en="What each stage means", fr="Ce que chaque stade veut dire"),
    "meaning_note": Text(
        en="The name opens as the segment of who is there; the condition opens to be changed and kept.",
        fr="Le nom s'ouvre en segment de ceux qui y sont ; la condition s'ouvre pour être changée et gardée.",
    ),
    "stage": Text(en="stage", fr="stade"),
    "condition": Text(en="condition", fr="condition"),
    "persons": Text(en="persons", fr="personnes"),
    "came": Text(en="came", fr="arrivées"),
    "went": Text(en="left", fr="départs"),
    "year": Text(en="over a year", fr="sur un an"),
    "not_told": Text(en="the data do not tell", fr="les données ne le disent pas"),
    "without": Plural(
        Text(en="{n} person is at no stage.", fr="{n} personne n'est à aucun stade."),
        Text(en="{n} persons are at no stage.", fr="{n} personnes ne sont à aucun stade."),
    ),
    "where_now": Text(en="Where they are {days} days later", fr="Où ils en sont {days} jours plus tard"),
    "where_now_note": Text(
        en="Of who was at the stage {days} days ago. Half have left it within the time on the right, those who are "
        "still there being followed until now; counted in steps of 30 days.",
        fr="De ceux qui étaient au stade il y a {days} jours. La moitié l'a quitté dans le temps à droite, ceux qui y "
        "sont encore étant suivis jusqu'à maintenant ; compté par pas de 30 jours.",
    ),
    "were_there": Text(en="were there", fr="y étaient"),
    "further": Text(en="further", fr="plus loin"),
    "interval": Text(en="interval at 95%", fr="intervalle à 95 %"),
    "between": Text(en="{low} to {high}", fr="{low} à {high}"),
    "still": Text(en="still there", fr="toujours là"),
    "back": Text(en="back", fr="en arrière"),
    "half_left": Text(en="half leave within", fr="la moitié part en"),
}

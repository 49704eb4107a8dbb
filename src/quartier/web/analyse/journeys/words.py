"""What the pages of journeys say."""

from quartier.language import Plural, Text

TITLE = Text(en="Journeys", fr="Parcours clients")
SENTENCES = {
    "funnel": Text(
        en="Who gets from step to step, where they drop off, and how long it takes. Each count opens as a segment.",
        fr="Qui passe d'une étape à l'autre, où l'on décroche, en combien de temps. Chaque nombre s'ouvre en segment.",
    ),
    "paths": Text(
        en="What persons do right after an event, or right before it, the first time it happens.",
        fr="Ce que les personnes font juste après un événement, ou juste avant, la première fois qu'il a lieu.",
    ),
    "retention": Text(
        en="Persons by the month in which they first did one thing: how many do another in each month after.",
        fr="Les personnes selon le mois de leur premier geste : combien en font un autre chaque mois qui suit.",
    ),
    "sequences": Text(
        en="Things done one after the other by many persons, whatever lies between.",
        fr="Des gestes que beaucoup font l'un après l'autre, quoi qu'il se passe entre eux.",
    ),
}
SIDES = {
    "funnel": (Text(en="Funnel", fr="Entonnoir"), "/analyse/journeys"),
    "paths": (Text(en="Paths", fr="Chemins"), "/analyse/journeys/paths"),
    "retention": (Text(en="Coming back", fr="Retours"), "/analyse/journeys/retention"),
    "sequences": (Text(en="Common sequences", fr="Suites fréquentes"), "/analyse/journeys/sequences"),
}
FOUND = Text(
    en="Of {n} persons at “{first}”, {share} come to “{last}”",
    fr="Sur {n} personnes à « {first} », {share} arrivent à « {last} »",
)
DROPS = Text(en="{found}; most drop off before “{step}”", fr="{found} ; on décroche surtout avant « {step} »")
MOST_AFTER = Text(
    en="After “{event}”, {share} go on with “{next}”", fr="Après « {event} », {share} passent à « {next} »"
)
MOST_BEFORE = Text(
    en="Before “{event}”, {share} come from “{next}”", fr="Avant « {event} », {share} viennent de « {next} »"
)
NO_PATH = Text(en="Paths around “{event}”", fr="Chemins autour de « {event} »")
OTHERS = Plural(
    Text(en="{n} other event", fr="{n} autre événement"), Text(en="{n} other events", fr="{n} autres événements")
)
ENDED = Text(en="nothing more", fr="rien de plus")
BEGAN = Text(en="nothing before", fr="rien avant")
OTHER_VALUES = Text(en="other values, or not known", fr="autres valeurs, ou inconnue")
YES, NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
SEQUENCES_FOUND = Text(en="{share} of {n} persons: {way}", fr="{share} des {n} personnes : {way}")
BACK_FOUND = Text(
    en="{share} are back in the month after their first", fr="{share} reviennent le mois après le premier"
)
LENGTHS = {
    "30 minutes": Text(en="30 minutes", fr="30 minutes"),
    "1 hour": Text(en="1 hour", fr="1 heure"),
    "1 day": Text(en="1 day", fr="1 jour"),
    "7 days": Text(en="7 days", fr="7 jours"),
    "30 days": Text(en="30 days", fr="30 jours"),
    "90 days": Text(en="90 days", fr="90 jours"),
    "180 days": Text(en="180 days", fr="180 jours"),
    "365 days": Text(en="365 days", fr="365 jours"),
}
ANY_TIME = Text(en="any time", fr="sans limite")
EVER = Text(en="all of the past", fr="tout le passé")
NO_STEP = Text(en="no step", fr="pas d'étape")
NOBODY = Text(en="not compared", fr="pas de comparaison")
TRAITS, SEGMENTS = Text(en="A trait", fr="Un trait"), Text(en="A segment", fr="Un segment")
ANY_END = Text(en="any event", fr="n'importe lequel")
AFTER, BEFORE = Text(en="after it", fr="après lui"), Text(en="before it", fr="avant lui")

WORDS: dict[str, Text | Plural] = {
    "tabs": Text(en="Sides of journeys", fr="Volets des parcours"),
    "no_events": Text(en="There are no events yet", fr="Il n'y a pas encore d'événements"),
    "no_events_teach": Text(
        en="Journeys are read from what persons do: bring in page views, carts and orders, at least two kinds of them.",
        fr="Les parcours se lisent dans ce que font les personnes : importez pages vues, paniers et commandes, au "
        "moins deux sortes.",
    ),
    "import": Text(en="Import a file", fr="Importer un fichier"),
    "show": Text(en="Show", fr="Afficher"),
    "ask": Text(en="What to look at", fr="Ce que l'on regarde"),
    "step": Text(en="Step {n}", fr="Étape {n}"),
    "within": Text(en="From one step to the next within", fr="Délai d'une étape à l'autre"),
    "during": Text(en="Events of the last", fr="Période"),
    "by": Text(en="Compare by", fr="Comparer selon"),
    "the_step": Text(en="step", fr="étape"),
    "persons": Text(en="persons", fr="personnes"),
    "of_before": Text(en="of the step before", fr="de l'étape précédente"),
    "interval": Text(en="interval at 95%", fr="intervalle à 95 %"),
    "between": Text(en="{low} to {high}", fr="{low} à {high}"),
    "dropped": Text(en="dropped off", fr="ont décroché"),
    "funnel_caption": Plural(
        Text(en="{n} person at the first step", fr="{n} personne à la première étape"),
        Text(en="{n} persons at the first step", fr="{n} personnes à la première étape"),
    ),
    "funnel_note": Text(
        en="A person is at a step after an event of the step before; other events may lie between. A count opens as "
        "the segment of just these persons.",
        fr="On est à une étape après un événement de l'étape précédente ; d'autres événements peuvent s'intercaler. Un "
        "nombre s'ouvre comme segment de ces personnes précisément.",
    ),
    "times": Text(en="Time from one step to the next", fr="Temps d'une étape à l'autre"),
    "times_note": Text(
        en="From the first time at a step to the first time at the next. On the left only those who went on; on the "
        "right all who could, those still on the way being followed until now (Kaplan–Meier): “not yet” where fewer "
        "than that part have gone on.",
        fr="De la première fois à une étape à la première fois à la suivante. À gauche, ceux qui sont passés ; à "
        "droite, tous ceux qui le pouvaient, ceux qui sont encore en chemin étant suivis jusqu'à maintenant "
        "(Kaplan-Meier) : « pas encore » si moins que cette part est passée.",
    ),
    "way": Text(en="from, to", fr="de, à"),
    "went_on": Text(en="went on", fr="sont passées"),
    "still": Text(en="not (yet)", fr="pas (encore)"),
    "quarter": Text(en="a quarter within", fr="un quart en"),
    "half": Text(en="half within", fr="la moitié en"),
    "three_quarters": Text(en="three quarters within", fr="trois quarts en"),
    "half_of_all": Text(en="half of all within", fr="la moitié de tous en"),
    "groups": Text(en="The same by group", fr="La même chose par groupe"),
    "groups_note": Text(
        en="Shares are of the group's persons at the first step. A share opens as the segment of who came so far.",
        fr="Les parts portent sur les personnes du groupe à la première étape. Une part s'ouvre en segment de ceux qui "
        "sont arrivés là.",
    ),
    "group": Text(en="group", fr="groupe"),
    "first_step": Text(en="at the first step", fr="à la première étape"),
    "event": Text(en="Event", fr="Événement"),
    "side": Text(en="What happens", fr="Ce qui se passe"),
    "places": Text(en="Events followed", fr="Événements suivis"),
    "within_paths": Text(en="Within", fr="En l'espace de"),
    "paths_caption": Plural(
        Text(en="{n} person on this way", fr="{n} personne sur ce chemin"),
        Text(en="{n} persons, by the way they went", fr="{n} personnes, selon leur chemin"),
    ),
    "paths_note": Text(
        en="The first time only; the same event twice in a row counts once. Ways that few took are one. A branch opens "
        "as the segment of everybody who ever went that way, which can be more.",
        fr="La première fois seulement ; le même événement deux fois de suite compte une fois. Les chemins rares sont "
        "réunis. Une branche s'ouvre en segment de tous ceux qui ont déjà pris ce chemin, qui peuvent être plus "
        "nombreux.",
    ),
    "open": Plural(
        Text(
            en="{n} of them has not had the whole time yet: “nothing more” may still change.",
            fr="{n} d'entre elles n'a pas encore eu tout le temps : « rien de plus » peut encore changer.",
        ),
        Text(
            en="{n} of them have not had the whole time yet: “nothing more” may still change.",
            fr="{n} d'entre elles n'ont pas encore eu tout le temps : « rien de plus » peut encore changer.",
        ),
    ),
    "way_taken": Text(en="way", fr="chemin"),
    "of_all": Text(en="of all", fr="du total"),
    "start": Text(en="Cohorts by the first", fr="Cohortes selon le premier"),
    "back": Text(en="Coming back is", fr="Revenir, c'est"),
    "cohort": Text(en="first month", fr="premier mois"),
    "months_after": Text(en="months after", fr="mois après"),
    "retention_note": Text(
        en="Share of a cohort that did it in each month after; in italics the month that is not over. Shares that fall "
        "more slowly along a row are no growing loyalty: who leaves early is gone.",
        fr="Part d'une cohorte qui l'a fait chaque mois qui suit ; en italique, le mois en cours. Des parts qui "
        "baissent moins vite au fil d'une ligne ne disent pas une fidélité croissante : ceux qui partent tôt sont "
        "partis.",
    ),
    "retention_caption": Plural(
        Text(en="{n} person in all cohorts", fr="{n} personne dans toutes les cohortes"),
        Text(en="{n} persons in all cohorts", fr="{n} personnes dans toutes les cohortes"),
    ),
    "of_persons": Text(en="{n} of {of}", fr="{n} sur {of}"),
    "nobody": Text(en="Nobody has done this", fr="Personne n'a fait cela"),
    "nobody_teach": Text(
        en="Choose other events, or a longer time.", fr="Choisissez d'autres événements, ou une durée plus longue."
    ),
    "support": Text(en="At least this share of persons", fr="Au moins cette part des personnes"),
    "ending": Text(en="That end with", fr="Qui finissent par"),
    "sequences_caption": Plural(
        Text(en="Sequences of {n} person", fr="Suites de {n} personne"),
        Text(en="Sequences among {n} persons", fr="Suites parmi {n} personnes"),
    ),
    "sequences_note": Text(
        en="Other events may lie between. A sequence is left out where a longer one holds for just as many. It opens "
        "as a segment.",
        fr="D'autres événements peuvent s'intercaler. Une suite est omise quand une plus longue vaut pour autant de "
        "personnes. Elle s'ouvre en segment.",
    ),
    "drawn": Text(
        en="Looked for among {n} of {of} persons, drawn at random; a segment counts everybody.",
        fr="Cherchées parmi {n} personnes sur {of}, tirées au hasard ; un segment compte tout le monde.",
    ),
    "not_whole": Text(
        en="The commonest were looked for first, and rare ones are missing: ask for a larger share to see all.",
        fr="Les plus fréquentes ont été cherchées d'abord, il manque des rares : demandez une part plus grande pour "
        "tout voir.",
    ),
    "left_out": Text(en="Too rare to be followed: {names}.", fr="Trop rares pour être suivis : {names}."),
    "sequence": Text(en="sequence", fr="suite"),
    "share": Text(en="share", fr="part"),
}

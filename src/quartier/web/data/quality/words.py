"""What the page of quality says."""

from quartier.language import Plural, Text

TITLE = Text(en="Quality of the data", fr="Qualité des données")
SENTENCE = Plural(
    Text(en="{n} point needs attention.", fr="{n} point mérite attention."),
    Text(en="{n} points need attention.", fr="{n} points méritent attention."),
)
WORDS: dict[str, Text | Plural] = {
    "findings": Text(en="What needs attention", fr="Ce qui mérite attention"),
    "nothing": Text(en="Nothing stands out.", fr="Rien ne ressort."),
    "look": Text(en="Look", fr="Voir"),
    "traits": Text(en="Traits of {n} persons", fr="Traits de {n} personnes"),
    "events": Text(en="Events", fr="Événements"),
    "trait": Text(en="Trait", fr="Trait"),
    "property": Text(en="Property", fr="Propriété"),
    "filled": Text(en="Filled in", fr="Rempli"),
    "valid": Text(en="Valid", fr="Valide"),
    "far_out": Text(en="Far out", fr="Aberrantes"),
    "drift": Text(en="Stability index", fr="Indice de stabilité"),
    "top": Text(en="Most frequent values", fr="Valeurs les plus fréquentes"),
    "event": Text(en="Event", fr="Événement"),
    "count": Text(en="Number", fr="Nombre"),
    "since": Text(en="Days since the last", fr="Jours depuis le dernier"),
    "usual": Text(en="Usual week", fr="Semaine habituelle"),
    "recent": Text(en="Last four weeks", fr="Quatre dernières semaines"),
    "properties": Text(en="Properties: {event}", fr="Propriétés : {event}"),
}

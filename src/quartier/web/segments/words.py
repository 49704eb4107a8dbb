"""The words of the room of segments."""

from quartier.language import Plural, Text

SEGMENTS = Text(en="Segments", fr="Segments")
SENTENCE = Text(
    en="Every segment in force, as it stood when it was last evaluated.",
    fr="Tous les segments en vigueur, tels qu'ils étaient à leur dernière évaluation.",
)
AS_A_WHOLE = Text(en="The set as a whole", fr="L'ensemble des segments")
THE_SET = Text(
    en="What the segments are worth together: whom they cover, how they overlap, what they tell apart.",
    fr="Ce que valent les segments ensemble : qui ils couvrent, comment ils se recoupent, ce qu'ils distinguent.",
)
SORTS = {
    "label": Text(en="Segment", fr="Segment"),
    "size": Text(en="Size", fr="Effectif"),
    "entries": Text(en="Entered, 7 days", fr="Entrées, 7 jours"),
    "exits": Text(en="Left, 7 days", fr="Sorties, 7 jours"),
    "health": Text(en="State", fr="État"),
}
COUNTED = {
    "person": Plural(Text(en="{n} person", fr="{n} personne"), Text(en="{n} persons", fr="{n} personnes")),
    "account": Plural(Text(en="{n} account", fr="{n} compte"), Text(en="{n} accounts", fr="{n} comptes")),
}
STATES = {
    "well": Text(en="well", fr="à jour"),
    "stuck": Text(en="behind", fr="en retard"),
    "failed": Text(en="failed", fr="en échec"),
}
TONES = {"well": "good", "stuck": "attention", "failed": "bad"}
ONLY = {
    "failed": Text(en="Failed only", fr="Seulement en échec"),
    "stuck": Text(en="Behind only", fr="Seulement en retard"),
    "findings": Text(en="To be looked at only", fr="Seulement à revoir"),
}
"""States to which the list can be narrowed."""
LIST_WORDS: dict[str, Text | Plural] = {
    "segments": SEGMENTS,
    "new": Text(en="New segment", fr="Nouveau segment"),
    "find": Text(en="Name, label or author", fr="Nom, intitulé ou auteur"),
    "search": Text(en="Search", fr="Chercher"),
    "refresh": Text(en="Evaluate now", fr="Évaluer maintenant"),
    "csv": Text(en="This list as CSV", fr="Cette liste en CSV"),
    "trend": Text(en="Three months", fr="Trois mois"),
    "share": Text(en="Share", fr="Part"),
    "author": Text(en="Last written by", fr="Dernier auteur"),
    "use": Text(en="Used by", fr="Utilisé par"),
    "of_accounts": Text(en="of accounts", fr="de comptes"),
    "look_at": Text(en="look at its definition", fr="définition à revoir"),
    "found": Plural(
        Text(en="{n} segment of {of}", fr="{n} segment sur {of}"),
        Text(en="{n} segments of {of}", fr="{n} segments sur {of}"),
    ),
    "nothing_found": Text(en="No segment is like this.", fr="Aucun segment ne correspond."),
    "show_all": Text(en="Show all", fr="Tout montrer"),
    "none_title": Text(en="No segment yet", fr="Aucun segment pour l'instant"),
    "none_text": Text(
        en="A segment is a condition with a name: “customers who ordered three times in a year”. Build one, or put one "
        "of the ready-made ones below in force.",
        fr="Un segment est une condition qui porte un nom : « clients ayant commandé trois fois en un an ». "
        "Construisez-en un, ou mettez en vigueur l'un des segments prêts à l'emploi ci-dessous.",
    ),
    "library": Text(en="Ready-made segments", fr="Segments prêts à l'emploi"),
    "library_text": Text(
        en="The data hold what these need, and none of them is in force. Each is an ordinary definition that you can "
        "change afterwards.",
        fr="Les données contiennent ce qu'il leur faut, et aucun n'est en vigueur. Chacun est une définition "
        "ordinaire, que vous pourrez modifier ensuite.",
    ),
    "apply": Text(en="Put in force", fr="Mettre en vigueur"),
    "apply_what": Text(en="Put in force: {what}", fr="Mettre en vigueur : {what}"),
    "the_set": AS_A_WHOLE,
    "the_list": Text(en="The list", fr="La liste"),
    "to_look_at": Text(en="What to look at", fr="Ce qu'il faut regarder"),
    "views": Text(en="Views of the segments", fr="Vues des segments"),
}

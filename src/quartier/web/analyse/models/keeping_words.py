"""What the page says on which all that a model found is looked at before it is kept as segments."""

from typing import Final

from quartier.language import Plural, Text

TITLE: Final = Text(en="Keep all as segments", fr="Tout garder comme segments")
SENTENCE: Final = Text(
    en="What “{label}” found, each as a segment of its own: choose, name, then save them together.",
    fr="Ce que « {label} » a trouvé, chacun comme un segment à part : choisissez, nommez, puis enregistrez le tout.",
)
SAVING: Final = Text(en="Saving segments", fr="Enregistrement de segments")
SAVED: Final = Plural(
    Text(en="{n} segment is in force.", fr="{n} segment est en vigueur."),
    Text(en="{n} segments are in force.", fr="{n} segments sont en vigueur."),
)
NONE_CHOSEN: Final = Text(en="no segment is chosen", fr="aucun segment n'est choisi")
TICK_ONE: Final = Text(en="tick those to be kept", fr="cochez ceux à garder")
NOT_NAMED: Final = Text(
    en="“{name}” has no label in one of the languages", fr="« {name} » n'a pas d'intitulé dans une des langues"
)
NAME_IT: Final = Text(en="write both", fr="écrivez les deux")
STALE: Final = Text(
    en="the model was run again, or somebody changed one of these segments, after the page was shown to you; nothing "
    "was saved",
    fr="le modèle a été recalculé, ou quelqu'un a modifié l'un de ces segments, après l'affichage de la page ; rien "
    "n'a été enregistré",
)
LOOK_AGAIN: Final = Text(
    en="look at what is found now, then save", fr="regardez ce qui est trouvé maintenant, puis enregistrez"
)
OTHER_KIND: Final = Text(
    en="“{name}” is no model of the kind “{label}”", fr="« {name} » n'est pas un modèle du genre « {label} »"
)
NOTHING: Final = Text(
    en="what “{label}” finds is no set of segments", fr="ce que « {label} » trouve n'est pas un ensemble de segments"
)

WAYS: Final = {
    "condition": Text(en="By conditions, which go on with the data", fr="Par des conditions, qui suivent les données"),
    "run": Text(en="As this run found them", fr="Tels que ce calcul les a trouvés"),
}
WORDS: Final[dict[str, Text | Plural]] = {
    "ways": Text(en="How they are kept", fr="Comment les garder"),
    "together": Text(
        en="Together {n} of {of} persons, {several} of them in more than one.",
        fr="Ensemble {n} personnes sur {of}, dont {several} dans plusieurs.",
    ),
    "apart": Text(
        en="Together {n} of {of} persons, nobody in more than one.",
        fr="Ensemble {n} personnes sur {of}, aucune dans plusieurs.",
    ),
    "keep_this": Text(en="Keep “{label}”", fr="Garder « {label} »"),
    "label_fr": Text(en="Label in French", fr="Intitulé en français"),
    "label_en": Text(en="Label in English", fr="Intitulé en anglais"),
    "members": Plural(Text(en="{n} person", fr="{n} personne"), Text(en="{n} persons", fr="{n} personnes")),
    "is_new": Text(en="new", fr="nouveau"),
    "is_same": Text(en="in force as it is", fr="déjà en vigueur tel quel"),
    "replaces": Text(en="would replace the one in force", fr="remplacerait celui en vigueur"),
    "replaces_note": Text(
        en="{n} persons are in it now: {entering} would enter, {leaving} would leave.",
        fr="Il compte {n} personnes à présent : {entering} entreraient, {leaving} sortiraient.",
    ),
    "save_all": Text(en="Save the segments", fr="Enregistrer les segments"),
    "cancel": Text(en="Back to the model", fr="Retour au modèle"),
}

"""What the page of the adviser says."""

from quartier.language import Plural, Text

SENTENCE = Text(
    en="Which segmentations your data bear today, by which method, what is missing and how to get it.",
    fr="Les segmentations que vos données permettent aujourd'hui, par quelle méthode, ce qui manque et comment "
    "l'obtenir.",
)
NO_FAMILY = Text(en="no family is called “{name}”", fr="aucune famille ne s'appelle « {name} »")
PUTTING = Text(en="Putting a survey in force", fr="Mise en vigueur d'une enquête")
PUT = Text(
    en="The survey is in force: whoever has the address /s/{name} can answer it.",
    fr="L'enquête est en vigueur : qui a l'adresse /s/{name} peut y répondre.",
)
IN_FORCE_ALREADY = Text(
    en="a survey called “{name}” is in force already; nothing was changed",
    fr="une enquête « {name} » est déjà en vigueur ; rien n'a été changé",
)
CHANGE_IT = Text(
    en="to change it, save the document, mend it and put it in force by `quartier survey apply`",
    fr="pour la changer, enregistrez le document, corrigez-le et mettez-le en vigueur par `quartier survey apply`",
)

WORDS: dict[str, Text | Plural] = {
    "sizes_caption": Text(
        en="Smallest segment in which an effect shows, by the effect; segments of equal size, each person in one.",
        fr="Plus petit segment où un effet se voit, selon l'effet ; segments de même taille, chaque personne dans un "
        "seul.",
    ),
    "sizes_rule": Text(
        en="How it is counted: {held_out} of each segment are held out, the effect is to show in eight cases of ten "
        "at a "
        "level of "
        "5%, and {usual} of the persons bought in the last 30 days.",
        fr="Le calcul : {held_out} de chaque segment sont tenus à l'écart, l'effet doit se voir dans huit cas sur dix "
        "au "
        "seuil de 5 %, et {usual} des personnes ont acheté ces 30 derniers jours.",
    ),
    "sizes_assumed": Text(
        en="How it is counted: {held_out} of each segment are held out, the effect is to show in eight cases of ten "
        "at a "
        "level of "
        "5%. Nothing was bought in the last 30 days, so {usual} of buyers are assumed.",
        fr="Le calcul : {held_out} de chaque segment sont tenus à l'écart, l'effet doit se voir dans huit cas sur dix "
        "au "
        "seuil de 5 %. Rien n'a été acheté ces 30 derniers jours : on suppose {usual} d'acheteurs.",
    ),
    "change": Text(en="buyers, without and with", fr="acheteurs, sans et avec"),
    "smallest": Text(en="smallest segment", fr="plus petit segment"),
    "segments": Text(en="segments", fr="segments"),
    "families": Text(en="The nine families", fr="Les neuf familles"),
    "methods": Text(en="What you can do", fr="Ce que vous pouvez faire"),
    "missing": Text(en="What is missing", fr="Ce qui manque"),
    "known_of": Text(en="{n} of {of}", fr="{n} sur {of}"),
    "and_more": Plural(Text(en="and {n} more", fr="et {n} autre"), Text(en="and {n} more", fr="et {n} autres")),
    "survey": Text(en="The survey that would say it", fr="L'enquête qui le dirait"),
    "survey_how": Text(
        en="To ask something else, save it, change what you like, then put it in force:",
        fr="Pour demander autre chose, enregistrez-la, changez ce que vous voulez, puis mettez-la en vigueur :",
    ),
    "put_in_force": Text(en="Put it in force", fr="Mettre en vigueur"),
    "put_note": Text(
        en="Once it is in force, whoever has its address, {address}, can answer; nobody is asked yet.",
        fr="Une fois en vigueur, qui a son adresse, {address}, peut y répondre ; personne n'est encore interrogé.",
    ),
    "is_in_force": Text(en="It is in force, at {address}.", fr="Elle est en vigueur, à l'adresse {address}."),
    "results": Text(en="See what it found", fr="Voir ce qu'elle a trouvé"),
    "survey_file": Text(en="Save the survey", fr="Enregistrer l'enquête"),
    "survey_document": Text(en="The document", fr="Le document"),
    "nothing_missing": Text(
        en="Nothing that this family is usually made of.", fr="Rien de ce qui fait d'habitude cette famille."
    ),
}

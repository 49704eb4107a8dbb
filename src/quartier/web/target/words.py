"""What the pages of campaigns say."""

from quartier.language import Plural, Text

TITLE = Text(en="Target", fr="Cibler")
SENTENCE = Text(
    en="Campaigns: whom each one addresses, and who is held out so that its effect can be measured.",
    fr="Les campagnes : à qui chacune s'adresse, et qui est mis à part pour que son effet se mesure.",
)
NEW = Text(en="New campaign", fr="Nouvelle campagne")
NEW_SENTENCE = Text(
    en="Choose a segment, try the sizes, then freeze the audience. Nothing is kept before you freeze it.",
    fr="Choisissez un segment, essayez les tailles, puis figez l'audience. Rien n'est conservé avant.",
)
AUDIENCE = Text(
    en="The audience of a campaign, frozen from “{segment}”.",
    fr="L'audience d'une campagne, figée depuis « {segment} ».",
)
FREEZING = Text(en="Freezing an audience", fr="Une audience est figée")
FROZEN = Text(
    en="The audience is frozen. Its list can be written now.", fr="L'audience est figée. Sa liste peut être écrite."
)
WRITING = Text(en="Writing a list", fr="Écriture d'une liste")
WRITTEN = Plural(
    Text(
        en="The list is ready: {n} person, who counts as reached from now on.",
        fr="La liste est prête : {n} personne, qui compte désormais comme touchée.",
    ),
    Text(
        en="The list is ready: {n} persons, who count as reached from now on.",
        fr="La liste est prête : {n} personnes, qui comptent désormais comme touchées.",
    ),
)
NO_EXPORT = Text(
    en="Your role does not write lists of persons. An owner of the workspace can give you another one.",
    fr="Votre rôle n'écrit pas de listes de personnes. Un propriétaire de l'espace peut vous en donner un autre.",
)

WORDS: dict[str, Text | Plural] = {
    "new": NEW,
    "campaigns_caption": Text(
        en="Campaigns, the last one frozen first", fr="Les campagnes, de la plus récente à la plus ancienne"
    ),
    "campaign": Text(en="campaign", fr="campagne"),
    "segment": Text(en="segment", fr="segment"),
    "frozen": Text(en="frozen", fr="figée"),
    "targeted": Text(en="targeted", fr="ciblées"),
    "held_out": Text(en="held out", fr="témoins"),
    "reached": Text(en="reached", fr="touchées"),
    "reached_first": Text(en="first reached", fr="touchées dès"),
    "not_yet": Text(en="not yet", fr="pas encore"),
    "none": Text(en="No campaign yet", fr="Aucune campagne pour l'instant"),
    "teaches": Text(
        en="A campaign freezes who belongs to a segment now, keeps some of them apart by lot and gives you the list of "
        "the others. Comparing both later tells what the campaign changed, beside what would have happened anyway.",
        fr="Une campagne fige les membres d'un segment, en met quelques-uns à part par tirage au sort et vous donne la "
        "liste des autres. Les comparer ensuite dit ce que la campagne a changé, et non ce qui serait arrivé de toute "
        "façon.",
    ),
    "example": Text(
        en="For example: the sleeping customers, 10% held out, an e-mail to the others.",
        fr="Par exemple : les clients endormis, 10 % mis à part, un e-mail aux autres.",
    ),
    # new
    "whom": Text(en="Segment", fr="Segment"),
    "choose": Text(en="Choose a segment", fr="Choisissez un segment"),
    "name": Text(en="Name of the campaign", fr="Nom de la campagne"),
    "name_help": Text(en="It cannot be changed later.", fr="Il ne pourra plus être modifié."),
    "holdout": Text(en="Share held out", fr="Part mise à part"),
    "holdout_help": Text(
        en="In percent. Drawn by lot, they get no message: what they do shows what would have happened without it. "
        "More of them make smaller effects visible; 10 to 20% is usual.",
        fr="En pour cent. Tirées au sort, ces personnes ne reçoivent rien : ce qu'elles font montre ce qui serait "
        "arrivé sans message. Plus elles sont nombreuses, plus les petits effets se voient ; 10 à 20 % est courant.",
    ),
    "purpose": Text(en="Purpose", fr="Finalité"),
    "purpose_help": Text(
        en="Why these persons are written to; it is kept with the audience.",
        fr="Pourquoi l'on écrit à ces personnes ; elle est conservée avec l'audience.",
    ),
    "try": Text(en="See the sizes", fr="Voir les tailles"),
    "trial": Text(en="If it were frozen now", fr="Si elle était figée maintenant"),
    "of_segment": Plural(
        Text(en="of {n} person in the segment", fr="de {n} personne du segment"),
        Text(en="of {n} persons in the segment", fr="de {n} personnes du segment"),
    ),
    "visible": Text(en="The smallest effect that could be seen", fr="Le plus petit effet qui se verrait"),
    "trial_note": Text(
        en="The lot is drawn from the name: these sizes are those that freezing gives, as long as the segment stays as "
        "it is.",
        fr="Le tirage dépend du nom : ces tailles seront celles de l'audience figée, tant que le segment ne change "
        "pas.",
    ),
    "freeze": Text(en="Freeze “{campaign}”", fr="Figer « {campaign} »"),
    "freeze_note": Text(
        en="Once frozen, an audience never changes, even when the segment does.",
        fr="Une fois figée, l'audience ne change plus, même si le segment change.",
    ),
    "choose_first": Text(
        en="Choose a segment, and the sizes appear here.", fr="Choisissez un segment, et les tailles s'affichent ici."
    ),
    "no_segments": Text(en="There is no segment to target yet", fr="Il n'y a pas encore de segment à cibler"),
    "no_segments_text": Text(
        en="A campaign addresses a segment: build one first.",
        fr="Une campagne s'adresse à un segment : créez-en un d'abord.",
    ),
    "new_segment": Text(en="New segment", fr="Nouveau segment"),
    "choice": Plural(
        Text(en="{label} ({n} person)", fr="{label} ({n} personne)"),
        Text(en="{label} ({n} persons)", fr="{label} ({n} personnes)"),
    ),
    # audience
    "who": Text(en="Who is in it", fr="Qui en fait partie"),
    "meant": Text(
        en="What the segment meant when it was frozen", fr="Ce que le segment voulait dire au moment de figer"
    ),
    "of_targeted": Plural(
        Text(en="of {n} targeted", fr="de {n} ciblée"), Text(en="of {n} targeted", fr="de {n} ciblées")
    ),
    "asked_share": Text(en="{share} were to be", fr="{share} prévus"),
    "on_both_sides": Plural(
        Text(
            en="{n} person turned out to have been drawn twice, once for each side, and is on neither.",
            fr="{n} personne s'est révélée tirée deux fois, une fois de chaque côté : elle n'est d'aucun.",
        ),
        Text(
            en="{n} persons turned out to have been drawn twice, once for each side, and are on neither.",
            fr="{n} personnes se sont révélées tirées deux fois, une fois de chaque côté : elles ne sont d'aucun.",
        ),
    ),
    "exposures": Text(en="When it reached somebody", fr="Quand elle a touché quelqu'un"),
    "exposures_caption": Text(en="Lists that were written", fr="Listes écrites"),
    "instant": Text(en="instant", fr="date"),
    "channel": Text(en="channel", fr="canal"),
    "channel_file": Text(en="file", fr="fichier"),
    "persons": Text(en="persons", fr="personnes"),
    "nobody_reached": Text(
        en="Nobody has been reached yet: write the list and send it.",
        fr="Personne n'a encore été touché : écrivez la liste et envoyez-la.",
    ),
    "shares_count": Plural(
        Text(en="{n} segment divides it", fr="{n} segment la divise"),
        Text(en="{n} segments divide it", fr="{n} segments la divisent"),
    ),
    "shares": Text(en="By segment", fr="Par segment"),
    "shares_caption": Text(
        en="The segments that divide the audience, as they were when it was frozen",
        fr="Les segments qui divisent l'audience, tels qu'ils étaient au moment de figer",
    ),
    "list": Text(en="The list", fr="La liste"),
    "list_note": Text(
        en="The list holds the targeted persons, never the held out. The first one you write marks them as reached: "
        "from that instant on the effect is counted.",
        fr="La liste contient les personnes ciblées, jamais les témoins. La première que vous écrivez les marque comme "
        "touchées : l'effet se compte à partir de cet instant.",
    ),
    "form": Text(en="Form", fr="Format"),
    "form_csv": Text(en="CSV, for a spreadsheet or a mailing tool", fr="CSV, pour un tableur ou un outil d'e-mailing"),
    "form_parquet": Text(en="Parquet", fr="Parquet"),
    "form_json": Text(en="JSON", fr="JSON"),
    "columns": Text(en="Columns", fr="Colonnes"),
    "columns_help": Text(
        en="The public id is always there. Take only what the message needs.",
        fr="L'identifiant public y est toujours. Ne prenez que ce dont le message a besoin.",
    ),
    "write": Text(en="Write the list", fr="Écrire la liste"),
    "ready": Text(en="Your list is ready", fr="Votre liste est prête"),
    "fetch": Text(en="Download the list", fr="Télécharger la liste"),
    "fetch_note": Text(
        en="It waits for you here for an hour. Keep it only as long as you need it.",
        fr="Elle vous attend ici pendant une heure. Ne la conservez que le temps nécessaire.",
    ),
    "measure": Text(en="Measure the effect", fr="Mesurer l'effet"),
}

"""The words of the pages of one segment."""

from quartier.language import Plural, Text

WORDS: dict[str, Text | Plural] = {
    "tabs": Text(en="Sides of the segment", fr="Aspects du segment"),
    "edit": Text(en="Edit", fr="Modifier"),
    "target": Text(en="Target", fr="Cibler"),
    "refresh": Text(en="Evaluate now", fr="Évaluer maintenant"),
    "distinguishes": Text(en="What distinguishes the members", fr="Ce qui distingue les membres"),
    "against_rest": Text(
        en="Of the members, against the rest of the population; only what chance does not explain, and not what the "
        "segment is defined by.",
        fr="Parmi les membres, contre le reste de la population ; seulement ce que le hasard n'explique pas, et non ce "
        "qui définit le segment.",
    ),
    "nothing_distinct": Text(
        en="Nothing known distinguishes the members from the rest beyond chance, or there is no rest.",
        fr="Rien de connu ne distingue les membres du reste au-delà du hasard, ou il n'y a pas de reste.",
    ),
    "typical": Text(en="What is usual", fr="Ce qui est courant"),
    "nothing_typical": Text(
        en="Nothing is known of five members. Bring traits of persons.",
        fr="Rien n'est connu de cinq membres. Apportez des traits de personnes.",
    ),
    "habits": Text(en="What they did in the last year", fr="Ce qu'ils ont fait depuis un an"),
    "no_habits": Text(
        en="Fewer than five members did anything in the last year.",
        fr="Moins de cinq membres ont fait quelque chose depuis un an.",
    ),
    "standing": Text(en="Where they stand", fr="Où ils en sont"),
    "no_standing": Text(
        en="No model says it yet: run RFM, the stages of the relation or a score.",
        fr="Aucun modèle ne le dit encore : lancez RFM, les stades de la relation ou un score.",
    ),
    "survey_answers": Text(en="What they answered", fr="Ce qu'ils ont répondu"),
    "no_answers": Text(
        en="Fewer than five members answered a survey of this workspace. Answers that came with data are among the "
        "traits.",
        fr="Moins de cinq membres ont répondu à une enquête de cet espace. Les réponses venues avec des données sont "
        "parmi les traits.",
    ),
    "said_and_done": Text(en="What they say and what they do", fr="Ce qu'ils disent et ce qu'ils font"),
    "how_divergences": Text(
        en="A reason to ask, not a verdict: means, stock and season part word and deed too. A segment that is defined "
        "by purchases differs here by its definition.",
        fr="Une raison de demander, pas un verdict : moyens, stocks et saisons séparent aussi les dires des actes. "
        "Un segment défini par des achats diffère ici par définition.",
    ),
    "unpaired": Text(en="What would tell more", fr="Ce qui en dirait plus"),
    "persona_made": Text(
        en="Made from the members of the last evaluation. Figures behind which fewer than five persons stand, "
        "sensitive traits and what persons wrote are left out.",
        fr="Établi avec les membres de la dernière évaluation. Les chiffres qui reposent sur moins de cinq personnes, "
        "les traits délicats et ce que les personnes ont écrit n'y sont pas.",
    ),
    "sizes": Text(en="How large it was", fr="Son effectif dans le temps"),
    "no_history": Text(
        en="Its history begins with its first evaluation: come back after the next ones, or have the past computed.",
        fr="Son historique commence à sa première évaluation : revenez après les suivantes, ou faites calculer le "
        "passé.",
    ),
    "past": Text(en="Compute the past", fr="Calculer le passé"),
    "past_help": Text(
        en="Who would have been in, by the times of events. It takes a while and is marked as computed afterwards.",
        fr="Qui y aurait été, d'après les dates des événements. Cela prend un moment, et reste marqué comme calculé "
        "après coup.",
    ),
    "step": Text(en="Every", fr="Pas"),
    "length": Text(en="How far back", fr="Jusqu'où remonter"),
    "1_day": Text(en="day", fr="un jour"),
    "1_week": Text(en="week", fr="une semaine"),
    "1_month": Text(en="month", fr="un mois"),
    "3_months": Text(en="3 months", fr="3 mois"),
    "1_year": Text(en="1 year", fr="1 an"),
    "2_years": Text(en="2 years", fr="2 ans"),
    "everybody": Text(en="of everybody", fr="de l'ensemble"),
    "by_country": Text(en="By country", fr="Par pays"),
    "by_city": Text(en="By city", fr="Par ville"),
    "more_cities": Text(en="More cities", fr="Plus de villes"),
    "place": Text(en="Place", fr="Lieu"),
    "members_there": Text(en="Members / all there", fr="Membres / sur place"),
    "of_members": Text(en="Of the members", fr="Des membres"),
    "share_there": Text(en="Share", fr="Part"),
    "positions": Text(
        en="Positions of cities: GeoNames (CC BY 4.0). Outlines: Natural Earth.",
        fr="Positions des villes : GeoNames (CC BY 4.0). Contours : Natural Earth.",
    ),
    "hangs": Text(en="What refers to it", fr="Ce qui s'y réfère"),
    "by_segments": Text(en="Segments", fr="Segments"),
    "by_campaigns": Text(en="Campaigns", fr="Campagnes"),
    "by_nothing": Text(en="No segment and no campaign yet.", fr="Aucun segment, aucune campagne pour l'instant."),
    "period": Text(en="Period", fr="Période"),
    "came_from": Text(en="Where entries came from", fr="D'où viennent les entrées"),
    "went_to": Text(en="Where exits went", fr="Où vont les sorties"),
    "how_flows": Text(
        en="On the left the segments that those who entered left in the same time, on the right those that those who "
        "left entered. Who left or entered several is in each: ribbons then overlap.",
        fr="À gauche, les segments que les entrées ont quittés dans le même temps ; à droite, ceux que les sorties ont "
        "rejoints. Qui en a quitté ou rejoint plusieurs figure dans chacun : les rubans se recouvrent alors.",
    ),
    "since": Text(en="From", fr="Du"),
    "until": Text(en="to", fr="au"),
    "see_entered": Text(en="See who entered", fr="Voir les entrées"),
    "see_left": Text(en="See who left", fr="Voir les sorties"),
    "nobody_entered": Text(en="Nobody entered.", fr="Aucune entrée."),
    "nobody_left": Text(en="Nobody left.", fr="Aucune sortie."),
    "week_by_week": Text(en="Step by step", fr="Pas à pas"),
    "history_csv": Text(en="The whole history as CSV", fr="Tout l'historique en CSV"),
    "who": Text(en="Who", fr="Qui"),
    "columns": Text(en="Columns", fr="Colonnes"),
    "show": Text(en="Show", fr="Montrer"),
    "person": Text(en="Person", fr="Personne"),
    "account": Text(en="Account", fr="Compte"),
    "why_word": Text(en="why", fr="pourquoi"),
    "why_this": Text(en="Why is {person} in or out", fr="Pourquoi {person} y est ou non"),
    "nobody": Text(en="Nobody.", fr="Personne."),
    "export": Text(en="Take this list away", fr="Emporter cette liste"),
    "export_help": Text(
        en="All of them, with the columns above. Cells that a spreadsheet would run as formulas are made harmless in "
        "CSV. The export is written into the audit log.",
        fr="Toutes, avec les colonnes ci-dessus. En CSV, les cellules qu'un tableur exécuterait comme formules sont "
        "rendues inoffensives. L'export est inscrit au journal d'audit.",
    ),
    "form": Text(en="Form", fr="Format"),
    "export_button": Text(en="Export the list", fr="Exporter la liste"),
    "hidden": Text(
        en="To be in this segment tells a sensitive value, which your role does not see.",
        fr="Être dans ce segment révèle une valeur sensible, que votre rôle ne voit pas.",
    ),
    "ask_person": Text(en="Public id, customer number or e-mail", fr="Identifiant public, numéro de client ou e-mail"),
    "ask_account": Text(en="Public id or account number", fr="Identifiant public ou numéro de compte"),
    "ask": Text(en="Say why", fr="Dire pourquoi"),
    "is_in": Text(en="{person} is in the segment", fr="{person} est dans le segment"),
    "is_out": Text(en="{person} is not in the segment", fr="{person} n'est pas dans le segment"),
    "holds": Text(en="holds:", fr="vrai :"),
    "fails": Text(en="does not hold:", fr="faux :"),
    "would_enter": Text(en="The least that would bring them in", fr="Le moindre changement qui l'y ferait entrer"),
    "would_leave": Text(en="The least that would take them out", fr="Le moindre changement qui l'en ferait sortir"),
    "no_change": Text(
        en="Nothing that can be offered would turn it alone.", fr="Rien qui se puisse proposer n'y suffirait."
    ),
    "unsure": Text(
        en="Another condition reads the same data and could turn with it.",
        fr="Une autre condition lit les mêmes données et pourrait basculer avec elle.",
    ),
    "near": Text(en="Close to coming in", fr="Proches d'entrer"),
    "show_near": Text(en="Who is close to coming in?", fr="Qui est près d'y entrer ?"),
    "near_help": Text(
        en="One condition alone keeps them out; the closest come first.",
        fr="Une seule condition les retient dehors ; les plus proches d'abord.",
    ),
    "nobody_near": Text(en="Nobody is that close.", fr="Personne n'en est aussi près."),
    "change": Text(en="what would do it", fr="ce qu'il faudrait"),
    "overlaps": Text(en="Shared with other segments", fr="Partagé avec d'autres segments"),
    "other": Text(en="Segment", fr="Segment"),
    "other_size": Text(en="Its size", fr="Son effectif"),
    "both": Text(en="In both", fr="Dans les deux"),
    "of_this": Text(en="Of this one", fr="De celui-ci"),
    "of_other": Text(en="Of the other", fr="De l'autre"),
    "in_none": Text(en="{n} ({part}) are in no other segment.", fr="{n} ({part}) ne sont dans aucun autre segment."),
    "apart": Text(en="Shares nobody with", fr="Ne partage personne avec"),
    "in_the_set": Text(en="As a part of the set", fr="Comme partie de l'ensemble"),
    "to_look_at": Text(en="What to look at", fr="Ce qu'il faut regarder"),
    "nothing_to_look_at": Text(en="Nothing stands out.", fr="Rien à signaler."),
    "the_set": Text(en="The set as a whole", fr="L'ensemble des segments"),
    "not_judged": Text(
        en="Only segments of persons are judged as a set.", fr="Seuls les segments de personnes sont jugés ensemble."
    ),
    "version": Text(en="version", fr="version"),
    "at": Text(en="written on", fr="écrite le"),
    "author": Text(en="by", fr="par"),
    "state": Text(en="state", fr="état"),
    "compare": Text(en="compare", fr="comparer"),
    "restore": Text(en="bring back", fr="y revenir"),
    "changed": Text(en="From version {old} to version {new}", fr="De la version {old} à la version {new}"),
    "same": Text(en="They mean the same.", fr="Elles veulent dire la même chose."),
    "before": Text(en="Before", fr="Avant"),
    "after": Text(en="After", fr="Après"),
    "edit_added": Text(en="added", fr="ajouté"),
    "edit_removed": Text(en="removed", fr="retiré"),
    "edit_changed": Text(en="changed", fr="modifié"),
    "definition": Text(en="The definition", fr="La définition"),
    "as_file": Text(en="As a file", fr="En fichier"),
    "retire": Text(en="Retire the segment…", fr="Retirer le segment…"),
    "back": Text(en="Leave it as it is", fr="Laisser tel quel"),
    "csv": Text(en="CSV", fr="CSV"),
    "parquet": Text(en="Parquet", fr="Parquet"),
    "json": Text(en="JSON", fr="JSON"),
}

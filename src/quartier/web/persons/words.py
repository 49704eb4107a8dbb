"""What the pages of persons say."""

from quartier.language import Plural, Text

LIST: dict[str, Text | Plural] = {
    "search": Text(
        en="Name, e-mail, phone, customer number or public id",
        fr="Nom, e-mail, téléphone, numéro de client ou identifiant public",
    ),
    "search_help": Text(
        en="Parts of names will do, accents and capitals do not count.",
        fr="Une partie du nom suffit ; accents et majuscules ne comptent pas.",
    ),
    "find": Text(en="Find", fr="Chercher"),
    "all": Text(en="See all persons", fr="Voir toutes les personnes"),
    "name": Text(en="Name", fr="Nom"),
    "found_by": Text(en="found by: {by}", fr="trouvée par : {by}"),
    "caption_all": Plural(
        Text(en="The one person, in the order of arrival", fr="La seule personne, dans l'ordre d'arrivée"),
        Text(en="All {n} persons, in the order of arrival", fr="Les {n} personnes, dans l'ordre d'arrivée"),
    ),
    "caption_found": Text(en="Persons found for “{query}”", fr="Personnes trouvées pour « {query} »"),
    "nobody": Text(en="Nobody is found for “{query}”", fr="Personne ne correspond à « {query} »"),
    "nobody_text": Text(
        en="An e-mail, a phone or a number is found however it is written, but only as a whole; a name by any of its "
        "parts.",
        fr="Un e-mail, un téléphone ou un numéro se trouve quelle que soit son écriture, mais en entier ; un nom, par "
        "n'importe laquelle de ses parties.",
    ),
    "nobody_example": Text(
        en="Try “dup” for Dupont, or “ana dup” for Ana Dupont.",
        fr="Essayez « dup » pour Dupont, ou « ana dup » pour Ana Dupont.",
    ),
    "no_base": Text(en="Nobody is known yet", fr="Personne n'est encore connu"),
    "no_base_text": Text(
        en="Persons come with files of customers or orders, and with events that arrive live. Each file is looked at "
        "with you "
        "before it is taken.",
        fr="Les personnes viennent avec des fichiers de clients ou de commandes, et avec les événements reçus en "
        "direct. Chaque "
        "fichier est regardé avec vous avant d'être pris.",
    ),
    "no_base_example": Text(
        en="For example: customers.csv with a customer number, an e-mail and a name on each line.",
        fr="Par exemple : clients.csv, avec un numéro de client, un e-mail et un nom par ligne.",
    ),
    "import": Text(en="Import a file", fr="Importer un fichier"),
    "masked_some": Plural(
        Text(en="{n} sensitive value is masked.", fr="{n} valeur délicate est masquée."),
        Text(en="{n} sensitive values are masked.", fr="{n} valeurs délicates sont masquées."),
    ),
    "review": Text(en="Who is who", fr="Qui est qui"),
}

PROFILE: dict[str, Text] = {
    "score_is": Text(en="Score: {score} of 100", fr="Score : {score} sur 100"),
    "score_why": Text(en="Where each point comes from", fr="D'où vient chaque point"),
    "offers": Text(en="What may suit next", fr="Ce qui peut convenir ensuite"),
    "offers_why": Text(
        en="How recommendations are made and measured", fr="Comment les recommandations sont faites et mesurées"
    ),
    "sides": Text(en="Sides of the profile", fr="Facettes du profil"),
    "as_of": Text(en="As of", fr="À la date du"),
    "as_of_help": Text(en="a day, or a day and a time", fr="un jour, ou un jour et une heure"),
    "look": Text(en="Look", fr="Regarder"),
    "now": Text(en="Back to now", fr="Revenir à maintenant"),
    "not_yet": Text(
        en="At this instant, nothing was known of this person yet.",
        fr="À cet instant, on ne savait encore rien de cette personne.",
    ),
    "since_said": Text(en="{person}, {since}.", fr="{person}, {since}."),
    "segments_now": Text(en="In these segments", fr="Dans ces segments"),
    "nothing_known": Text(en="Nothing is known but identifiers", fr="On ne connaît que des identifiants"),
    "nothing_known_text": Text(
        en="Traits come with files of customers, with events, and with models such as RFM.",
        fr="Les traits viennent avec les fichiers de clients, les événements et les modèles comme RFM.",
    ),
    "masked": Text(en="masked", fr="masqué"),
    "unmask": Text(en="Show what is sensitive", fr="Montrer ce qui est délicat"),
    "unmask_help": Text(
        en="that you looked is written into the audit log", fr="votre consultation est inscrite au journal d'audit"
    ),
    "unmasked": Text(
        en="Sensitive values are shown; the audit log says that you looked.",
        fr="Les valeurs délicates sont montrées ; le journal d'audit en garde la trace.",
    ),
    "mask": Text(en="Mask them", fr="Les masquer"),
    "history": Text(en="See its history", fr="Voir son histoire"),
    "history_of": Text(en="Every value of “{label}”", fr="Toutes les valeurs de « {label} »"),
    "value": Text(en="value", fr="valeur"),
    "since": Text(en="since", fr="depuis"),
    "until": Text(en="until", fr="jusqu'à"),
    "source": Text(en="source", fr="source"),
    "held": Text(en="now", fr="maintenant"),
    "back": Text(en="Back to the profile", fr="Revenir au profil"),
    "all_events": Text(en="All", fr="Tous"),
    "event_types": Text(en="Types of events", fr="Types d'événements"),
    "older": Text(en="Older events", fr="Événements plus anciens"),
    "newest": Text(en="Back to the newest", fr="Revenir aux plus récents"),
    "no_events": Text(en="No event is known", fr="Aucun événement n'est connu"),
    "no_events_text": Text(
        en="Orders, visits and e-mails appear here when files of events come in, or when your shop sends them live.",
        fr="Commandes, visites et e-mails apparaissent ici dès que des fichiers d'événements arrivent, ou que votre "
        "boutique les "
        "envoie en direct.",
    ),
    "in_now": Text(en="A member now", fr="Membre en ce moment"),
    "was_in": Text(en="A member before", fr="Membre auparavant"),
    "why": Text(en="Why", fr="Pourquoi"),
    "why_is": Text(en="Why is {name} in “{segment}”", fr="Pourquoi {name} est dans « {segment} »"),
    "why_not": Text(en="Why is {name} not in “{segment}”", fr="Pourquoi {name} n'est pas dans « {segment} »"),
    "why_other": Text(en="Why, or why not, in another segment", fr="Pourquoi, ou pourquoi pas, dans un autre segment"),
    "segment": Text(en="Segment", fr="Segment"),
    "explain": Text(en="Explain", fr="Expliquer"),
    "since_always": Text(en="since before the log began", fr="depuis avant le début du journal"),
    "no_segments": Text(en="In no segment", fr="Dans aucun segment"),
    "no_segments_text": Text(
        en="This person meets the conditions of no segment in force.",
        fr="Cette personne ne remplit les conditions d'aucun segment en vigueur.",
    ),
    "make_segment": Text(en="Create a segment", fr="Créer un segment"),
    "as_now": Text(en="The explanation is that of now.", fr="L'explication vaut pour maintenant."),
    "enter": Text(en="The smallest change to enter", fr="Le plus petit changement pour entrer"),
    "leave": Text(en="The smallest change to leave", fr="Le plus petit changement pour sortir"),
    "unsure": Text(
        en="Other conditions read the same data: they could turn, too.",
        fr="D'autres conditions lisent les mêmes données : elles pourraient basculer aussi.",
    ),
    "no_change": Text(en="No single change can be offered.", fr="Aucun changement précis ne peut être proposé."),
    "holds": Text(en="holds", fr="vrai"),
    "fails": Text(en="fails", fr="faux"),
    "hidden_segment": Text(
        en="This segment reads sensitive data; your role does not show them.",
        fr="Ce segment lit des données délicates ; votre rôle ne les montre pas.",
    ),
    "account": Text(en="account", fr="compte"),
    "role": Text(en="role", fr="rôle"),
    "no_accounts": Text(en="Of no account", fr="Rattachée à aucun compte"),
    "no_accounts_text": Text(
        en="A person belongs to a company or a household when a trait says so, or an e-mail's domain, or a shared "
        "address.",
        fr="Une personne appartient à une entreprise ou à un foyer quand un trait le dit, ou le domaine de son "
        "e-mail, ou une "
        "adresse commune.",
    ),
    "by_trait": Text(en="told by a trait", fr="dit par un trait"),
    "by_domain": Text(en="by the e-mail's domain", fr="par le domaine de l'e-mail"),
    "by_household": Text(en="same household", fr="même foyer"),
    "by": Text(en="how it is known", fr="d'où on le sait"),
    "no_similar": Text(en="Too little is known to compare", fr="On en sait trop peu pour comparer"),
    "no_similar_text": Text(
        en="Persons are compared by all traits but names, addresses and what is sensitive.",
        fr="On compare les personnes par tous leurs traits, sauf noms, adresses et données délicates.",
    ),
    "similar_note": Text(
        en="Nearest in all traits that are known, as they are now: numbers and dates by their difference beside "
        "everybody's "
        "spread, other values by being equal, each family with the same weight.",
        fr="Les plus proches par tous les traits connus, tels qu'ils sont maintenant : nombres et dates par leur "
        "écart rapporté à "
        "l'étendue de tous, les autres valeurs par l'égalité, chaque famille avec le même poids.",
    ),
}

LINKS: dict[str, Text] = {
    "identifiers": Text(en="Identifiers", fr="Identifiants"),
    "links": Text(en="Why they are one person's", fr="Pourquoi ils sont à une même personne"),
    "identifier": Text(en="identifier", fr="identifiant"),
    "kind": Text(en="kind", fr="sorte"),
    "first_source": Text(en="first source", fr="première source"),
    "standing": Text(en="what was decided", fr="ce qui a été décidé"),
    "other_person": Text(en="another person's", fr="à une autre personne"),
    "see_other": Text(en="see that person", fr="voir cette personne"),
    "between": Text(en="between", fr="entre"),
    "and": Text(en="and", fr="et"),
    "reason": Text(en="why", fr="pourquoi"),
    "state": Text(en="state", fr="état"),
    "followed": Text(en="followed", fr="suivi"),
    "decide": Text(en="Decide", fr="Décider"),
    "accept": Text(en="Accept", fr="Accepter"),
    "refuse": Text(en="Refuse", fr="Refuser"),
    "undo": Text(en="Undo", fr="Annuler"),
    "block": Text(en="Tells nobody", fr="Ne désigne personne"),
    "allow": Text(en="Tells who it is", fr="Désigne bien quelqu'un"),
    "split": Text(en="Part those that are ticked from the rest", fr="Séparer des autres ceux qui sont cochés"),
    "split_help": Text(
        en="They become another person; events and traits follow their identifiers.",
        fr="Ils deviennent une autre personne ; événements et traits suivent leurs identifiants.",
    ),
    "tick": Text(en="Part {value}", fr="Séparer {value}"),
    "blocked": Text(en="tells nobody", fr="ne désigne personne"),
    "allowed": Text(en="tells who it is", fr="désigne bien quelqu'un"),
    "no_links": Text(
        en="One identifier: there is nothing to link.", fr="Un seul identifiant : il n'y a rien à relier."
    ),
    "consequence_first": Text(
        en="Each decision first shows what follows from it; nothing is removed, and every one can be undone.",
        fr="Chaque décision montre d'abord ce qui en découle ; rien n'est effacé, et toutes s'annulent.",
    ),
}

"""What the pages of accounts say."""

from quartier.language import Plural, Text

TITLE = Text(en="Accounts", fr="Comptes")
WORDS: dict[str, Text | Plural] = {
    "search": Text(
        en="Name, account number, SIREN, VAT number or domain",
        fr="Nom, numéro de compte, SIREN, numéro de TVA ou nom de domaine",
    ),
    "search_help": Text(
        en="Parts of names will do, accents and capitals do not count.",
        fr="Une partie du nom suffit ; accents et majuscules ne comptent pas.",
    ),
    "find": Text(en="Find", fr="Chercher"),
    "all": Text(en="See all accounts", fr="Voir tous les comptes"),
    "name": Text(en="Name", fr="Nom"),
    "account": Text(en="Public id", fr="Identifiant public"),
    "caption_all": Plural(
        Text(en="The one account", fr="Le seul compte"),
        Text(en="All {n} accounts, in the order of arrival", fr="Les {n} comptes, dans l'ordre d'arrivée"),
    ),
    "caption_found": Text(en="Accounts found for “{query}”", fr="Comptes trouvés pour « {query} »"),
    "nobody": Text(en="No account is found for “{query}”", fr="Aucun compte ne correspond à « {query} »"),
    "nobody_text": Text(
        en="A number or a domain is found as a whole, a name by any of its parts.",
        fr="Un numéro ou un nom de domaine se trouve en entier, un nom par n'importe laquelle de ses parties.",
    ),
    "no_base": Text(en="No account is known yet", fr="Aucun compte n'est encore connu"),
    "no_base_text": Text(
        en="Companies come with a file of accounts, or with a column of persons that names their company; households "
        "are found "
        "by shared addresses when that is asked for.",
        fr="Les entreprises viennent avec un fichier de comptes, ou une colonne de personnes qui nomme leur "
        "entreprise ; les "
        "foyers se trouvent par l'adresse commune, si on le demande.",
    ),
    "no_base_example": Text(
        en="For example: companies.csv with an account number, a name, an industry and a size on each line.",
        fr="Par exemple : entreprises.csv, avec un numéro de compte, un nom, un secteur et un effectif par ligne.",
    ),
    "import": Text(en="Import a file", fr="Importer un fichier"),
    "sides": Text(en="Sides of the account", fr="Facettes du compte"),
    "masked": Text(en="masked", fr="masqué"),
    "masked_some": Plural(
        Text(en="{n} sensitive value is masked.", fr="{n} valeur délicate est masquée."),
        Text(en="{n} sensitive values are masked.", fr="{n} valeurs délicates sont masquées."),
    ),
    "unmask": Text(en="Show what is sensitive", fr="Montrer ce qui est délicat"),
    "unmask_help": Text(
        en="that you looked is written into the audit log", fr="votre consultation est inscrite au journal d'audit"
    ),
    "in_segments": Text(en="In these segments", fr="Dans ces segments"),
    "members_said": Plural(
        Text(
            en="{n} member now, {former} before; shown: {shown}",
            fr="{n} membre en ce moment, {former} auparavant ; affichés : {shown}",
        ),
        Text(
            en="{n} members now, {former} before; shown: {shown}",
            fr="{n} membres en ce moment, {former} auparavant ; affichés : {shown}",
        ),
    ),
    "person": Text(en="person", fr="personne"),
    "role": Text(en="role", fr="rôle"),
    "since": Text(en="since", fr="depuis"),
    "until": Text(en="until", fr="jusqu'à"),
    "by": Text(en="how it is known", fr="d'où on le sait"),
    "no_members": Text(en="Nobody is known of this account", fr="On ne connaît personne de ce compte"),
    "no_members_text": Text(
        en="A person belongs to an account when a trait names it, or by the domain of the e-mail where that is "
        "allowed.",
        fr="Une personne appartient à un compte quand un trait le nomme, ou par le domaine de l'e-mail si c'est "
        "permis.",
    ),
    "hierarchy_note": Text(
        en="From the ultimate parent down, as the accounts name their parents.",
        fr="De la maison mère vers le bas, comme les comptes nomment celui dont ils dépendent.",
    ),
    "here": Text(en="this account", fr="ce compte"),
    "no_hierarchy": Text(en="It stands alone", fr="Il ne dépend d'aucun autre"),
    "no_hierarchy_text": Text(
        en="No parent is named for it, and no account names it as parent.",
        fr="Aucun compte dont il dépendrait n'est nommé, et aucun ne dépend de lui.",
    ),
    "at": Text(en="instant", fr="instant"),
    "event": Text(en="event", fr="événement"),
    "no_events": Text(en="Its persons did nothing that is known", fr="On ne connaît aucun événement de ses personnes"),
    "no_events_text": Text(
        en="What its persons do while they are members appears here.",
        fr="Ce que font ses personnes, tant qu'elles en sont membres, s'affiche ici.",
    ),
    "newest": Text(
        en="The newest events of its persons, while they were members",
        fr="Les derniers événements de ses personnes, tant qu'elles en étaient membres",
    ),
}
TABS = {
    "traits": Text(en="What is known", fr="Ce que l'on sait"),
    "members": Text(en="Persons", fr="Personnes"),
    "hierarchy": Text(en="Hierarchy", fr="Hiérarchie"),
    "activity": Text(en="Activity", fr="Activité"),
}
ORIGINS = {
    "given": Text(en="given", fr="donné"),
    "computed": Text(en="computed", fr="calculé"),
    "predicted": Text(en="predicted", fr="prédit"),
}
"""Where a value comes from."""

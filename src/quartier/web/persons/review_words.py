"""What the pages of who is who say."""

from quartier.language import Plural, Text

TITLE = Text(en="Who is who", fr="Qui est qui")
TABS = {
    "to_decide": Text(en="To decide", fr="À décider"),
    "matching": Text(en="Matching", fr="Rapprochement"),
    "limits": Text(en="Limits", fr="Limites"),
    "decisions": Text(en="Decisions", fr="Décisions"),
}
WORDS: dict[str, Text | Plural] = {
    "sides": Text(en="Who is who", fr="Qui est qui"),
    "nothing": Text(en="Nothing waits for a decision", fr="Rien n'attend de décision"),
    "nothing_text": Text(
        en="Every link was followed, and nothing doubtful is known. Matching finds persons whose records are alike "
        "although "
        "they share no identifier.",
        fr="Tous les liens ont été suivis, et rien de douteux n'est connu. Le rapprochement trouve les personnes "
        "dont les "
        "fiches se ressemblent sans avoir d'identifiant commun.",
    ),
    "nothing_example": Text(
        en="For example: Ana Dupont in the shop and Anna Dupond in the newsletter, born on the same day.",
        fr="Par exemple : Ana Dupont en boutique et Anna Dupond dans l'infolettre, nées le même jour.",
    ),
    "go_match": Text(en="Try matching", fr="Essayer le rapprochement"),
    "pairs_of": Text(
        en="The first {shown} of {n} pairs that wait.", fr="Les {shown} premières paires, sur {n} en attente."
    ),
    "shared": Plural(
        Text(en="{n} identifier is shared by too many", fr="{n} identifiant est partagé par trop de monde"),
        Text(en="{n} identifiers are shared by too many", fr="{n} identifiants sont partagés par trop de monde"),
    ),
    "keys": Text(
        en="One click decides, and can be undone at once. With the keyboard: Tab goes from answer to answer, Enter "
        "gives it.",
        fr="Un clic décide, et s'annule aussitôt. Au clavier : Tab passe d'une réponse à l'autre, Entrée la donne.",
    ),
    "identifier": Text(en="identifier", fr="identifiant"),
    "kind": Text(en="kind", fr="sorte"),
    "customers": Text(en="customers", fr="clients"),
    "others": Text(en="identifiers in all", fr="identifiants en tout"),
    "decide": Text(en="decide", fr="décider"),
    "trait": Text(en="trait", fr="trait"),
    "agreement": Text(en="agreement", fr="accord"),
    "person": Text(en="person", fr="personne"),
    "see_first": Text(en="See first what follows", fr="Voir d'abord ce qui en découle"),
    "undo": Text(en="Undo", fr="Annuler"),
    "about_matching": Text(
        en="Records are compared field by field, without any common identifier. What is certain is linked; what is "
        "doubtful "
        "waits for you. Every link can be undone.",
        fr="Les fiches sont comparées champ par champ, sans identifiant commun. Ce qui est sûr est relié ; ce qui "
        "est douteux "
        "vous attend. Chaque lien s'annule.",
    ),
    "certain": Text(en="Link from this probability on", fr="Relier à partir de cette probabilité"),
    "doubtful": Text(en="Ask from this probability on", fr="Demander à partir de cette probabilité"),
    "anew": Text(
        en="Learn again how much each field says, and compare all with all",
        fr="Réapprendre ce que dit chaque champ, et tout comparer",
    ),
    "try": Text(en="Try: how many would be linked", fr="Essayer : combien seraient reliés"),
    "do_match": Text(en="Link them", fr="Relier"),
    "would_link": Plural(
        Text(en="{n} pair would be linked", fr="{n} paire serait reliée"),
        Text(en="{n} pairs would be linked", fr="{n} paires seraient reliées"),
    ),
    "linked": Plural(
        Text(en="{n} pair was linked", fr="{n} paire a été reliée"),
        Text(en="{n} pairs were linked", fr="{n} paires ont été reliées"),
    ),
    "would_go": Plural(
        Text(en="{n} person would turn out to be another one", fr="{n} personne se révélerait en être une autre"),
        Text(en="{n} persons would turn out to be others", fr="{n} personnes se révéleraient en être d'autres"),
    ),
    "gone": Plural(
        Text(en="{n} person turned out to be another one", fr="{n} personne s'est révélée en être une autre"),
        Text(en="{n} persons turned out to be others", fr="{n} personnes se sont révélées en être d'autres"),
    ),
    "doubtful_ones": Plural(
        Text(en="{n} pair is doubtful and waits for you", fr="{n} paire est douteuse et vous attend"),
        Text(en="{n} pairs are doubtful and wait for you", fr="{n} paires sont douteuses et vous attendent"),
    ),
    "compared": Plural(
        Text(
            en="{n} pair of {records} identifiers was compared.",
            fr="{n} paire de {records} identifiants a été comparée.",
        ),
        Text(
            en="{n} pairs of {records} identifiers were compared.",
            fr="{n} paires de {records} identifiants ont été comparées.",
        ),
    ),
    "examples": Text(
        en="The likeliest of those that would be linked", fr="Les plus probables de celles qui seraient reliées"
    ),
    "not_known": Text(
        en="This matching is not known any more: try it again.",
        fr="Ce rapprochement n'est plus connu : essayez-le de nouveau.",
    ),
    "nothing_linked": Text(en="Nothing was linked yet.", fr="Rien n'est encore relié."),
    "about_limits": Text(
        en="Identifiers that come in one record are one person's, within these limits. Other limits follow all links "
        "again.",
        fr="Les identifiants d'un même enregistrement sont à une même personne, dans ces limites. D'autres limites "
        "font suivre "
        "de nouveau tous les liens.",
    ),
    "trusted": Text(
        en="Kinds of identifiers that tell who somebody is", fr="Sortes d'identifiants qui disent qui est quelqu'un"
    ),
    "most_identifiers": Text(en="Identifiers that a person may have", fr="Identifiants qu'une personne peut avoir"),
    "most_customers": Text(
        en="Customer numbers with which an identifier may come",
        fr="Numéros de client avec lesquels un identifiant peut venir",
    ),
    "most_customers_help": Text(
        en="with more, it tells nobody: a shop's phone, a shared mailbox",
        fr="au-delà, il ne désigne plus personne : téléphone d'un magasin, boîte partagée",
    ),
    "most_others": Text(
        en="Identifiers of any kind with which one may come",
        fr="Identifiants, de toute sorte, avec lesquels l'un peut venir",
    ),
    "try_limits": Text(en="Try: what would change", fr="Essayer : ce qui changerait"),
    "apply_limits": Text(en="Put them in force", fr="Les mettre en vigueur"),
    "would_follow": Text(en="What would follow", fr="Ce qui en découlerait"),
    "limits_wrong": Text(en="These limits cannot be used", fr="Ces limites sont inutilisables"),
    "when": Text(en="when", fr="quand"),
    "what": Text(en="decision", fr="décision"),
    "and": Text(en="and", fr="et"),
    "author": Text(en="by", fr="par"),
    "note": Text(en="note", fr="note"),
    "take_back": Text(en="Take back", fr="Revenir dessus"),
    "no_decisions": Text(en="Nobody has decided of any link", fr="Personne n'a encore décidé d'aucun lien"),
    "no_decisions_text": Text(
        en="Decisions about links stand here with their author and note, and each can be taken back.",
        fr="Les décisions sur les liens s'affichent ici avec leur auteur et leur note, et chacune peut être annulée.",
    ),
    "all_decisions": Plural(
        Text(en="The one decision", fr="La seule décision"),
        Text(en="Decisions, the newest first: {shown} of {n}", fr="Décisions, de la plus récente : {shown} sur {n}"),
    ),
    "errors": Text(en="Something needs mending", fr="Il y a quelque chose à corriger"),
}

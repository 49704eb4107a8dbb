"""What the pages of the analysis say."""

from quartier.language import Plural, Text

TITLE = Text(en="Analyse", fr="Analyser")
SENTENCES = {
    "rfm": Text(
        en="Customers by how recently, how often and for how much they bought. Each cell opens as a segment.",
        fr="Les clients selon la date, la fréquence et le montant de leurs achats. Chaque case s'ouvre en segment.",
    ),
    "revenue": Text(
        en="What customers bring, month by month, and how much of it the best of them make.",
        fr="Ce que rapportent les clients, mois par mois, et la part qu'en font les meilleurs.",
    ),
    "cohorts": Text(
        en="Customers by the month of their first order: how many come back in each month after.",
        fr="Les clients selon le mois de leur premier achat : combien reviennent chaque mois qui suit.",
    ),
    "surveys": Text(
        en="What persons were asked, and what they answered.",
        fr="Ce que l'on a demandé aux personnes, et ce qu'elles ont répondu.",
    ),
}
RUNNING = Text(en="Running RFM", fr="Calcul du RFM")
RAN = Plural(
    Text(en="RFM has been run over {n} customer.", fr="Le RFM a été calculé sur {n} client."),
    Text(en="RFM has been run over {n} customers.", fr="Le RFM a été calculé sur {n} clients."),
)

WORDS: dict[str, Text | Plural] = {
    "tabs": Text(en="Sides of the analysis", fr="Volets de l'analyse"),
    # RFM
    "recency": Text(en="recency", fr="récence"),
    "columns": Text(en="frequency and amount", fr="fréquence et montant"),
    "grid_caption": Plural(
        Text(
            en="{n} customer, by recency and by frequency and amount together. A cell opens as a segment.",
            fr="{n} client, par récence et par fréquence et montant réunis. Une case s'ouvre en segment.",
        ),
        Text(
            en="{n} customers, by recency and by frequency and amount together. A cell opens as a segment.",
            fr="{n} clients, par récence et par fréquence et montant réunis. Une case s'ouvre en segment.",
        ),
    ),
    "step": Text(en="recency {n}", fr="récence {n}"),
    "recent": Text(en="more recent", fr="plus récents"),
    "old": Text(en="longer ago", fr="plus anciens"),
    "rarely": Text(en="rarely, for little", fr="rarement, peu"),
    "often": Text(en="often, for much", fr="souvent, beaucoup"),
    "steps": Text(en="What the steps hold", fr="Ce que contiennent les paliers"),
    "classes": Text(en="The classes, and what can be done", fr="Les classes, et ce que l'on peut en faire"),
    "class": Text(en="class", fr="classe"),
    "customers": Text(en="customers", fr="clients"),
    "share": Text(en="of customers", fr="des clients"),
    "revenue": Text(en="net revenue", fr="chiffre d'affaires net"),
    "share_of_revenue": Text(en="of revenue", fr="du chiffre d'affaires"),
    "days": Text(en="days since last order", fr="jours depuis le dernier achat"),
    "classes_caption": Plural(
        Text(
            en="Classes of {n} customer; a class opens as a segment.",
            fr="Classes de {n} client ; une classe s'ouvre en segment.",
        ),
        Text(
            en="Classes of {n} customers; a class opens as a segment.",
            fr="Classes de {n} clients ; une classe s'ouvre en segment.",
        ),
    ),
    "last_run": Text(en="Last run", fr="Dernier calcul"),
    "run_said": Text(
        en="On {at}, looking from {as_of}, over {customers} customers of {persons} persons.",
        fr="Le {at}, vu du {as_of}, sur {customers} clients parmi {persons} personnes.",
    ),
    "run": Text(en="Run RFM", fr="Calculer le RFM"),
    "run_again": Text(en="Run again", fr="Recalculer"),
    "settings": Text(en="Settings", fr="Réglages"),
    "what_changes": Text(
        en="Running it writes the RFM traits of every customer anew, then brings the segments that read them up to "
        "date.",
        fr="Le calcul réécrit les traits RFM de chaque client, puis met à jour les segments qui les lisent.",
    ),
    "no_rfm": Text(en="RFM has not been run yet", fr="Le RFM n'a pas encore été calculé"),
    "rfm_teaches": Text(
        en="RFM sorts your customers by three questions: how recently did they buy, how often, for how much? It finds "
        "your champions, those who drift away and those who have just arrived.",
        fr="Le RFM range vos clients selon trois questions : ont-ils acheté récemment, souvent, pour beaucoup ? Il "
        "repère vos champions, ceux qui s'éloignent et ceux qui viennent d'arriver.",
    ),
    "rfm_example": Text(
        en="For example: “At risk” used to buy well and have not come for long. Write to them in person.",
        fr="Par exemple : « À risque » achetaient bien et ne sont pas venus depuis longtemps. Écrivez-leur "
        "personnellement.",
    ),
    "ask_someone": Text(
        en="Your role does not run models: ask an analyst or an owner.",
        fr="Votre rôle ne lance pas de modèle : demandez à un analyste ou à un propriétaire.",
    ),
    "no_purchases": Text(
        en="No event with an amount has been collected yet: bring in orders first.",
        fr="Aucun événement avec un montant n'a encore été collecté : importez d'abord des commandes.",
    ),
    "import": Text(en="Import a file", fr="Importer un fichier"),
    # revenue
    "best": Text(en="The best customers", fr="Les meilleurs clients"),
    "best_caption": Plural(
        Text(en="What the best of {n} customer make", fr="Ce que font les meilleurs, sur {n} client"),
        Text(en="What the best of {n} customers make", fr="Ce que font les meilleurs, sur {n} clients"),
    ),
    "top": Text(en="top {share}", fr="les {share} meilleurs"),
    "best_note": Text(
        en="As a segment: the same share of the customers of the last RFM run, by net revenue.",
        fr="En segment : la même part des clients du dernier calcul RFM, par chiffre d'affaires net.",
    ),
    "best_needs_rfm": Text(
        en="Run RFM once, and the best customers open as a segment.",
        fr="Calculez le RFM une fois, et les meilleurs clients s'ouvriront en segment.",
    ),
    "months": Text(en="Month by month", fr="Mois par mois"),
    "months_caption": Text(
        en="Months, newest first; a month opens as the segment of those who bought in it.",
        fr="Les mois, du plus récent au plus ancien ; un mois s'ouvre en segment de ceux qui y ont acheté.",
    ),
    "month": Text(en="month", fr="mois"),
    "orders": Text(en="orders", fr="commandes"),
    "net": Text(en="net revenue", fr="chiffre d'affaires net"),
    "active": Text(en="active persons", fr="personnes actives"),
    "no_sales": Text(en="Nothing has been sold yet", fr="Rien n'a encore été vendu"),
    "sales_teach": Text(
        en="Once orders are here, this page shows revenue month by month and how much of it your best customers make.",
        fr="Dès que des commandes seront là, cette page montrera le chiffre d'affaires mois par mois et la part qu'en "
        "font vos meilleurs clients.",
    ),
    # cohorts
    "cohort": Text(en="first order", fr="premier achat"),
    "months_after": Text(en="months after", fr="mois après"),
    "cohorts_note": Text(
        en="Each row follows the customers of one month: the share who ordered in the first month after, the second, "
        "and so on. A share opens as a segment. The last one of each row, in italics, is of the current month, which "
        "is not over.",
        fr="Chaque ligne suit les clients d'un mois : la part de ceux qui ont commandé le premier mois qui suit, le "
        "deuxième, etc. Une part s'ouvre en segment. La dernière de chaque ligne, en italique, est celle du mois en "
        "cours, qui n'est pas terminé.",
    ),
    "cohorts_caption": Plural(
        Text(en="{n} customer by month of first order", fr="{n} client par mois de premier achat"),
        Text(en="{n} customers by month of first order", fr="{n} clients par mois de premier achat"),
    ),
    "of_persons": Text(en="{n} of {of}", fr="{n} sur {of}"),
    "all_cohorts": Text(en="Show all months", fr="Montrer tous les mois"),
    "no_cohorts": Text(en="Nobody has ordered yet", fr="Personne n'a encore commandé"),
    "cohorts_teach": Text(
        en="Once orders are here, this page shows how many customers of each month come back, and when.",
        fr="Dès que des commandes seront là, cette page montrera combien de clients de chaque mois reviennent, et "
        "quand.",
    ),
    # surveys
    "survey": Text(en="survey", fr="enquête"),
    "surveys_caption": Text(en="Surveys in force", fr="Enquêtes en vigueur"),
    "questions": Text(en="questions", fr="questions"),
    "asked": Text(en="asked", fr="sollicités"),
    "answered": Text(en="answered", fr="ont répondu"),
    "answer_rate": Text(en="answer rate", fr="taux de réponse"),
    "since": Text(en="since", fr="depuis"),
    "shown": Text(en="shown", fr="montrée"),
    "declined": Text(en="declined", fr="refusée"),
    "times": Text(en="times", fr="fois"),
    "between": Text(en="between {low} and {high}", fr="entre {low} et {high}"),
    "never_shown": Text(en="Nobody has seen it yet", fr="Personne ne l'a encore vue"),
    "never_shown_text": Text(
        en="Write a link for each member of a segment, and the answers appear here.",
        fr="Écrivez un lien pour chaque membre d'un segment, et les réponses apparaîtront ici.",
    ),
    "by": Text(en="Among whom", fr="Parmi qui"),
    "each_segment": Text(en="segment by segment", fr="segment par segment"),
    "segment": Text(en="segment", fr="segment"),
    "compare_note": Text(
        en="NPS, share of satisfied or mean of each question, with its 95% interval. Persons may be in several "
        "segments, and among many segments some differ by chance: two are told apart only where their intervals are.",
        fr="NPS, part de satisfaits ou moyenne de chaque question, avec son intervalle à 95 %. Une personne peut être "
        "dans plusieurs segments, et parmi de nombreux segments certains diffèrent par hasard : deux ne se distinguent "
        "que si leurs intervalles se séparent.",
    ),
    "withheld": Plural(
        Text(
            en="{n} segment is left out: fewer than five of its members answered.",
            fr="{n} segment est laissé de côté : moins de cinq de ses membres ont répondu.",
        ),
        Text(
            en="{n} segments are left out: fewer than five of their members answered.",
            fr="{n} segments sont laissés de côté : moins de cinq de leurs membres ont répondu.",
        ),
    ),
    "everybody": Text(en="everybody who answered", fr="tous ceux qui ont répondu"),
    "show": Text(en="Show", fr="Montrer"),
    "answers": Plural(Text(en="{n} answer", fr="{n} réponse"), Text(en="{n} answers", fr="{n} réponses")),
    "answer": Text(en="answer", fr="réponse"),
    "persons": Text(en="persons", fr="personnes"),
    "part": Text(en="share", fr="part"),
    "interval": Text(en="95% interval", fr="intervalle à 95 %"),
    "too_few": Text(
        en="Fewer than five of them answered: nothing is shown, it could name someone.",
        fr="Moins de cinq d'entre eux ont répondu : rien n'est montré, cela pourrait désigner quelqu'un.",
    ),
    "survey_caution": Text(
        en="Intervals hold with 95% for a random draw; who chooses to answer is none, so read the share who answered "
        "too.",
        fr="Les intervalles valent à 95 % pour un tirage au hasard ; répondre est un choix, regardez donc aussi la "
        "part de réponses.",
    ),
    "no_surveys": Text(en="No survey is in force", fr="Aucune enquête n'est en vigueur"),
    "surveys_teach": Text(
        en="A survey asks persons what no event tells: how satisfied they are, what they need. It is written as a "
        "document and applied from the command line.",
        fr="Une enquête demande aux personnes ce qu'aucun événement ne dit : leur satisfaction, leurs besoins. Elle "
        "s'écrit comme un document et s'applique depuis la ligne de commande.",
    ),
}

TABS = {
    "tab_rfm": Text(en="RFM", fr="RFM"),
    "tab_revenue": Text(en="Revenue", fr="Chiffre d'affaires"),
    "tab_cohorts": Text(en="Cohorts", fr="Cohortes"),
    "tab_journeys": Text(en="Journeys", fr="Parcours"),
    "tab_associations": Text(en="Associations", fr="Associations"),
    "tab_drivers": Text(en="Drivers", fr="Moteurs"),
    "tab_opportunities": Text(en="Opportunities", fr="Opportunités"),
    "tab_adviser": Text(en="Adviser", fr="Conseils"),
    "tab_surveys": Text(en="Surveys", fr="Enquêtes"),
    "tab_models": Text(en="Models", fr="Modèles"),
}

ROOM: dict[str, Text | Plural] = {**WORDS, **TABS}
"""What every page of the analysis says."""

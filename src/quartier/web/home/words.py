"""The words of the home page."""

from quartier.language import Plural, Text

TITLE = Text(en="Your customers at a glance", fr="Vos clients en un coup d'œil")
SENTENCE = Text(
    en="The plan of your clientele, and what changed in it.", fr="Le plan de votre clientèle, et ce qui y a bougé."
)
WELCOME = Text(en="Welcome to your workspace", fr="Bienvenue dans votre espace")
WELCOME_SENTENCE = Text(
    en="It is empty. Three steps lead from a file to your first segment.",
    fr="Il est vide. Trois étapes mènent d'un fichier à votre premier segment.",
)
WORDS: dict[str, Text | Plural] = {
    "plan": Text(en="The plan of the clientele", fr="Le plan de la clientèle"),
    "area": Text(en="Area of the districts", fr="Surface des quartiers"),
    "no_plan": Text(
        en="The plan shows customers by their RFM class. It appears once the RFM model has been run.",
        fr="Le plan montre les clients par classe RFM. Il apparaît dès que le modèle RFM a été lancé.",
    ),
    "to_analyse": Text(en="Go to the analyses", fr="Aller aux analyses"),
    "base": Text(en="The base", fr="La base"),
    "movers": Text(en="Segments that moved most", fr="Segments qui ont le plus bougé"),
    "largest": Text(en="The largest segments", fr="Les plus grands segments"),
    "segment": Text(en="Segment", fr="Segment"),
    "size": Text(en="Size", fr="Effectif"),
    "trend": Text(en="Three months", fr="Trois mois"),
    "entered": Text(en="Entered, 7 days", fr="Entrées, 7 jours"),
    "left": Text(en="Left, 7 days", fr="Sorties, 7 jours"),
    "no_segments": Text(en="No segment yet.", fr="Aucun segment pour l'instant."),
    "to_segments": Text(en="Choose a first one", fr="En choisir un premier"),
    "attention": Text(en="What needs attention", fr="Ce qui demande votre attention"),
    "all_well": Text(en="Nothing: all is well.", fr="Rien : tout va bien."),
    "look_too": Text(en="Look at links and data, too", fr="Regarder aussi les liens et les données"),
    "freshness": Text(en="Freshness", fr="Fraîcheur"),
    "event": Text(en="What happened", fr="Ce qui s'est passé"),
    "last": Text(en="last", fr="dernière fois"),
    "synthetic": Text(
        en="Synthetic data: a generator made these customers up.",
        fr="Données synthétiques : un générateur a inventé ces clients.",
    ),
    "step_1": Text(en="1. Import a file", fr="1. Importer un fichier"),
    "step_1_text": Text(
        en="A list of customers or of orders, as CSV, Excel, JSON or Parquet. You see on its first rows how each "
        "column is understood before anything is kept.",
        fr="Une liste de clients ou de commandes, en CSV, Excel, JSON ou Parquet. Vous voyez sur ses premières lignes "
        "comment chaque colonne est comprise, avant que rien ne soit gardé.",
    ),
    "step_1_go": Text(en="Import a file", fr="Importer un fichier"),
    "step_2": Text(en="2. Look at who is there", fr="2. Regarder qui est là"),
    "step_2_text": Text(
        en="Rows of the same customer become one person, with everything that was said of them and where it came from.",
        fr="Les lignes d'un même client deviennent une personne, avec tout ce qu'on en a dit et d'où cela vient.",
    ),
    "step_2_go": Text(en="See the persons", fr="Voir les personnes"),
    "step_3": Text(en="3. Make a segment", fr="3. Faire un segment"),
    "step_3_text": Text(
        en="For example “customers who ordered three times in a year”: its count shows while you write it, and it "
        "keeps itself up to date.",
        fr="Par exemple « clients ayant commandé trois fois en un an » : son effectif s'affiche pendant que vous "
        "l'écrivez, et il se tient à jour de lui-même.",
    ),
    "step_3_go": Text(en="See the segments", fr="Voir les segments"),
    "ask_owner": Text(
        en="Somebody who may bring data in begins: an owner or an analyst.",
        fr="Quelqu'un qui peut importer des données commence : un propriétaire ou un analyste.",
    ),
}

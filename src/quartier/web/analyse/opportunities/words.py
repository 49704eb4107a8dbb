"""What the page of opportunities says."""

from typing import Final

from quartier.analyse.opportunities.market import Standing
from quartier.language import Plural, Text

SENTENCE = Text(
    en="Where there is more to win: what is large outside and small with you, who promises much and is left alone, "
    "what grows. Each finding opens as a segment.",
    fr="Là où il y a à gagner : ce qui est grand au-dehors et petit chez vous, qui promet beaucoup et reste sans "
    "relance, ce qui grandit. Chaque constat s'ouvre en segment.",
)
EXAMPLE: Final = "country;age;persons\nFR;<25;19900000\nFR;25-34;7900000\nFR;35+;40500000\nBE;<25;3300000"
KEEPING = Text(en="Keeping the table of the market", fr="Enregistrement du tableau du marché")
KEPT = Text(en="The table “{name}” is in force.", fr="Le tableau « {name} » est en vigueur.")
RETIRED = Text(en="The table “{name}” is no longer in force.", fr="Le tableau « {name} » n'est plus en vigueur.")
NO_YEAR = Text(en="the year is a number such as 2025", fr="l'année est un nombre, comme 2025")
NO_NAME = Text(
    en="the name is made of letters, digits and hyphens: population-2025",
    fr="le nom s'écrit en lettres, chiffres et tirets : population-2025",
)
ABOUT = Plural(
    Text(
        en="“{name}”: {total} persons by {source}, {year}. {n} of your persons is compared with them. An opportunity "
        "is at least {large} of the market and clearly less of your base.",
        fr="« {name} » : {total} personnes selon {source}, {year}. {n} de vos personnes leur est comparée. Une "
        "opportunité pèse au moins {large} du marché et nettement moins dans votre base.",
    ),
    Text(
        en="“{name}”: {total} persons by {source}, {year}. {n} of your persons are compared with them. An "
        "opportunity is at least {large} of the market and clearly less of your base.",
        fr="« {name} » : {total} personnes selon {source}, {year}. {n} de vos personnes leur sont comparées. Une "
        "opportunité pèse au moins {large} du marché et nettement moins dans votre base.",
    ),
)
UNTAPPED = Plural(
    Text(
        en="{n} large part of the market is smaller in your base",
        fr="{n} grande part du marché est plus petite dans votre base",
    ),
    Text(
        en="{n} large parts of the market are smaller in your base",
        fr="{n} grandes parts du marché sont plus petites dans votre base",
    ),
)
SHARES_READ = Text(
    en="Share of each cell in the market and in your base, the bar being its 95% interval, corrected for the number of "
    "cells. Opportunities come first.",
    fr="Part de chaque case dans le marché et dans votre base ; la barre est l'intervalle à 95 %, corrigé du nombre de "
    "cases. Les opportunités viennent d'abord.",
)
CATEGORIES = Text(en="Who looks and who buys, by category", fr="Qui regarde et qui achète, par catégorie")
CATEGORIES_READ = Text(
    en="The share of a category among buyers by its share among those who looked; at 1 it sells as it is looked at. "
    "Bars are 95% intervals, corrected for the number of categories.",
    fr="La part d'une catégorie parmi les acheteurs, rapportée à sa part parmi ceux qui ont regardé ; à 1, elle se "
    "vend comme elle est regardée. Les barres sont les intervalles à 95 %, corrigés du nombre de catégories.",
)
CATEGORIES_AXIS = Text(en="buyers by lookers", fr="acheteurs sur regards")
TENTHS = Text(
    en="The upper tenths: who was contacted in the last {days} days",
    fr="Les dixièmes du haut : qui a été contacté ces {days} derniers jours",
)
TENTHS_READ = Text(
    en="Persons of each tenth: contacted, free to be contacted, and those who have not agreed to it.",
    fr="Personnes de chaque dixième : contactées, libres de l'être, et celles qui n'y ont pas consenti.",
)
CONTACTED = Text(en="contacted", fr="contactées")
PROPOSED = Text(en="proposed", fr="proposées")
APART = Text(en="not agreed", fr="sans accord")
FASTER = Plural(
    Text(
        en="{n} segment or value grows clearly faster than the base",
        fr="{n} segment ou valeur grandit nettement plus vite que la base",
    ),
    Text(
        en="{n} segments or values grow clearly faster than the base",
        fr="{n} segments ou valeurs grandissent nettement plus vite que la base",
    ),
)
GROWTH_READ = Text(
    en="Segments: their size by what the growth of the base would have made it. Values: their share of newcomers by "
    "that of those before. Bars are 95% intervals, corrected for all that are compared.",
    fr="Segments : leur taille rapportée à ce qu'en aurait fait la croissance de la base. Valeurs : leur part des "
    "nouveaux rapportée à celle d'avant. Les barres sont les intervalles à 95 %, corrigés du nombre de comparaisons.",
)
TIMES = Text(en="times the base", fr="fois la base")
FROM_TO = Text(en="from {before} to {now} members", fr="de {before} à {now} membres")
GROWTH_ABOUT = Plural(
    Text(
        en="The base went from {before} to {n} person in {days} days; {newcomers} came in the last {lately} days.",
        fr="La base est passée de {before} à {n} personne en {days} jours ; {newcomers} sont venues ces {lately} "
        "derniers jours.",
    ),
    Text(
        en="The base went from {before} to {n} persons in {days} days; {newcomers} came in the last {lately} days.",
        fr="La base est passée de {before} à {n} personnes en {days} jours ; {newcomers} sont venues ces {lately} "
        "derniers jours.",
    ),
)
YOUR_BASE = Text(en="your base", fr="votre base")
THE_MARKET = Text(en="the market", fr="le marché")
BETWEEN = Text(en="{low} to {high}", fr="{low} à {high}")
FEW = Text(en="fewer than 5", fr="moins de 5")
STANDINGS: Final[dict[Standing, tuple[str, Text]]] = {
    Standing.UNTAPPED: ("attention", Text(en="to win", fr="à gagner")),
    Standing.SMALL: ("calm", Text(en="small in the market, too", fr="petite sur le marché aussi")),
    Standing.AS_REST: ("calm", Text(en="no clear difference", fr="pas d'écart net")),
    Standing.STRONG: ("good", Text(en="your strong side", fr="votre point fort")),
    Standing.ABSENT: ("attention", Text(en="nobody with you", fr="personne chez vous")),
    Standing.IMPOSSIBLE: ("bad", Text(en="beyond the market", fr="plus que le marché")),
}

WORDS: dict[str, Text | Plural] = {
    "market": Text(en="Against the market", fr="Face au marché"),
    "catalogue": Text(en="In your catalogue", fr="Dans votre catalogue"),
    "contact": Text(en="Promising, and left alone", fr="Prometteurs, sans relance"),
    "growth": Text(en="Growing fast", fr="En forte croissance"),
    "lines": Text(en="The segments over that time", fr="Les segments sur cette durée"),
    "which": Text(en="Table", fr="Tableau"),
    "show": Text(en="Show", fr="Afficher"),
    "findings_caption": Text(
        en="Opportunities, the one with the most to win first; each opens as a segment.",
        fr="Les opportunités, celle où il y a le plus à gagner d'abord ; chacune s'ouvre en segment.",
    ),
    "cells": Text(en="All cells of the table", fr="Toutes les cases du tableau"),
    "cells_caption": Plural(
        Text(
            en="The cells of the table; {n} person of your base is in them.",
            fr="Les cases du tableau ; {n} personne de votre base s'y trouve.",
        ),
        Text(
            en="The cells of the table; {n} persons of your base are in them.",
            fr="Les cases du tableau ; {n} personnes de votre base s'y trouvent.",
        ),
    ),
    "cell": Text(en="cell", fr="case"),
    "of_market": Text(en="of the market", fr="du marché"),
    "of_base": Text(en="of your base", fr="de votre base"),
    "index": Text(en="base by market", fr="base sur marché"),
    "interval": Text(en="95% between", fr="95 % entre"),
    "standing": Text(en="so it is", fr="c'est donc"),
    "and_more": Plural(Text(en="and {n} more", fr="et {n} autre"), Text(en="and {n} more", fr="et {n} autres")),
    "limits": Text(en="What limits this comparison", fr="Ce qui limite cette comparaison"),
    "limits_always": Text(
        en="The table is taken at its word, and a person in your base for one in the market. A part that is small with "
        "you may be small for good reason; the comparison says where to look, not that it is worth it.",
        fr="Le tableau est cru sur parole, et une personne de votre base tenue pour une personne du marché. Une part "
        "petite chez vous l'est peut-être à raison ; la comparaison dit où regarder, pas que cela vaut la peine.",
    ),
    "teaches": Text(en="What does your market look like?", fr="À quoi ressemble votre marché ?"),
    "teaches_text": Text(
        en="Statistical offices say how many persons there are by country, age or region. Paste such a table below: "
        "Quartier tells which large parts of it are small in your base, and how many persons that makes.",
        fr="Les instituts de statistique disent combien il y a de personnes par pays, âge ou région. Collez un tel "
        "tableau ci-dessous : Quartier dit quelles grandes parts sont petites dans votre base, et combien de "
        "personnes cela fait.",
    ),
    "teaches_viewer": Text(
        en="Nobody has given a table of the market yet. Who may run models can do so on this page.",
        fr="Personne n'a encore donné de tableau du marché. Qui peut lancer des modèles le peut sur cette page.",
    ),
    "give": Text(en="Give a table of your market", fr="Donner un tableau de votre marché"),
    "wrong": Text(en="The table cannot be used as it is", fr="Le tableau n'est pas utilisable en l'état"),
    "table": Text(en="Table", fr="Tableau"),
    "table_help": Text(
        en="A head, then one line per cell, with tabs, semicolons or commas: one column per trait, “persons”, and "
        "“spend” if you know it. Ages and numbers as 25-34, 65+ or <25.",
        fr="Un en-tête, puis une ligne par case, avec tabulations, points-virgules ou virgules : une colonne par "
        "trait, « personnes », et « dépenses » si vous les connaissez. Âges et nombres : 25-34, 65+ ou <25.",
    ),
    "name": Text(en="Name", fr="Nom"),
    "name_help": Text(en="The same name again makes a new version.", fr="Le même nom fait une nouvelle version."),
    "source": Text(en="Source", fr="Source"),
    "source_help": Text(en="Who counted, in which table.", fr="Qui a compté, dans quel tableau."),
    "year": Text(en="Year", fr="Année"),
    "keep": Text(en="Compare with this market", fr="Comparer à ce marché"),
    "retire": Text(en="Take this table out of force", fr="Retirer ce tableau"),
    "none": Text(
        en="What would help: a table with more traits, or narrower ranges.",
        fr="Ce qui aiderait : un tableau avec plus de traits, ou des tranches plus fines.",
    ),
}

"""Words that say nothing alone, in French and English, written without accents: never the theme of an answer."""

from typing import Final

_ENGLISH = """
about above after again all also always and any anything are because been before being below between both but can cannot
could did does doing don down during each even ever every few for from further get gets getting give given goes going
got had has have having her here hers him his how however into its itself just least less let like lot lots made make
makes many may maybe more most much must nor not nothing now off often once one only onto other our ours out over own
per please quite rather really same several she should since some something still such than thank thanks that the their
them then there these they thing things this those though through too under until upon use used very was way well were
what when where which while who whom why will with within without would yet you your yours isn doesn didn wasn won
"""
_FRENCH = """
afin aie ainsi alors apres assez au aucun aucune aujourd aussi autre autres aux avaient avais avait avant avec avez
avoir avons beaucoup bien bon bonjour car cas ceci cela celle celles celui cent ces cet cette ceux chaque chez chose
choses comme comment dans davantage des desormais deja depuis derriere dessous dessus deux devant doit doivent donc dont
elle elles encore entre est etaient etais etait etant ete etes etre eux fait faire faites faut fois font furent grace
hors ici ils jamais jusque jusqu juste leur leurs lors lorsque lui mais malgre meme memes merci mes mettre mieux moi
moins mon moyen notre nos nous nouveau non oui par parce parfois parmi pas peu peut peuvent peux plus plusieurs plutot
pour pourquoi pouvoir presque puis puisque quand que quel quelle quelles quelque quelques quels qui quoi quoique rien
sans sauf selon ses seul seule seulement sera serait seront ses sinon soi soit sommes son sont sous souvent suis sur
surtout tant tel telle tellement tels tes toi ton toujours tous tout toute toutes tres trop une vais vers veut veux
voici voila voir vont vos votre vous vraiment
"""
STOP_WORDS: Final = frozenset(f"{_ENGLISH} {_FRENCH}".split())

"""Words that say nothing alone, in French and English, written without accents: never the theme of an answer."""

from typing import Final

_ENGLISH = """
about above after again all also always and any anything are aren because been before being below between both but can
cannot could couldn did didn does doesn doing don down during each even ever every few for from further get gets
getting give given goes going got had hadn has hasn have haven having her here hers herself him himself his how however
into isn its itself just least less let like lot lots made make makes many may maybe more most much must myself nor not
nothing now off often once one only onto other our ours ourselves out over own per please quite rather really said same
say several she should shouldn since some something still such than thank thanks that the their them themselves then
there these they thing things this those though through too under until upon use used very was wasn way well were weren
what when where which while who whom why will with within without won would wouldn yet you your yours yourself
"""
_FRENCH = """
afin aie ainsi alors apres assez au aucun aucune aujourd aura auraient aurait auront aussi autre autres aux avaient
avais avait avant avec avez avoir avons ayant beaucoup bien bon bonjour bonne bonnes bons car cas ceci cela celle
celles celui cent cependant ces cet cette ceux chaque chez chose choses comme comment dans davantage deja depuis
derriere des desormais dessous dessus deux devant dire dit doit doivent donc dont elle elles encore entre est etaient
etais etait etant ete etes etre eux faire fais fait faites fasse faut fois font furent grace hors ici ils jamais jusqu
jusque juste laquelle lequel les leur leurs lors lorsqu lorsque lui mais malgre meme memes merci mes mettre mieux moi
moins mon moyen non nos notre nous nouveau ont oui par parce parfois parmi pas pendant peu peut peuvent peux plus
plusieurs plutot pour pourquoi pouvoir presqu presque puis puisqu puisque quand que quel quelle quelles quelqu quelque
quelques quels qui quoi quoiqu quoique rien sais sans sauf selon sera serait seront ses seul seule seulement sinon soi
soit sommes son sont sous souvent soyez suis sur surtout tant tel telle tellement tels tes toi ton toujours tous tout
toute toutefois toutes tres trop une vais vers veut veux vient voici voila voir vont vos votre vous vraiment
"""
STOP_WORDS: Final = frozenset(f"{_ENGLISH} {_FRENCH}".split())

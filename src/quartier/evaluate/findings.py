"""What must be said beside the figures: windows still open, arms that do not fit, data that stop early."""

import datetime as dt

from quartier.evaluate.arms import SampleRatio
from quartier.evaluate.report import Finding, Kind
from quartier.evaluate.windows import Windows
from quartier.language import Plural, Text, percent
from quartier.store.audiences import Audience

_SILENCE = dt.timedelta(days=1)
"""Without any event for longer than this before the windows close, the data are taken to stop early."""


def mismatch(ratio: SampleRatio | None) -> list[Finding]:
    """Loud, when the arms do not have the sizes that were drawn."""
    if ratio is None or not ratio.is_mismatch:
        return []
    shares = {
        name: Text(en=percent(share, "en", 2), fr=percent(share, "fr", 2))
        for name, share in (("observed", ratio.observed), ("expected", ratio.expected))
    }
    return [Finding(Kind.SAMPLE_RATIO, _MISMATCH.with_(**shares), is_loud=True)]


def of_audience(audience: Audience, exposed: int, held_out_exposed: int) -> list[Finding]:
    """About who was reached: nobody held out, held out persons reached all the same, targeted persons not reached."""
    found = []
    if not audience.held_out:
        found.append(Finding(Kind.NO_HOLDOUT, _NO_HOLDOUT, is_loud=True))
    if held_out_exposed:
        found.append(Finding(Kind.HELD_OUT_EXPOSED, _HELD_OUT_EXPOSED.with_(n=held_out_exposed), is_loud=True))
    if audience.on_both_sides:
        found.append(Finding(Kind.ON_BOTH_SIDES, _ON_BOTH_SIDES.with_(n=len(audience.on_both_sides))))
    if missed := len(audience.targeted) - exposed:
        said = _NOT_EXPOSED.with_(n=missed, targeted=len(audience.targeted))
        found.append(Finding(Kind.NOT_EXPOSED, said))
    return found


def of_time(windows: Windows, at: dt.datetime, last_event: dt.datetime | None) -> list[Finding]:
    """About time: windows that are not over, data that stop before they close, exposures in several waves."""
    found = []
    if windows.last > at:
        found.append(Finding(Kind.PARTIAL, _PARTIAL.with_(at=at, ends_at=windows.last)))
    closes = min(windows.last, at)
    if last_event is None:
        found.append(Finding(Kind.LATE_DATA, _NO_EVENT))
    elif closes - last_event > _SILENCE:
        found.append(Finding(Kind.LATE_DATA, _LATE_DATA.with_(last=last_event, closes=closes)))
    if windows.has_waves:
        found.append(Finding(Kind.WAVES, _WAVES))
    return found


def of_currencies(currencies: set[str], expected: str) -> list[Finding]:
    """Loud, when amounts of several currencies were added up, or of another one than the workspace's."""
    if len(currencies) > 1:
        return [Finding(Kind.CURRENCIES, _CURRENCIES.with_(currencies=sorted(currencies)), is_loud=True)]
    if currencies and currencies != {expected}:
        said = _OTHER_CURRENCY.with_(currency=currencies.pop(), expected=expected)
        return [Finding(Kind.CURRENCIES, said, is_loud=True)]
    return []


_MISMATCH = Text(
    en="The arms do not have the sizes that were drawn: {observed} are held out where {expected} were to be. Something "
    "took persons away on one side; do not rely on the effect before it is found.",
    fr="Les groupes n'ont pas les tailles tirées au sort : {observed} de témoins au lieu de {expected}. Quelque chose "
    "a retiré des personnes d'un côté ; ne vous fiez pas à l'effet avant de l'avoir trouvé.",
)
_NO_HOLDOUT = Text(
    en="Nobody was held out: what would have happened without the campaign is not known.",
    fr="Le groupe témoin est vide : on ne sait pas ce qui se serait passé sans la campagne.",
)
_HELD_OUT_EXPOSED = Plural(
    Text(
        en="{n} person of the holdout was exposed all the same: the effect is understated.",
        fr="{n} personne du groupe témoin a été exposée malgré tout : l'effet est sous-estimé.",
    ),
    Text(
        en="{n} persons of the holdout were exposed all the same: the effect is understated.",
        fr="{n} personnes du groupe témoin ont été exposées malgré tout : l'effet est sous-estimé.",
    ),
)
_ON_BOTH_SIDES = Plural(
    Text(
        en="{n} person was drawn twice, under two identifiers, once for each side: left out.",
        fr="{n} personne a été tirée deux fois, sous deux identifiants, une fois de chaque côté : elle n'est pas "
        "comptée.",
    ),
    Text(
        en="{n} persons were drawn twice, under two identifiers, once for each side: left out.",
        fr="{n} personnes ont été tirées deux fois, sous deux identifiants, une fois de chaque côté : elles ne sont "
        "pas comptées.",
    ),
)
_NOT_EXPOSED = Plural(
    Text(
        en="{n} of {targeted} targeted persons was never exposed and counts all the same, as drawn.",
        fr="{n} des {targeted} personnes ciblées n'a jamais été exposée et compte malgré tout, comme tirée au sort.",
    ),
    Text(
        en="{n} of {targeted} targeted persons were never exposed and count all the same, as drawn.",
        fr="{n} des {targeted} personnes ciblées n'ont jamais été exposées et comptent malgré tout, comme tirées "
        "au sort.",
    ),
)
_PARTIAL = Text(
    en="Partial: on {at} the windows were still open; the last one closes on {ends_at}.",
    fr="Partiel : le {at}, les fenêtres étaient encore ouvertes ; la dernière se ferme le {ends_at}.",
)
_LATE_DATA = Text(
    en="The last event collected is of {last}, before the windows close on {closes}: later ones may be missing.",
    fr="Le dernier événement collecté est du {last}, avant la fermeture des fenêtres le {closes} : il peut en manquer.",
)
_NO_EVENT = Text(en="No event of this type was collected.", fr="Aucun événement de ce type n'a été collecté.")
_WAVES = Text(
    en="Persons were exposed in several waves, but the held out are watched from the first one: a season or a sale in "
    "between can look like an effect.",
    fr="Les personnes ont été exposées en plusieurs vagues, mais le groupe témoin est suivi depuis la première : une "
    "saison ou des soldes entre-temps peuvent passer pour un effet.",
)
_CURRENCIES = Text(
    en="Amounts in several currencies ({currencies}) were added up as they are: the figures mean nothing.",
    fr="Des montants en plusieurs devises ({currencies}) ont été additionnés tels quels : les chiffres ne veulent "
    "rien dire.",
)
_OTHER_CURRENCY = Text(
    en="The amounts are in {currency}, and written here in {expected}, the currency of the workspace.",
    fr="Les montants sont en {currency}, et écrits ici en {expected}, la devise de l'espace de travail.",
)

"""What is shown before a segment is retired or goes back to an earlier version: what would follow, in figures."""

from dataclasses import dataclass

from quartier.language import Language, Text, amount, joined
from quartier.report.page import KeyFigure
from quartier.segment.dry_run import DryRun, Moved
from quartier.web.segments.seen import Seen
from quartier.web.segments.versions_page import DifferenceView, said
from quartier.web.segments.words import COUNTED
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Confirm:
    """A page that asks before it acts. `version` is the one that was the last when the page was made."""

    action: str
    back_url: str
    sentence: str
    glance: tuple[KeyFigure, ...]
    consequences: tuple[str, ...]
    difference: DifferenceView | None
    button: str
    version: int
    can_act: bool = True


def of_retiring(seen: Seen, users: tuple[str, ...], campaigns: tuple[str, ...], language: Language) -> Confirm:
    """Before a segment is retired."""
    told = []
    if users:
        told.append(_USED.to(language, users=joined(list(users), language)))
    if campaigns:
        told.append(_CAMPAIGNS.to(language, campaigns=joined(list(campaigns), language)))
    return Confirm(
        f"/segments/{seen.name}/retire", f"/segments/{seen.name}/versions",
        _RETIRING.to(language, n=COUNTED[seen.of].with_(n=len(seen.members))), (), tuple(told), None,
        _RETIRE.to(language), seen.version.version, not users,
    )  # fmt: skip


def of_restoring(ws: Workspace, seen: Seen, number: int, language: Language) -> Confirm:
    """Before an earlier version is in force again. Raises InvalidRequest for a version that there is not."""
    changed = ws.difference(seen.name, seen.version.version, number)
    (tried,) = ws.dry_run([changed.new.document])
    back = f"/segments/{seen.name}/versions"
    return Confirm(
        f"{back}/{number}/restore", back, _RESTORING.to(language, n=number), figures_of(tried, ws, language),
        consequences_of(tried, language), said(changed, language), _RESTORE.to(language, n=number),
        seen.version.version,
    )  # fmt: skip


def figures_of(tried: DryRun, ws: Workspace, language: Language) -> tuple[KeyFigure, ...]:
    """Sizes before and after, who would enter and leave, with what they are worth."""
    moved, counted = tried.moved, COUNTED[tried.moved.of]
    sides = ((_ENTER, moved.entering, tried.entering), (_LEAVE, moved.leaving, tried.leaving))
    size, before = counted.to(language, n=len(moved.after)), _BEFORE.to(language, n=len(moved.before))
    return (
        KeyFigure(size, _AFTER.to(language), before),
        *(
            KeyFigure(
                counted.to(language, n=len(keys)), label.to(language),
                _WORTH.to(language, amount=amount(worth.revenue, ws.config.currency, language, cents=False))
                if worth.revenue and keys else "",
            )
            for label, keys, worth in sides
        ),
    )  # fmt: skip


def consequences_of(tried: DryRun, language: Language) -> tuple[str, ...]:
    """What hangs on the segment and would move with it."""
    frozen = [_FROZEN.to(language, campaign=each) for each in tried.campaigns]
    return (*(_user(each, language) for each in tried.users), *frozen)


def _user(each: Moved, language: Language) -> str:
    return _USER.to(
        language, name=each.segment, entering=len(each.entering), leaving=len(each.leaving), after=len(each.after)
    )


_RETIRING = Text(
    en="The segment goes out of force, with {n} in it now. Its versions and its history stay, and it can be brought "
    "back.",
    fr="Le segment sort de vigueur ; il compte {n} à présent. Ses versions et son historique restent, et il pourra "
    "revenir.",
)
_USED = Text(
    en="It is used by {users}: change or retire these first.",
    fr="Il est utilisé par {users} : modifiez ou retirez d'abord ceux-ci.",
)
_CAMPAIGNS = Text(
    en="The audiences of {campaigns} were drawn from it; they stay as they are.",
    fr="Les audiences de {campaigns} en ont été tirées ; elles restent ce qu'elles sont.",
)
_RETIRE = Text(en="Retire the segment", fr="Retirer le segment")
_RESTORING = Text(
    en="Version {n} comes into force again, as a new version. Evaluated now, it gives:",
    fr="La version {n} revient en vigueur, comme nouvelle version. Évaluée maintenant, elle donne :",
)
_RESTORE = Text(en="Bring version {n} back", fr="Remettre la version {n} en vigueur")
_AFTER, _BEFORE = Text(en="would be in", fr="y seraient"), Text(en="{n} are in now", fr="{n} y sont à présent")
_ENTER, _LEAVE = Text(en="would enter", fr="entreraient"), Text(en="would leave", fr="sortiraient")
_WORTH = Text(en="{amount} of revenue in a year", fr="{amount} de chiffre d'affaires en un an")
_USER = Text(
    en="“{name}” refers to it: {entering} would enter, {leaving} would leave, {after} would be in.",
    fr="« {name} » s'y réfère : {entering} y entreraient, {leaving} en sortiraient, {after} y seraient.",
)
_FROZEN = Text(
    en="The audience of “{campaign}” was drawn from it; it stays as it is.",
    fr="L'audience de « {campaign} » en a été tirée ; elle reste ce qu'elle est.",
)

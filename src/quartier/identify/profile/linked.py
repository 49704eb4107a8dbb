"""The identifiers of a person and the links between them: which are followed, and why the others are not."""

from collections.abc import Iterable, Mapping, Sequence

from quartier.identify.components import Reason
from quartier.identify.profile.known import Identifier, LinkShown
from quartier.store.identities import Identity
from quartier.store.links import Decision, InForce, Link, standing

_REASONS = {Reason.HAND: "hand", Reason.MATCH: "match", Reason.RECORD: "record"}


def identifiers_shown(known: Iterable[Identity], key: int) -> tuple[Identifier, ...]:
    """The identifiers in order of their numbers: those of the person, and those of others to which links lead."""
    ordered = sorted(known, key=lambda each: (each.key != key, each.number))
    return tuple(Identifier(each.number, each.kind, each.value, each.file, each.key == key) for each in ordered)


def links_shown(links: Sequence[Link], decisions: Sequence[Decision], keys: Mapping[int, int]) -> tuple[LinkShown, ...]:
    """Every link with the last decision of its two identifiers; `keys` says whose each identifier is now."""
    said, last = standing(decisions), {(each.a, each.b): each for each in decisions}
    return tuple(_shown(each, said, last.get((each.a, each.b)), keys) for each in links)


def _shown(link: Link, said: InForce, decision: Decision | None, keys: Mapping[int, int]) -> LinkShown:
    return LinkShown(
        link.a, link.b, _REASONS[Reason(link.reason)], link.at, probability=link.probability, rule=link.rule,
        decision=decision.answer if decision else None, author=decision.author if decision else None,
        apart=_apart(link, said, keys), evidence=link.evidence,
    )  # fmt: skip


def _apart(link: Link, said: InForce, keys: Mapping[int, int]) -> str | None:
    """Why a link is not followed, None when it is."""
    pair, is_by_hand = (link.a, link.b), link.reason == Reason.HAND
    if pair in said.refused:
        return "refused"
    if is_by_hand and pair not in said.accepted:
        return "withdrawn"
    if not is_by_hand and not said.blocked.isdisjoint(pair):
        return "blocked"
    return None if keys.get(link.a) == keys.get(link.b) else "apart"

"""Conditions of the stages, proposed from the catalog: what the data hold decides what can be told."""

import re
from collections.abc import Sequence
from typing import Any

from quartier.analyse.journeys.coded import deeds
from quartier.analyse.relation.definition import Relation, StageName
from quartier.catalog import Catalog, Meaning, slug

Where = dict[str, Any]
_REACHABLE = (Meaning.EMAIL, Meaning.PHONE, Meaning.USER_ID)
_COMMITTING = re.compile(
    r"cart|basket|panier|checkout|product_added|quote|devis|trial|essai|demo|wishlist|payment_info|reservation|booking|appointment"
)
_TAKEN_BACK = re.compile(r"removed|abandon|cancel|refund|expired|viewed")


def conditions(asked: Relation, catalog: Catalog, lapsed_after: int | None) -> dict[StageName, Where]:
    """What each stage means: as stated, else as proposed. Stages of which the data say nothing are left out."""
    proposed: dict[StageName, Where | None] = {
        "lead": _known(catalog),
        "prospect": _active(catalog),
        "committed_prospect": _committed(asked, catalog),
        "customer": {"event": asked.purchase} if catalog.event(asked.purchase) else None,
        "lapsed": _lapsed(asked, catalog, lapsed_after),
    }
    found = {stage: asked.conditions.get(stage, where) for stage, where in proposed.items()}
    return {stage: where for stage, where in found.items() if where}


def committing(catalog: Catalog, purchase: str) -> tuple[str, ...]:
    """The events whose names say that somebody is about to buy."""
    names = [each.name for each in catalog.events if each.name.casefold() != purchase.casefold()]
    return tuple(each for each in names if _COMMITTING.search(slug(each)) and not _TAKEN_BACK.search(slug(each)))


def _known(catalog: Catalog) -> Where | None:
    known = [{"trait": found.name, "known": True} for meaning in _REACHABLE if (found := catalog.with_meaning(meaning))]
    return _any(known)


def _active(catalog: Catalog) -> Where | None:
    names = [each.name for each in deeds(catalog.events)]
    return {"event": names} if names else None


def _committed(asked: Relation, catalog: Catalog) -> Where | None:
    names = list(asked.committed or committing(catalog, asked.purchase))
    return {"event": names, "within": f"{asked.committed_for} days"} if names else None


def _lapsed(asked: Relation, catalog: Catalog, days: int | None) -> Where | None:
    if days is None or catalog.event(asked.purchase) is None:
        return None
    recent = {"event": asked.purchase, "within": f"{days} days"}
    return {"all": [{"event": asked.purchase}, {"not": recent}]}


def _any(parts: Sequence[Where]) -> Where | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"any": list(parts)}

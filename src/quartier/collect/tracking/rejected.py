"""Rejected messages as people and programs read them."""

import base64
from typing import Any

from quartier.collect.tracking.reasons import REJECTIONS
from quartier.language import LANGUAGES
from quartier.store.journal import KeptRefusal


def as_json(kept: KeptRefusal) -> dict[str, Any]:
    """One rejected message without its content: plain data with stable keys."""
    refusal, text = kept.refusal, REJECTIONS[kept.refusal.reason]
    return {
        "id": kept.number,
        "state": kept.state,
        "reason": refusal.reason,
        "field": refusal.field,
        "text": {each: text.to(each) for each in LANGUAGES},
        "source": refusal.source,
        "message_id": refusal.message_id,
        "bytes": len(refusal.raw),
        "received_at": kept.received_at.isoformat(),
        "settled_at": kept.settled_at.isoformat() if kept.settled_at else None,
    }


def with_content(kept: KeptRefusal) -> dict[str, Any]:
    """One rejected message with its bytes: as `raw` where they are text, as `raw_base64` where they are not."""
    try:
        return {**as_json(kept), "raw": kept.refusal.raw.decode()}
    except UnicodeDecodeError:
        return {**as_json(kept), "raw_base64": base64.b64encode(kept.refusal.raw).decode()}

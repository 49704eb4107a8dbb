"""docs/reference/tracking.md, written from the tables of limits, reasons and addresses.

python -m tests.docs.tracking
"""

import json
from collections.abc import Iterator
from pathlib import Path

from quartier.api.described import EXAMPLES
from quartier.api.intake import MOST_BYTES
from quartier.api.tracking import ADDRESSES, also
from quartier.collect.tracking.checking import REQUIRED
from quartier.collect.tracking.limits import LIMITS
from quartier.collect.tracking.reasons import REFUSALS, REJECTIONS, RETRY_AFTER

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "tracking.md"

HEAD = """\
# Tracking

<!-- Written by `python -m tests.docs.tracking` from the tables in the code. Change those, not this page. -->

The endpoints of the Segment HTTP API. How to use them: [send what people do](../how-to/track.md). The whole API is
described for programs at `/openapi.json`.

The write key is the name of Basic authentication (no password), or `writeKey` in the body. Bodies are JSON in UTF-8
whatever their content type, gzip if they like. An id that is missing is drawn; send one, so that a message that is
sent twice is stored once.
"""
VERDICTS = """\
## Verdicts

200 says that everything is durable, and what became of each message:

```json
{"success": true, "accepted": 3, "stored": 1, "duplicates": 1, "rejected": 1,
 "rejections": [{"index": 2, "outcome": "rejected", "message_id": null, "reason": "missing", "field": "event",
                 "text": {"en": "this field is needed", "fr": "ce champ est obligatoire"}, "id": 12}]}
```

`accepted` is always `stored` + `duplicates` + `rejected`. `index` is the place in the batch, `id` the number under
which a rejected message waits under `/api/v1/rejected`. A message is a duplicate when its `messageId` was stored
before, ever.
"""
REFUSED = """\
## Why a body is refused

Then nothing of it is kept: `success` is false, `code` and `message` say why, and `Retry-After`, in whole seconds, when
to send it again.

| status | code | means | Retry-After |
|---|---|---|---|"""
TIMES = """\
## Times

The instant of a message is corrected by the clock of the sender: `timestamp = receivedAt - (sentAt - timestamp)`, as
the Segment specification says. Without `sentAt` it stands as it was written, and `/v1/import` always lets it stand. An
instant in the future becomes that of arrival, with the flag `future`; a message without one has the flag
`no_timestamp`, one whose `sentAt` cannot be read `unreadable_sent_at`. What the sender wrote is kept as
`originalTimestamp` and `sentAt`. An instant without a zone is UTC.
"""


def page() -> str:
    """The page, as it must be."""
    return "\n".join([HEAD, *_addresses(), VERDICTS, *_rejections(), *_refusals(), *_limits(), TIMES, *_examples()])


def _addresses() -> Iterator[str]:
    yield "## Addresses\n\n| address | also | what it takes | needs |\n|---|---|---|---|"
    for name, address in ADDRESSES.items():
        short = ", ".join(f"`{path}`" for path in also(name))
        takes = f"one message of type {name}" if address.type else "`batch`: messages that name their `type`"
        needs = ["`userId` or `anonymousId`", *(f"`{field}`" for field in REQUIRED.get(name, ()))]
        yield f"| `POST /v1/{name}` | {short} | {takes} | {', '.join(needs) if address.type else ''} |"
    yield ""


def _rejections() -> Iterator[str]:
    yield "## Why a message is rejected\n\n| reason | means |\n|---|---|"
    yield from (f"| `{code}` | {text.en} |" for code, text in REJECTIONS.items())
    yield ""


def _refusals() -> Iterator[str]:
    yield REFUSED
    for code, each in sorted(REFUSALS.items(), key=lambda item: item[1].status):
        yield f"| {each.status} | `{code}` | {each.text.en} | {RETRY_AFTER.get(code, '')} |"
    yield ""


def _limits() -> Iterator[str]:
    yield "## Limits\n\n| at most | of | beyond | whose |\n|---|---|---|---|"
    for each in LIMITS:
        whose = "Segment's" if each.is_of_segment else "ours"
        yield f"| {each.value:,} {each.unit.en} | {each.bounds.en} | `{each.code}` | {whose} |"
    yield f"| {MOST_BYTES:,} bytes | all bodies at hand in one process | `too_many_requests` | ours |"
    yield ""


def _examples() -> Iterator[str]:
    yield "## A body for each address\n"
    for name, body in EXAMPLES.items():
        yield f"`/v1/{name}`\n\n```json\n{json.dumps(body, indent=2)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

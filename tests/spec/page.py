"""docs/reference/conditions.md, written from the table of operators and the specification.

python -m tests.spec.page
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from quartier.segment.measures import MEASURES
from quartier.segment.operators import OPERATORS, Operator
from tests.spec.language import DEFAULT_NOW, DEFAULT_ZONE, features

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "conditions.md"

INTRODUCTION = """\
# The condition language

<!-- Written by `python -m tests.spec.page` from the operators and the specification. Change those, not this page. -->

A segment is a document: a name, a population, a condition.

```yaml
segment: loyal-shoe-buyers
label: {fr: Fidèles des chaussures, en: Loyal shoe buyers}
population: customers
where:
  all:
    - {trait: country, in: [FR, BE]}
    - {event: Order Completed, where: {products.category: shoes}, within: 90 days, count: {at_least: 2}}
    - {not: {event: Email Link Clicked, within: 30 days}}
```

A condition is a mapping of one kind:

| kind | holds when |
|---|---|
| `trait` with an operator | the person's trait satisfies it |
| `trait` or `event` with a rank | the person has one of the places asked for in the population |
| `place` | the person's position, by two traits, is near a point or city, or in an area |
| `event` with `where`, a window, a measure and a comparison | the measure of the events that count satisfies it |
| `trait` or `event` compared with `{trait: ..., times: ...}` | the number satisfies it with another of the person |
| `trait` with `changed`, a window, `from` and `to` | the trait took another value then |
| `trait` compared with `{ago: ..., times: ...}` | the value satisfies it with the person's own value so long ago |
| `event` compared with `{earlier: ..., times: ...}` | the measure satisfies it with the same in another window |
| `sequence` of steps, with a window, `times` and `same` | the steps happened one after the other |
| `segment` | the person is a member of that segment at the same instant |
| `segment`, `entered` or `left` with a window | the person was seen in that segment, entering or leaving it |
| `campaign` with `was` (`targeted`, `held_out`, `exposed`) and a window | the campaign did that with the person |
| `persons` | the person is in the list |
| `account` | the person belongs to an account for which the condition inside holds |
| `own_time` | the condition inside holds in the person's own time zone |
| `all`, `any`, `none` | every part holds, at least one, not one |
| `at_least` with `of` | at least that many parts hold |
| `not` | the part does not hold |

With `of: account` a segment is of accounts: `trait` reads their traits, `segment` names another segment of accounts,
groups are the same, and instead of conditions over persons there are

| kind | holds when |
|---|---|
| `accounts` | the account is in the list |
| `any_person` | the condition inside holds for at least one of the account's persons |
| `at_least` with `persons` | it holds for at least that many of them |
| `every_person` | the account has persons, and it holds for each of them |
| `no_person` | it holds for none of them |

A window is `within: 90 days`, `ago: {between: [30 days, 90 days]}`, `since: 2026-01-01` and `until: 2026-03-31` (or one
of the two), a period of the calendar, or ever when none is given. Durations are in minutes, hours, days, weeks, months
or years. A period is `during: today`, `yesterday`, `this week` (month, quarter, year), `last month` or `last 3 months`:
the whole ones before the current one. `a year ago` may follow: `during: this month a year ago`.
The event's own time is tested by `when: {weekday: [saturday, sunday], hour: {between: [18, 21]}}`; its parts are
`weekday`, `hour`, `day_of_month` and `month`.
"""
TAKES = {
    "value": "a value",
    "values": "a list of values",
    "pair": "two bounds, the lower first",
    "duration": "a duration",
    "flag": "`true` or `false`",
    "pattern": "a pattern of text",
    "days": "a duration of days or months, less than a year",
    "range": "a number of years or a comparison of it",
}


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            INTRODUCTION,
            *_operators(),
            *_measures(),
            *_ranks(),
            *_places(),
            *(line for each in features() for line in _feature(each)),
        ]
    )


def _operators() -> Iterator[str]:
    yield "## Operators\n"
    yield "| operator | meaning | for | takes |\n|---|---|---|---|"
    yield from (_operator(each) for each in OPERATORS.values())
    yield ""


def _operator(operator: Operator) -> str:
    types = ", ".join(sorted(operator.accepts))
    return f"| `{operator.key}` | {operator.label.to('en')} | {types} | {TAKES[operator.takes]} |"


def _measures() -> Iterator[str]:
    yield "## Measures of events\n"
    yield "`count` unless another is named: `sum: revenue`, `days_since: last`. Each is followed by a comparison,"
    yield "but for `count`, `days`, `weeks` and `months`, which hold it: `days: {at_least: 3}`.\n"
    yield ", ".join(
        f"`{key}`" for key in dict.fromkeys(key.replace("_first", "").replace("_last", "") for key in MEASURES)
    )
    yield ""


def _ranks() -> Iterator[str]:
    yield "## Ranks\n"
    yield "`top: 10 %`, `top: 100`, `bottom: 10 %`, `share_of_total: 80 %`: in place of a comparison of a number.\n"


def _places() -> Iterator[str]:
    yield "## Areas\n"
    yield "`place: {near: [48.8566, 2.3522], within: 10 km}` (or `m`, `miles`), `{near: Lyon, within: 30 km}`,"
    yield "`{near: {city: Paris, country: FR}, within: 5 km}`, `{in: {south: 48, west: 2, north: 49, east: 3}}` or"
    yield "`{in: [[48, 2], [49, 2], [49, 3]]}` with up to 100 corners."
    yield "Named cities need `pip install 'quartier[places]'`; their positions are those of"
    yield "[GeoNames](https://www.geonames.org), under CC BY 4.0.\n"


def _feature(feature: dict[str, Any]) -> Iterator[str]:
    yield f"## {feature['feature']}\n"
    yield f"{feature['about']}\n"
    yield f"At {feature.get('now', DEFAULT_NOW)} UTC, in {feature.get('zone', DEFAULT_ZONE)}, with\n"
    yield f"```text\n{feature['world'].strip()}\n```\n"
    if "segments" in feature:
        yield "and these segments\n"
        yield "```yaml\n" + "\n".join(f"- {_flow(each)}" for each in feature["segments"]) + "\n```\n"
    yield "| | condition | members |\n|---|---|---|"
    yield from (_case(case) for case in feature["cases"])
    yield ""


def _case(case: dict[str, Any]) -> str:
    title = case["title"] + (f" (at {case['now']})" if "now" in case else "")
    population = f"<br>population: `{case['population']}`" if "population" in case else ""
    of = f"<br>of: `{case['of']}`" if "of" in case else ""
    outcome = f"refused: {case['refused']}" if "refused" in case else ", ".join(case["members"]) or "nobody"
    return f"| {title} | `{_flow(case['where'])}`{of}{population} | {outcome} |"


def _flow(document: Any) -> str:
    """On one line, as one would write it."""
    return str(
        yaml.safe_dump(document, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    ).strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""docs/reference/command-line.md, written from the tree of commands and the JSON forms below.

python -m tests.docs.command_line
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from quartier.cli.bilingual import Command, Group, Option
from quartier.cli.main import tree

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
Keys = Mapping[str, str]

INTRODUCTION = """\
# Command line

<!-- Written by `python -m tests.docs.command_line` from the commands themselves. Change those, not this page. -->

`quartier [OPTIONS] COMMAND …`: `--help` shows each command with an example, in the language of the workspace; `--lang
fr` before the command chooses another.

## Exit codes

| code | means |
|---|---|
| 0 | done |
| 1 | a defect of Quartier, with its traceback: please report it |
| 2 | what was given cannot be used; nothing was stored |
| 3 | `segment audit` found a segment wrong, failed or stuck; a message is still rejected |
| 4 | another process holds the workspace |
| 5 | what is on disk contradicts itself, or `verify` found damage |
| 6 | `source run` could not read a source to its end; what came is kept |
| 130 | interrupted |

## JSON

With `--json` a command writes JSON, and nothing else, to standard output. Keys are stable: they may be added to, and
are renamed or taken away only with a line in the [changes](changes.md). Instants are ISO 8601 with their offset, dates
are ISO 8601, shares are between 0 and 1, what is not known is `null`. `--json` asks nothing: `collect --json` takes the
guessed mapping as `--yes` does, and its `questions` say what the guess was unsure of.

An error is one line of JSON on standard error, with the same exit code:

| key | meaning |
|---|---|
| `error.exit_code` | as above |
| `error.message` | the whole message, as it is written without `--json` |
| `error.kind` | `usage`, `unreadable_file`, `ambiguous_file`, `invalid_definition`, `unknown_name`, \
`invalid_request`, `workspace_busy`, `workspace_damaged`, \
`journal_damaged`, `journal_full`, `journal_stopped`, `refused_by_system`, `interrupted` |
| `error.what`, `error.where`, `error.remedy` | what happened, where, what to do |
| `error.problems` | for `invalid_definition`: every problem, each with `place`, `what` and `remedy` |

When `collect` is given several files, all their mappings are settled before the first row is stored, and each file is
then stored whole or not at all. If one is refused, those before it stay: they are in `imports` on standard output, and
the error is on standard error.
"""

_USER = {
    "id": "the user's number", "email": "their e-mail", "name": "what they are called", "role": "their role",
    "language": "in which they read; `null`: as their browser asks", "created_at": "since when they are a user",
    "closed_at": "since when they may no longer sign in",
}  # fmt: skip
_WRITE_KEY: Keys = {
    "key": "the key", "source": "the name of the source", "origins": "the web origins that may use it; none: all",
    "created_at": "the instant", "revoked_at": "the instant, or `null`",
}  # fmt: skip
_REJECTED: Keys = {
    "id": "its number", "state": "`open`, `replayed` or `dropped`", "reason": "the code of the reason",
    "field": "the field at fault", "text": "the reason (`en`, `fr`)", "source": "its source",
    "message_id": "its id, if one could be read", "bytes": "its size", "received_at": "the instant",
    "settled_at": "the instant, or `null`",
}  # fmt: skip
_SOURCE: Keys = {
    "source": "its name", "from": "`database`, `rest`, `files`, or the connector", "every": "how often, or `null`",
    "next_at": "when it is due, or `null`", "last_run": "as in `source runs`, or `null`", "document": "the definition",
}  # fmt: skip
_SOURCE_RUNS: Keys = {
    "runs": "each with `id`, `source`, `started_at`, `ended_at` (`null` when it was cut short), `rows_in`, `stored`, "
    "`rejected`, `newest_at`, `lag_seconds` (how old the newest row was at the end), `changes` (`stream`, `column`, "
    "`what`: `appeared`, `vanished` or `retyped`, `was`, `now`), `error` (by language, or `null`)",
}
_STANDING: Keys = {
    "segment": "its name", "of": "`person` or `account`", "label": "its label, `en` and `fr`, or `null`",
    "version": "of the definition in force",
    "size": "how many members", "at": "the instant of the evaluation", "position": "in the log of memberships",
    "entered": "how many entered at this evaluation", "left": "how many left",
}  # fmt: skip
_FINDINGS: Keys = {
    "findings": "what its definition can never give: `verdict` (`always_empty` or `always_all`), `place`, `because` "
    "(the places of the parts that exclude one another), `is_of_the_population` (whether it is so only there), `what` "
    "and `remedy` (`en` and `fr`)",
}
_SIZED: Keys = {
    "segment": "its name", "size": "how many members", "population": "of how many", "at": "the instant",
    "of": "`person` or `account`",
}  # fmt: skip
_VERSION: Keys = {
    "segment": "its name", "version": "its number", "at": "when it was written", "author": "by whom",
    "is_retired": "whether it takes the segment out of force", "document": "the definition",
}  # fmt: skip
_CATALOG: Keys = {
    "kind": "`catalog`",
    "rule": "which of several values is held: `most_recent`, `most_trusted`, `most_frequent`, "
    "`verified_first`",
    "trusted": "files and sources of messages, the most trusted first",
    "verified": "files and sources of messages that verify what they say",
    "traits": "each with `name`, `type`, `family`, `label`, `sensitivity`, `origin`, `of`, `meaning`",
    "events": "each with `name`, `label` and `properties`",
}  # fmt: skip

_EXPORTED = ("kind", "traits", "events")
"""What an exported catalog always says; the rest only where it is not as usual."""

_VERIFICATION: Keys = {
    "is_well": "whether nothing is damaged", "at": "the instant", "messages": "that are sound",
    "entries": "of the journal that hold them", "refusals": "refused messages that are kept",
    "imports": "files that are those that were imported",
    "lost": "messages that were recorded as lost, each range with `first` and `last`",
    "damages": "each with `part` (`settings`, `store`, `journal`, `index`, `imports`), `file`, `first` and `last` (the "
    "numbers of the messages, or `null`), `en` and `fr`",
}  # fmt: skip

_WAITING: Keys = {
    "place": "where it is in the catalog", "label": "its name, `en` and `fr`", "type": "its type, `null` for an event",
    "family": "the family it was put in, `null` for events and properties", "sensitivity": "how it is to be handled",
}  # fmt: skip

_SURVEY: Keys = {
    "survey": "its name", "title": "`en` and `fr`", "version": "in force", "author": "who applied it",
    "at": "since when", "questions": "how many", "asked": "how many persons were asked",
    "answered": "how many of them answered",
}  # fmt: skip
_CONSEQUENCE: Keys = {
    "identifiers": "how many belong to another person than before", "persons": "public ids of the persons concerned",
    "added": "how many persons come to be", "gone": "how many are no longer there",
    "segments": "of each segment how many of these persons are in it now", "done": "whether it was written",
}  # fmt: skip
_PERSON: Keys = {
    "person": "the public id", "name": "the name, the e-mail where there is none, else the public id",
    "at": "the instant as of which", "known_since": "since when, or `null`",
    "traits": "each with `trait`, `label`, `family`, `value` (`null` where it is masked), `origin`, `source` (a file, "
    "the source of messages, a model), `since`, `earlier_values` (how many), `sensitivity`, `is_masked`, `rule` (why "
    "this value: as in the catalog)",
    "timeline": "`events` (how many), `counts` (of each type: `event`, `label`, `events`), `newest` (each with "
    "`event`, `label`, `at`, `event_id`, `properties`, `masked`: the names of properties that are not told)",
    "memberships": "`now` and `before` (each with `segment`, `label`, `since`, `until`), `hidden` (how many segments "
    "are not told)",
    "identifiers": "each with `number`, `kind`, `value`, `source` (the file that brought it, `null` for messages), "
    "`is_own`",
    "links": "each with `a` and `b` (numbers of identifiers), `reason` (`record`, `match`, `hand`), `at`, "
    "`probability`, `rule`, `decision` (`accepted`, `refused`, `open`, or `null`), `author`, `is_followed`, `apart` "
    "(why it is not: `refused`, `withdrawn`, `blocked`, `apart`), `evidence`",
    "similar": "as for `person similar`",
}  # fmt: skip
_SIMILAR: Keys = {
    "similar": "each with `person`, `name`, `alike` (from 0 to 1), `shared` (each with `trait`, `label`, `value`, "
    "`other`, `alike`)",
}
_HISTORY: Keys = {
    "person": "the public id", "trait": "its name", "label": "its label, `en` and `fr`",
    "values": "the newest first, each with `value`, `since`, `until` (`null` for the one that is held), `source`",
    "is_masked": "whether the values are not told",
}  # fmt: skip
_ACCOUNT: Keys = {
    "account": "the public id", "name": "the name, else the number, else the public id",
    "at": "the instant as of which",
    "traits": "each with `trait`, `label`, `family`, `value` (`null` where it is masked), `origin`, `sensitivity`, "
    "`is_masked`",
    "hierarchy": "`above` (its parents, its own first) and `below` (those right under it), each with `account`, `name`",
    "members": "`in_all`, `former` (how many), `shown` (each with `person`, `name`, `role`, `role_label`, `since`, "
    "`until`, `by`)",
    "events": "the newest of its persons, each with `event`, `label`, `at`, `person`, `name`",
    "segments": "each with `segment`, `label`",
}  # fmt: skip
FORMS: Mapping[str, tuple[str, Keys]] = {
    "quartier example": ("object", {"files": "paths of the files written"}),
    "quartier init": (
        "object",
        {
            "workspace": "its folder", "name": "what reports call it", "language": "`en` or `fr`",
            "time_zone": "IANA name", "currency": "ISO 4217 code", "country": "ISO 3166 code",
            "places": "whether places of persons are derived",
            "is_synthetic": "whether its persons are made up",
            "memory_limit": "most memory of the engine", "threads": "of the engine, `null` for as many as cores",
            "query_seconds": "how long a query may take",
            "join_by_domain": "whether the domain of an e-mail makes a member of a company",
            "households": "whether one address and one last name make a household",
            "household_most": "most persons of a household",
            "open_id": "how users sign in with a provider, or `null`",
        },
    ),
    "quartier collect": (
        "object",
        {
            "imports": "one per file stored: `name`, `seq` (`null` when nothing was new), `rows_in` = `stored` + "
            "`duplicates` + `rejected`, `events` (rows per event type), `persons_added`, `accounts_added`, `findings`, "
            "`reasons` (`column`, `reason`, `rows`), `rejected_file`, `mapping`, `questions`",
            "segments_added": "names of the ready-made segments that now apply",
        },
    ),
    "quartier source apply": ("object", {"sources": "the documents that are now in force"}),
    "quartier source list": (
        "object", {"sources": "each with " + ", ".join(f"`{key}` ({what})" for key, what in _SOURCE.items())},
    ),
    "quartier source show": ("object", {"source": "and the other keys of [the document](../how-to/sources.md)"}),
    "quartier source try": (
        "object", {"streams": "each with `stream`, `rows` (the first ones, as text), `mapping` and `questions`"},
    ),
    "quartier source run": ("object", _SOURCE_RUNS),
    "quartier source runs": ("object, the newest first", _SOURCE_RUNS),
    "quartier source retire": ("object", {"retired": "its name"}),
    "quartier catalog show": ("object", _CATALOG),
    "quartier catalog export": ("object", {name: said for name, said in _CATALOG.items() if name in _EXPORTED}),
    "quartier catalog apply": ("object", _CATALOG),
    "quartier quality": (
        "object",
        {
            "at": "the instant", "persons": "how many there are",
            "traits": "each with `filled` of `rows`, `valid` by `rule`, `outliers` and `drift`",
            "events": "each with `events`, `last_at`, `volume`, and its `properties` as traits are",
            "attention": "what to look at, the most pressing first: `kind`, `event`, `name` and `said`",
        },
    ),
    "quartier analyse advise": (
        "object",
        {
            "at": "the instant", "persons": "in all",
            "families": "the nine: `verdict` (`feasible`, `partly`, `not_yet`), `columns`, `methods`, `missing`",
            "sizing": "segments that the base bears: `usual`, `held_out` and `rows` by effect, with `smallest`",
        },
    ),
    "quartier analyse opportunities": (
        "object",
        {
            "at": "the instant", "persons": "in all",
            "market": "the base against the table in force, or `null`: `findings`, each with `said`, `why`, `size`, "
            "`interval` and the `document` of its segment; `cells`, each with its shares, `index`, `more` `standing`",
            "catalogue": "categories by who looks and who buys: `findings` and `cells` as above, `products`",
            "contact": "who promises much and was left alone: `findings` as above, `tenths` by contact, `consent`",
            "growth": "what grows faster than the base: `findings` as above, `segments` and `values` with `ratio`",
        },
    ),
    "quartier analyse funnel": (
        "object",
        {
            "steps": "each with `event`, `persons`, `of` (at the step before), `share`, `low`, `high`, `dropped`",
            "times": "from each step to the next: `done`, `waiting`, quartiles in days `of_done` and `of_all`",
            "groups": "each with `value` and `steps`", "others": "all other values together, or `null`",
            "whole": "share of the first step at the last",
            "widest_drop": "the place of the step before which most drop off",
        },
    ),
    "quartier analyse paths": (
        "object",
        {
            "root": "`events`, `persons`, `branches` (each like this one), `others`, `other_ways`, `ended`",
            "side": "`after` or `before`", "open": "who has not had the whole time yet", "most": "the first branch",
        },
    ),
    "quartier analyse retention": (
        "object",
        {
            "at": "the instant", "cohorts": "each with `month`, `persons`, `ordered` (who did it, by month after)",
            "customers": "persons in all cohorts",
        },
    ),
    "quartier analyse sequences": (
        "object",
        {
            "sequences": "each with `events`, `persons`, `share`", "looked_at": "persons who were looked at",
            "persons": "with an event in that time", "is_whole": "whether all were looked for",
            "left_out": "types of events too rare to follow",
        },
    ),
    "quartier inbox list": ("list of objects", _WAITING),
    "quartier inbox accept": ("list of objects", _WAITING),
    "quartier account find": (
        "object",
        {
            "accounts": "each with `account`, `name`, `by` (`public_id`, the trait that holds the number, or `name`)",
            "next": "the `--after` of the next page, or `null`",
        },
    ),
    "quartier account show": ("object", _ACCOUNT),
    "quartier account tree": (
        "object", {"tree": "`account`, `name`, `is_asked`, `children` (each like this one), from the top"},
    ),
    "quartier account findings": (
        "object", {"findings": "each with `code`, `n`, `text` (`en`, `fr`), `accounts` (public ids of some)"},
    ),
    "quartier account suggestions": (
        "object", {"suggestions": "each with `account`, `name`, `domain`, `persons` (how many), `is_applied`"},
    ),
    "quartier segment list": (
        "object",
        {
            "persons": "how many there are", "accounts": "how many there are",
            "segments": "each as in `segment refresh`, with `state`: `well`, `failed` or `stuck`, and `findings` as in "
            "`segment preview`",
        },
    ),
    "quartier segment refresh": ("list of objects, empty with `--if-due` when nothing is", _STANDING),
    "quartier person find": (
        "object",
        {
            "persons": "each with `person`, `name`, `by` (`public_id`, the kind of the identifier, or `name`)",
            "next": "the `--after` of the next page, or `null`",
        },
    ),
    "quartier person show": ("object", _PERSON),
    "quartier person similar": ("object", _SIMILAR),
    "quartier person history": ("object", _HISTORY),
    "quartier link show": (
        "object",
        {
            "links": "each with `a` and `b` (`kind`, `value`), `reason` (`record`, `match`, `hand`), `rule`, "
            "`probability`, `evidence`, `at`, `state` (`followed`, `refused`, `two_customers`, `too_many`, "
            "`says_nothing`), `decision` (the last on the two: `number`, `answer`, `author`, `at`, `note`; or `null`)",
        },
    ),
    "quartier link review": (
        "object",
        {
            "doubts": "links that were not followed: `a`, `b`, `why` (`two_customers`, `too_many`), `since`, "
            "`customers` (the user ids of both sides)",
            "doubts_in_all": "how many there are",
            "shared": "identifiers that tell nobody: `identifier`, `customers`, `others` (identifiers in all)",
            "shared_in_all": "how many there are",
            "alike": "the doubtful pairs of the last matching: `a`, `b`, `probability`, `rule`, `reasons` (`field`, "
            "`weight` in bits, `what` in both languages), `at`",
            "alike_in_all": "how many there are",
        },
    ),
    "quartier link match": (
        "object",
        {
            "certain": "how many pairs were linked, or would be", "doubtful": "how many wait for somebody",
            "merged_persons": "how many persons turned out to be others", "touched_persons": "how many have other "
            "identifiers than before", "records": "how many identifiers are known", "new_records": "how many of them "
            "were new", "pairs_compared": "how many pairs were looked at", "is_written": "whether anything was linked",
            "links": "of the certain ones as many as `--examples` says, as for `link review`", "to_review": "of the "
            "doubtful ones", "at": "the instant",
        },
    ),
    **{f"quartier link {each}": ("object", _CONSEQUENCE) for each in
       ("accept", "refuse", "split", "block", "allow", "undo")},
    "quartier link decisions": (
        "object",
        {"decisions": "newest first, each with `number`, `answer`, `author`, `at`, `note`, `a`, `b` (or `null`)"},
    ),
    "quartier link limits": ("object", {
        "identification": "`persons`", "trusted": "the kinds of identifiers that link",
        "most_identifiers": "how many a person may have",
        "most_customers": "with how many user ids an identifier may come", "most_others": "with how many others; "
        "with `--apply`, what it changes is told as for `link accept`",
    }),
    "quartier segment due": (
        "object",
        {
            "due_at": "the instant, or `null` when nothing changes until data do", "is_over": "whether it has come",
            "because": "`time`, `data` (some changed), `definition` (segments not evaluated as they are) or `nothing`",
            "segments": "names of those that may change then",
        },
    ),
    "quartier segment preview": (
        "list of objects",
        _SIZED | _FINDINGS | {"sentence": "what it means, in the reader's language", "sample": "the first members"},
    ),
    "quartier segment dry-run": (
        "list of objects",
        {
            "segment": "its name", "of": "`person` or `account`",
            "size_before": "members by the version in force", "size": "members by the new one",
            "entering": "how many would enter", "leaving": "how many would leave", "at": "the instant of both",
            "is_new": "whether no version is in force", "sentence_before": "`en` and `fr`, or `null`",
            "sentence": "`en` and `fr`", "entering_worth": "`revenue` of the last 365 days and `lifetime_value`, or "
            "`null`", "leaving_worth": "the same of those who would leave",
            "users": "segments that refer to it, each with its sizes", "campaigns": "with an audience drawn from it",
            "entering_sample": "with `--rows`", "leaving_sample": "with `--rows`",
        },
    ),
    "quartier segment near": (
        "list of objects",
        {"person": "public id", "enters": "`true`", "is_sure": "whether no other condition reads the same data",
         "cost": "the distance", "changes": "each with `said`, `before`, `after`, `more`, `cost`"},
    ),
    "quartier segment count": ("object", _SIZED),
    "quartier segment members": (
        "object", _SIZED | {"members": "one object each; with `--out` instead `path` and `written`, the rows written"},
    ),
    "quartier segment explain": (
        "object",
        {
            **_FINDINGS, "kind": "of condition", "holds": "whether it holds for the person",
            "decides": "whether the answer hangs on it", "sentence": "`en` and `fr`",
            "observed": "the value found, or `null`",
            "stopped_at": "the step of a sequence that did not happen as it must (the first is 1), or `null`",
            "events": "those that count: `occurred_at`, `event`, `values`",
            "valid_until": "until when it stays so if no data change, or `null` when time never changes it",
            "turns_then": "whether it changes at that instant; otherwise it stays so until then at least",
            "depends_on_others": "whether the data of other persons can change it sooner",
            "parts": "the conditions inside, each in the same form",
            "near_miss": "with `--near`: `enters`, `is_sure`, `cost` and `changes`, as in `segment near`",
        },
    ),
    "quartier segment apply": ("list of objects", _STANDING | _FINDINGS),
    "quartier segment ready-made": (
        "list of objects without a name; with names an object that has `segments_added` alone",
        {
            "kind": "its name, stable", "label": "`en` and `fr`", "about": "who they are: `en` and `fr`",
            "family": "of segmentation", "of": "`person` or `account`",
            "is_on_request": "whether it is made only when named", "data_support_it": "whether its needs are met",
            "segments_added": "ready-made segments that are now in force",
        },
    ),
    "quartier segment export": (
        "list of objects", {"segment": "and the other keys of [the definition](conditions.md)"},
    ),
    "quartier segment history": (
        "object",
        {
            "observed": "`segment`, `before` (the size when it begins, or `null`), `is_reconstructed`, `as_today`, "
            "`sizes`: each with `at`, `size`, `entered`, `left`, `version`; `null` where a past is computed",
            "reconstructed": "the same for a past that was computed from events; `as_today` are the conditions that "
            "read what bears no times, `entered` and `left` are `null` where nothing is known of the time before",
        },
    ),
    "quartier segment flow": (
        "object",
        {
            "since": "the first instant", "until": "the second", "segments": "their names",
            "before": "their sizes at the first instant", "after": "their sizes at the second",
            "shared": "members of the segment of the row at first who are in that of the column at the end",
            "places": "the segments, then `(several)` and `(nowhere)`",
            "counts": "persons by place at first (rows) and at the end (columns), each person once",
        },
    ),
    "quartier segment versions": ("list of objects", _VERSION),
    "quartier segment diff": (
        "object",
        {
            "segment": "its name", "old": "a version as in `segment versions`", "new": "the other",
            "edits": "each with `kind` (`added`, `removed`, `changed`), `place`, `before`, `after` and, `en` and `fr` "
            "or `null`, `before_in_words`, `after_in_words`",
            "old_sentence": "what it meant, `en` and `fr`, or `null` where the catalog no longer has its names",
            "new_sentence": "what it means",
        },
    ),
    "quartier segment undo": ("object", _STANDING),
    "quartier segment retire": ("object", _VERSION),
    "quartier segment audit": (
        "object",
        {
            "is_well": "whether nothing is wrong, failed or stuck", "at": "the instant",
            "seed": "from which the sample was drawn", "persons": "how many there are",
            "sampled": "how many were drawn", "refreshed_at": "the instant of the last complete refresh, or `null`",
            "segments": "each with `segment`, `state` (`well`, `wrong`, `failed`, `stuck`), `troubles`, "
            "`evaluated_at`, `lag_seconds` since then, `since` (first evaluation), `age_seconds`, `waiting` (persons "
            "whose data changed since), `error` (by language, or `null`), `compared`, `members_compared`, `left_out`, "
            "`mismatches`, `mismatch_rate`, `wrongly_in` and `wrongly_out` (public ids), `strangers` (members who are "
            "no person), `unchecked` (`needs_others`, `not_evaluated` or `null`)",
        },
    ),
    "quartier model list": (
        "object",
        {
            "models": "each with `model`, `label` and `sentence`", "runs": "the last of each: `name`, `model`, `at`",
        },
    ),
    "quartier model show": (
        "object",
        {
            "model": "the kind", "name": "its name", "at": "when it ran", "as_of": "the instant from which it looked",
            "persons": "in all", "scored": "of whom so many had values", "traits": "names written",
            "figures": "what it found, by kind", "findings": "what to know, `en` and `fr`",
            "parameters": "the document",
        },
    ),
    "quartier model segments": (
        "list of objects",
        {"segment": "its name", "label": "`en` and `fr`", "where": "the condition", "…": "the document"},
    ),
    "quartier model run": (
        "object",
        {
            "model": "the kind", "name": "its name", "at": "when it ran", "as_of": "the instant from which it looks",
            "persons": "in all", "scored": "of whom so many have values", "traits": "names written",
            "figures": "what it found, by kind",
            "findings": "what to know, `en` and `fr`", "segments_added": "ready-made segments that now apply",
        },
    ),
    "quartier survey new": ("object", {"kind": "`survey`", "survey": "its name", "…": "the document"}),
    "quartier survey apply": ("list of objects", _SURVEY),
    "quartier survey list": ("list of objects", _SURVEY),
    "quartier survey show": ("object", {"kind": "`survey`", "survey": "its name", "…": "the document"}),
    "quartier survey invite": (
        "object",
        {
            "survey": "its name", "path": "of the list", "invited": "how many links", "asked_lately": "how many were "
            "left out", "at": "the instant", "ends_at": "until when the links work",
        },
    ),
    "quartier survey results": (
        "object",
        {
            "survey": "its name", "at": "the instant", "persons": "who answered, each once by the last answer",
            "reached": "`shown`, `answered`, `declined`, `share` with its `interval`",
            "questions": "each with `question`, `type`, `text`, `answered`, `shares` (`value`, `label`, `count`, `of`, "
            "`share`, `interval`), `estimates` (`kind`: `nps`, `satisfied`, `mean` or `median`, `value`, `interval`) "
            "and `quartiles`",
            "segments": "each with `segment`, `is_shown` (`false` under five answers), `answered`, `questions`",
        },
    ),
    "quartier target export": (
        "object",
        {
            "campaign": "its name", "path": "of the list", "columns": "of the list", "persons": "in the list",
            "held_out": "kept apart", "at": "when the audience was frozen", "segment": "its name",
            "holdout": "the share asked for",
        },
    ),
    "quartier evaluate": (
        "object",
        {
            "campaign": "its name", "outcome": "`label` (`en`, `fr`), `unit`, `currency`", "at": "the instant",
            "starts_at": "first exposure", "ends_at": "end of the last window",
            "is_partial": "whether windows are still open",
            "overall": "the effect: `targeted` and `held_out` (`persons`, `mean`, `variance`, `responders`), "
            "`difference`, `interval`, `lift`, `lift_interval`, `confidence`, `pvalue`, `pvalue_adjusted`, `verdict`, "
            "`caution`, `needed`, `visible`; see [outcomes](outcomes.md)",
            "segments": "the same per segment, with `segment`", "sample_ratio": "whether the arms have the sizes drawn",
            "findings": "`kind`, `is_loud`, `en`, `fr`",
        },
    ),
    "quartier segmentation": (
        "object",
        {
            "at": "the instant", "since": "the earlier instant with which members are compared",
            "base_label": "the base in words", "coverage": "`base`, `persons`, and `in_none`, `in_one`, `in_several` "
            "with their shares", "balance": "`smallest`, `largest`, `ratio`, `evenness`, `effective`",
            "segments": "each with `name`, `label`, `persons`, `share`, `alone`, `reach`, `reachable`, `drift` "
            "(`since`, `then`, `kept`, `jaccard`), `size_range`, `steadiness`, `homogeneity` per trait, `silhouette`",
            "overlap": "`names`, `sizes` and the matrices `counts`, `jaccard`, `shares`",
            "doubles": "`one`, `other`, `likeness`, `persons`, `jaccard`",
            "traits": "`trait`, `label`, `kind`, `persons`, `explained`, `is_defining`",
            "silhouette": "`persons`, `traits`, `mean`, `segments`, or `null`",
            "sampled": "persons whose traits were compared", "findings": "`kind`, `segments`, `said`",
            "advice": "`segments`, `measurable`, `enough`, `team`, `said`; all of it explained in "
            "[What makes a good set of segments](../explanation/segmentation.md)",
        },
    ),
    "quartier analyse associations": (
        "object",
        {
            "at": "the instant", "persons": "who were read",
            "members": "the traits in their order: `trait`, `label`, `family`, `is_category`, `known`",
            "pairs": "`first`, `second`, `measure`, `persons`, `value`, `p_value`, `is_clear`, `strength`",
            "left_out": "`trait`, `label`, `reason`",
        },
    ),
    "quartier analyse drivers": (
        "object",
        {
            "persons": "who were read", "drawn": "of them learned from", "outcomes": "of these with the outcome",
            "honest": "areas (`value`, `low`, `high`) by `trees` and `regression`", "with_all": "the same, or `null`",
            "doubtless": "the same, or `null`", "is_told": "whether better than chance",
            "leaks": "`trait`, `label`, `is_accused`, `signs`, `area`, `filled_with`, `filled_without`, `later`, `why`",
            "weights": "`trait`, `label`, `share`, `low`, `high`, `direction`",
            "effects": "`trait`, `label`, `level`, `persons`, `share`, `odds`, `low`, `high`, `p_value`, `is_clear`",
            "left_out": "`trait`, `label`, `reason`",
            "cut": "of what comes later, what was known when, else `null`", "until": "by when it came, else `null`",
        },
    ),
    "quartier report": (
        "object",
        {
            "report": "path of the page", "language": "`en` or `fr`", "at": "the instant", "segments": "names in it",
            "effects": "how many campaigns were measured", "pictures": "paths of the pictures",
        },
    ),
    "quartier serve": (
        "object, once it listens",
        {"url": "what an SDK takes as its host", "host": "the address", "port": "the port",
         "write_key": "the oldest write key in force, made for the source `web` when there is none",
         "setup_url": "the link by which the first owner comes in, or `null` once there is a user"},
    ),
    "quartier user list": ("list of objects", _USER),
    "quartier user invite": ("object", {"path": "the link's path, which works once"}),
    "quartier user password": ("object", {"path": "the link's path, which works once"}),
    "quartier user role": ("object", _USER),
    "quartier user close": ("object", _USER),
    "quartier user reopen": ("object", _USER),
    "quartier user second-factor-off": ("object", _USER),
    "quartier key create": ("object; of a secret key only `key`", _WRITE_KEY),
    "quartier key list": (
        "object",
        {"write_keys": "each as in `key create`", "secret_keys": "`start` (first characters), `created_at`, "
         "`revoked_at`, `name`, `scopes` (`null`: all), `expires_at`"},
    ),
    "quartier key revoke": ("object", {"revoked": "the key"}),
    "quartier rejected list": ("list of rejected messages", _REJECTED),
    "quartier rejected show": (
        "object", {**_REJECTED, "raw": "the bytes as text; `raw_base64` instead where they are not UTF-8"},
    ),
    "quartier rejected replay": (
        "object; of a message that is still rejected also `reason`, `field`, `text` and `id`, with exit code 3",
        {"index": "0", "outcome": "`stored`, `duplicate` or `rejected`", "message_id": "its id"},
    ),
    "quartier rejected drop": ("object", {"dropped": "their numbers"}),
    "quartier rebuild": (
        "object",
        {
            "tables": "of the engine", "persons": "how many there are", "files": "how many were read",
            "messages": "the number of the last one of the journal",
            "lost": "`first` and `last` of the messages that the journal no longer had; null",
            "unanswered": "the models for which the data no longer hold an answer; their traits are empty",
        },
    ),
    "quartier verify": (
        "object",
        _VERIFICATION
        | {
            "given_up": "with `--give-up`: the ranges that were damaged, each with `first` and `last`",
            "set_aside": "where the damaged file is kept, or `null`",
        },
    ),
    "quartier backup": (
        "object",
        {
            "backup": "its folder", "at": "the instant: what was acknowledged before is in it",
            "messages": "the number of the journal's last message", "files": "how many", "bytes": "their size",
            "elsewhere": "names of imported files that stay outside of the workspace and are not in it",
            "verification": "of the backup, as in `verify`",
        },
    ),
    "quartier restore": (
        "object",
        {
            "workspace": "its folder", "at": "the instant of the backup",
            "messages": "the number of the journal's last message", "elsewhere": "as in `backup`",
            "verification": "with `--verify`: as in `verify`, else `null`",
        },
    ),
    "quartier demo": (
        "object",
        {
            "collected": "as in `collect`", "rfm": "customers per class", "segments": "as in `segment refresh`",
            "target": "as in `target export`", "effects": "as in `evaluate`", "reports": "names of the two pages",
        },
    ),
}  # fmt: skip


def commands(command: Command | Group, path: str = "quartier") -> Iterator[tuple[str, Command | Group]]:
    """Every command with its path, in the order of the road."""
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, f"{path} {name}")


def page() -> str:
    """The page, as it must be."""
    root = tree("en")
    parts = [INTRODUCTION, "## Options of every command\n", _options(root)]
    for path, command in commands(root):
        if not isinstance(command, Group):
            parts += [f"## {path}\n", *_described(path, command)]
    return "\n".join(parts)


def _described(path: str, command: Command | Group) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    yield f"{command.text.en}\n"
    yield f"```\n{path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    yield _options(command)
    yield f"Example:\n\n```\n{command.example}\n```\n"
    form, keys = FORMS[path]
    rows = "\n".join(f"| `{key}` | {meaning} |" for key, meaning in keys.items())
    yield f"With `--json`: {form}\n\n| key | meaning |\n|---|---|\n{rows}\n"


def _options(command: Command | Group) -> str:
    rows = []
    for each in command.params:
        if isinstance(each, Option):
            names = ", ".join(f"`{name}`" for name in each.opts)
            rows.append(f"| {names} | {each.text.en}{_choices(each)} |")
    return "| option | meaning |\n|---|---|\n" + "\n".join(rows) + "\n"


def _choices(option: Option) -> str:
    choices = f" One of {', '.join(f'`{each}`' for each in option.type.choices)}." if _is_choice(option) else ""
    return choices + (f" `{option.default}` unless given." if option.show_default else "")


def _is_choice(option: Option) -> bool:
    return isinstance(option.type, click.Choice)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""What became of a file, as the command line says it."""

from typing import TYPE_CHECKING

from quartier.cli.session import Session
from quartier.cli.words import DUPLICATES, REJECTED, ROWS, STORED
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.collect.summary import ImportSummary


def say_import(done: "ImportSummary", now: Session) -> None:
    """Rows in = stored + duplicates + rejected; then what they added, what was refused and why, what to know."""
    now.say(
        _SUMMARY,
        name=done.name,
        rows=ROWS.with_(n=done.rows_in),
        stored=STORED.with_(n=done.stored),
        duplicates=DUPLICATES.with_(n=done.duplicates),
        rejected=REJECTED.with_(n=done.rejected),
    )
    for event, n in done.events.items():
        now.say(_EVENTS, event=event, n=n)
    if done.persons:
        now.say(_NEW_PERSONS, n=done.persons)
    if done.accounts:
        now.say(_NEW_ACCOUNTS, n=done.accounts)
    for column, reason, n in done.reasons:
        now.say(_REASON, rows=ROWS.with_(n=n), column=column, reason=reason)
    if done.rejected_file:
        now.say(_REJECTED_FILE, path=str(done.rejected_file))
    for finding in done.findings:
        now.say(_FINDING, finding=finding)


_SUMMARY = Text(
    en="{name}: {rows} = {stored} + {duplicates} + {rejected}",
    fr="{name} : {rows} = {stored} + {duplicates} + {rejected}",
)
_EVENTS = Text(en="  {event}: {n}", fr="  {event} : {n}")
_NEW_PERSONS = Text(en="  new persons: {n}", fr="  nouvelles personnes : {n}")
_NEW_ACCOUNTS = Text(en="  new accounts: {n}", fr="  nouveaux comptes : {n}")
_REASON = Text(en="  rejected, {rows}: {column}: {reason}", fr="  rejet, {rows} : {column} : {reason}")
_REJECTED_FILE = Text(en="  rejected rows: {path}", fr="  lignes rejetées : {path}")
_FINDING = Text(en="  note: {finding}", fr="  à noter : {finding}")

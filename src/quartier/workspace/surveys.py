"""The surveys of a workspace: put in force, sent to persons, answered, counted."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quartier.channels import file
from quartier.collect.surveys import run
from quartier.collect.surveys.inviting import Invited, check, invite, link_for
from quartier.collect.surveys.run import Standing
from quartier.engine import KEY, rows_of_keys, subject_table
from quartier.segment import run as segments
from quartier.store import survey_asks
from quartier.store.survey_asks import Who
from quartier.target.columns import columns_of

if TYPE_CHECKING:
    from quartier.analyse.surveys.run import SurveyResults
    from quartier.workspace.workspace import Workspace


class Surveys:
    """What a workspace can do with surveys: `ws.surveys`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def apply(self, documents: Sequence[Mapping[str, Any]], *, author: str = "quartier") -> list[Standing]:
        """Put surveys in force, all of them or none.

        Raises InvalidDefinition with all that is wrong in the first document with problems.
        """
        return run.apply(self._of.store, self._of.engine, documents, author=author, at=self._of.clock.now())

    def all(self) -> list[Standing]:
        """Every survey in force, by name."""
        return run.standings(self._of.store)

    def standing(self, name: str) -> Standing:
        """One survey in force. Raises UnknownName with the nearest names."""
        return run.standing(self._of.store, name)

    def invite(
        self,
        name: str,
        segment: str,
        path: str | Path,
        *,
        url: str,
        traits: Sequence[str] | None = None,
        replace: bool = False,
    ) -> Invited:
        """Write a link for each member of a segment who may be asked now, and record that they are asked.

        `url` is where the server of this workspace is reached. Beside the link stand the traits asked for, or those
        that name and reach a person.

        Raises InvalidRequest when nobody may be asked, for a closed survey, an address or a file that cannot be used.
        """
        ws = self._of
        survey, at = self.standing(name).survey, ws.clock.now()
        check(survey, ws.config, url, at)
        file.check(Path(path), replace=replace)
        segments.check_of_persons([segment], segments.defined(ws.store))
        columns, key = columns_of(ws.catalog, traits), KEY["person"]
        members = ws.evaluated(segment).members
        rows = rows_of_keys(ws.engine, subject_table(ws.catalog).select(key, *columns), key, members)
        return invite(ws.store, survey, members, rows, url=url, path=Path(path), at=at, replace=replace)

    def may_ask(self, name: str, who: Who) -> bool:
        """Whether a person may be asked a survey now: no other survey was put to them for as long as it says."""
        survey = self.standing(name).survey
        with self._of.store.begin() as connection:
            return survey_asks.may_ask(connection, who, survey.every, self._of.clock.now())

    def link(self, name: str, who: Who, *, url: str) -> str | None:
        """The link of one person, who is asked by it; None, and nothing recorded, for who may not be asked now.

        Raises InvalidRequest for a closed survey or an address that cannot be used.
        """
        survey, at = self.standing(name).survey, self._of.clock.now()
        check(survey, self._of.config, url, at)
        return link_for(self._of.store, survey, who, url=url, at=at)

    def results(self, name: str, *, by: Sequence[str] = ()) -> "SurveyResults":
        """What a survey found until now, each estimate with its interval; also among members of segments.

        A segment of whom fewer than five answered is not shown.
        """
        from quartier.analyse.surveys.run import results  # statistics take a second to load

        ws = self._of
        survey = self.standing(name).survey
        segments.check_of_persons(by, segments.defined(ws.store))
        members = {each: ws.evaluated(each).members for each in by}
        return results(ws.engine, survey, ws.clock.now(), members)

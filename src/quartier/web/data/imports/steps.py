"""The steps of bringing a file in: guess, keep, read again, try, import; each keeps what was typed before it acts."""

from dataclasses import dataclass
from typing import Any

from quartier.collect.definition import Form, Mapping
from quartier.collect.preview import Preview
from quartier.collect.proposal import Proposal
from quartier.errors import UserError
from quartier.govern.deeds import Deeds
from quartier.web.data.imports import pages
from quartier.web.data.imports.described import described
from quartier.web.data.imports.sheet import Sheet, sheet_of, with_mapping
from quartier.web.data.imports.uploads import Begun, Uploads
from quartier.workspace import Workspace
from quartier.workspace.work import Job

_HINTS = ("event", "date_order", "decimal", "time_zone", "country", "currency")


@dataclass(frozen=True)
class Steps:
    """What can be done with a file that was begun."""

    workspace: Workspace
    uploads: Uploads

    def guess(self, begun: Begun, *, layout: str = "", settings: dict[str, str] | None = None) -> Begun:
        """Guess the mapping, from nothing or from what is known by now. Raises UserError for what cannot be read."""
        given = settings or {}
        proposal = self._proposed(begun, layout, given)
        sheet = sheet_of(proposal.mapping, proposal.recognised, self.workspace.catalog)
        told = [pages.both(each) for each in proposal.questions]
        return self.uploads.keep(begun.saying(sheet=sheet.as_json(), questions=told, problem=None, trial=None))

    def keep(self, begun: Begun, sheet: Sheet) -> Begun:
        """Keep what was typed, with what is wrong in it."""
        return self.uploads.keep(begun.saying(sheet=sheet.as_json(), problem=_problem(sheet, begun.name), trial=None))

    def keep_yaml(self, begun: Begun, text: str) -> Begun:
        """Take a mapping that was written by hand. Raises InvalidDefinition."""
        sheet = with_mapping(sheet_in(begun), Mapping.read(text, begun.name))
        return self.uploads.keep(begun.saying(sheet=sheet.as_json(), problem=None, trial=None))

    def preview(self, begun: Begun, sheet: Sheet) -> Preview | None:
        """The first rows; None where they cannot be read as the form says."""
        try:
            return self.workspace.imports.preview(begun.path, Form.model_validate(sheet.document().get("form", {})))
        except (UserError, ValueError, LookupError):  # an encoding or separator that there is not
            return None

    def try_it(self, begun: Begun, workspace: Workspace, job: Job) -> None:
        """Say what the import would do; what prevents it is kept to be shown where it is mended."""
        job.url = address(begun)
        try:
            done = workspace.imports.trial(begun.path, _mapping(begun), progress=job.tell)
        except UserError as error:
            self.uploads.keep(begun.saying(problem=pages.problem_of(error), trial=None))
        else:
            self.uploads.keep(begun.saying(problem=None, trial=pages.summary_json(done)))

    def bring_in(self, begun: Begun, author: str, workspace: Workspace, job: Job) -> None:
        """Import the file, put what was said of its traits into the catalog, and bring segments up to date."""
        job.url = address(begun)
        try:
            done = workspace.collect(
                begun.path, _mapping(begun), author=author, progress=lambda share: job.tell(0.8 * share)
            )
            if done.stored:
                self._follow(begun, author, workspace, job)
        except UserError as error:
            self.uploads.keep(begun.saying(problem=pages.problem_of(error), trial=None))
            return
        workspace.users.note(Deeds.IMPORTED, author=author, file=begun.name, rows=done.rows_in, stored=done.stored)
        self.uploads.keep(begun.saying(summary=pages.summary_json(done), problem=None, trial=None))
        self.uploads.remove_file(begun)

    def _follow(self, begun: Begun, author: str, workspace: Workspace, job: Job) -> None:
        before = workspace.catalog
        after = described(before, sheet_in(begun))
        if after != before:
            workspace.put_catalog(after, author=author)
        job.tell(0.85)
        workspace.apply_ready_made(author=author)
        job.tell(0.95)
        workspace.refresh()

    def _proposed(self, begun: Begun, layout: str, given: dict[str, str]) -> Proposal:
        said: dict[str, Any] = Sheet(layout, given, ()).document()
        hints = {name: said[name] for name in _HINTS if name in said}
        form = Form.model_validate(said.get("form", {}))
        return self.workspace.propose(begun.path, layout=layout or None, form=form, **hints)


def sheet_in(begun: Begun) -> Sheet:
    """The mapping of a file as it was typed last."""
    return Sheet.from_json(begun.said["sheet"])


def address(begun: Begun) -> str:
    """Where a file is gone on with."""
    return f"/data/import/{begun.number}"


def _mapping(begun: Begun) -> Mapping:
    return Mapping.read(sheet_in(begun).document(), begun.name)


def _problem(sheet: Sheet, name: str) -> dict[str, Any] | None:
    try:
        Mapping.read(sheet.document(), name)
    except UserError as error:
        return pages.problem_of(error)
    return None

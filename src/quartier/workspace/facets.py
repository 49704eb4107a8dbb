"""The subjects of a workspace that have methods of their own, each in its own file."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from quartier.clock import Clock
from quartier.store import Store

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from quartier.analyse.modelling.conditions import Conditions
    from quartier.govern.run import Users
    from quartier.store.journal import Journal
    from quartier.workspace.accounts import Accounts
    from quartier.workspace.analysis import Analysis
    from quartier.workspace.arrivals import Arrivals
    from quartier.workspace.campaigns import Campaigns
    from quartier.workspace.drafting import Drafting
    from quartier.workspace.identification import Identification
    from quartier.workspace.imports import Imports
    from quartier.workspace.journeys import Journeys
    from quartier.workspace.keys import Keys
    from quartier.workspace.markets import Markets
    from quartier.workspace.persons import Persons
    from quartier.workspace.quality import DataQuality
    from quartier.workspace.rejected import Rejected
    from quartier.workspace.scores import Scores
    from quartier.workspace.sources import Sources
    from quartier.workspace.surveys import Surveys
    from quartier.workspace.workspace import Workspace


class Facets:
    """What hangs on a workspace by a name, as `ws.arrivals`: a small class per subject, made when first asked for.

    A facet takes the workspace and is a `functools.cached_property` here, so that `Workspace` itself stays readable and
    opening it loads no subject that nobody uses.
    """

    folder: Path
    clock: Clock
    store: Store

    @cached_property
    def journal(self) -> "Journal":
        """What arrived, in order."""
        from quartier.store.journal import Journal
        from quartier.store.journal.journal import FILE

        return Journal(f"sqlite:///{self.folder / FILE}", self.clock)

    @property
    def kept_journal(self) -> "Journal | None":
        """The journal, None where nothing ever arrived by it."""
        from quartier.store.journal.journal import FILE

        return self.journal if "journal" in vars(self) or (self.folder / FILE).exists() else None

    def aside(self, seconds: float | None = None) -> "AbstractContextManager[Workspace]":
        """The same workspace for the questions of another thread, its tables as of one instant; it writes nothing."""
        from quartier.workspace.aside import SECONDS_ASIDE, aside

        return aside(cast("Workspace", self), seconds or SECONDS_ASIDE)

    def close_journal(self) -> None:
        """Let the journal go, if it was asked for."""
        if "journal" in vars(self):
            self.journal.close()

    @cached_property
    def arrivals(self) -> "Arrivals":
        """What arrives message by message: taking it, and bringing it into the tables."""
        from quartier.workspace.arrivals import Arrivals

        return Arrivals(cast("Workspace", self))

    @cached_property
    def analysis(self) -> "Analysis":
        """What is there to see: months, cohorts, concentration, the RFM grid."""
        from quartier.workspace.analysis import Analysis

        return Analysis(cast("Workspace", self))

    @cached_property
    def journeys(self) -> "Journeys":
        """What persons do one thing after the other: funnels, paths, cohorts that come back, common sequences."""
        from quartier.workspace.journeys import Journeys

        return Journeys(cast("Workspace", self))

    @cached_property
    def scores(self) -> "Scores":
        """Why a person has the score that they have."""
        from quartier.workspace.scores import Scores

        return Scores(cast("Workspace", self))

    @property
    def conditions(self) -> "Conditions":
        """The condition language as models ask it: over everybody, by its documents."""
        from quartier.segment.for_models import Holding

        ws = cast("Workspace", self)
        return Holding(ws.store, ws.engine, ws.catalog, ws.config)

    @cached_property
    def campaigns(self) -> "Campaigns":
        """Campaigns: their audiences, who was reached, and what a new one would hold."""
        from quartier.workspace.campaigns import Campaigns

        return Campaigns(cast("Workspace", self))

    @cached_property
    def keys(self) -> "Keys":
        """Write keys and secret keys."""
        from quartier.workspace.keys import Keys

        return Keys(self.store, self.clock)

    @cached_property
    def rejected(self) -> "Rejected":
        """The messages that could not be stored."""
        from quartier.workspace.rejected import Rejected

        return Rejected(self.journal)

    @cached_property
    def imports(self) -> "Imports":
        """The files that came in: what became of each, a trial before it, rejected rows mended after it."""
        from quartier.workspace.imports import Imports

        return Imports(cast("Workspace", self))

    @cached_property
    def drafting(self) -> "Drafting":
        """What a definition gives while it is being written."""
        from quartier.workspace.drafting import Drafting

        return Drafting(cast("Workspace", self))

    @cached_property
    def sources(self) -> "Sources":
        """Databases, REST services, folders and connectors, fetched over and over."""
        from quartier.workspace.sources import Sources

        return Sources(cast("Workspace", self))

    @cached_property
    def persons(self) -> "Persons":
        """Rows of persons by their keys; one person found, and all that is known of them."""
        from quartier.workspace.persons import Persons

        return Persons(cast("Workspace", self))

    @cached_property
    def quality(self) -> "DataQuality":
        """How good the data are, and which names wait to be classified."""
        from quartier.workspace.quality import DataQuality

        return DataQuality(cast("Workspace", self))

    @cached_property
    def identification(self) -> "Identification":
        """Links: seen, decided of, taken back, and the limits within which they are followed."""
        from quartier.workspace.identification import Identification

        return Identification(cast("Workspace", self))

    @cached_property
    def surveys(self) -> "Surveys":
        """Surveys: put in force, sent to persons, counted."""
        from quartier.workspace.surveys import Surveys

        return Surveys(cast("Workspace", self))

    @cached_property
    def markets(self) -> "Markets":
        """Tables of markets, which the base is held against."""
        from quartier.workspace.markets import Markets

        return Markets(cast("Workspace", self))

    @cached_property
    def accounts(self) -> "Accounts":
        """Companies and households: found, shown with their members and their hierarchy, brought up to date."""
        from quartier.workspace.accounts import Accounts

        return Accounts(cast("Workspace", self))

    @cached_property
    def users(self) -> "Users":
        """Who signs in, with which role; what they did."""
        from quartier.govern.run import Users

        return Users(self.store, self.clock)

"""The client: a server, a key, and the subjects of the API."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from quartier.client.asking import Asking, Value
from quartier.client.campaigns import Campaigns
from quartier.client.data import Imports, Models
from quartier.client.jobs import Jobs
from quartier.client.opportunities import Opportunities
from quartier.client.persons import Accounts, Persons
from quartier.client.segments import Segments
from quartier.client.wire import Wire

TIMEOUT, PATIENCE = 60.0, 600.0


class Client:
    """A program's way to the REST API of `quartier serve`. It holds no connection and needs no closing."""

    def __init__(self, url: str, key: str, *, timeout: float = TIMEOUT, patience: float = PATIENCE) -> None:
        """Nothing is asked yet.

        Args:
            url: where the server answers, `https://quartier.example.org`; without `/api/v1`.
            key: a secret key, `sk_…`; it is shown to this server alone.
            timeout: seconds of silence after which a request is given up.
            patience: seconds for which a change that takes long is followed; 0 leaves every change to go on as a job.

        Raises:
            ValueError: the address or the key cannot be one.
        """
        self._asking = Asking(Wire(url.rstrip("/"), key.strip(), timeout), patience)

    def __repr__(self) -> str:
        return f"Client({self._asking.wire.url!r})"

    @cached_property
    def segments(self) -> Segments:
        """Segments: read, tried, put in force."""
        return Segments(self._asking)

    @cached_property
    def persons(self) -> Persons:
        """Persons: found, and all that is known of one."""
        return Persons(self._asking)

    @cached_property
    def accounts(self) -> Accounts:
        """Accounts: found, and all that is known of one."""
        return Accounts(self._asking)

    @cached_property
    def campaigns(self) -> Campaigns:
        """Campaigns: frozen, exported, measured."""
        return Campaigns(self._asking)

    @cached_property
    def models(self) -> Models:
        """Models: run, and what they found."""
        return Models(self._asking)

    @cached_property
    def opportunities(self) -> Opportunities:
        """Opportunities: where there is more to win, and tables of markets."""
        return Opportunities(self._asking)

    @cached_property
    def imports(self) -> Imports:
        """Files: looked at and brought in."""
        return Imports(self._asking)

    @cached_property
    def jobs(self) -> Jobs:
        """Changes that take long."""
        return Jobs(self._asking)

    def ask(self, method: str, path: str, query: Mapping[str, Value] | None = None, body: object = None) -> Any:
        """Ask any other address, as plain data: `client.ask("GET", "/quality")`.

        Args:
            method: of HTTP.
            path: under /api/v1, its parts quoted.
            query: what is said in the address; None says nothing.
            body: what is sent as JSON.

        Raises:
            ApiProblem: it is refused, or the job that it became failed.
            Unreachable: no answer came.
            UnexpectedAnswer: what answered is not the API.
            StillRunning: it takes longer than the patience of this client.
        """
        if not path.startswith("/"):
            raise ValueError("a path begins with /")
        return self._asking.told(method, path, query, body)

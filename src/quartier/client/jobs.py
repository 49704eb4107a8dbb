"""`client.jobs`: changes that take long."""

from dataclasses import dataclass

from quartier.client.asking import Asking, every, part
from quartier.client.results import Job


@dataclass(frozen=True)
class Jobs:
    """The jobs that this key asked for; the server forgets them when it ends."""

    _asking: Asking

    def list(self) -> tuple[Job, ...]:
        """The last ones, the newest first."""
        return every(part(self._asking.one("GET", "/jobs"), "jobs"), Job.of_json)

    def get(self, number: str) -> Job:
        """How far a job is."""
        return self._asking.job(number)

    def wait(self, number: str, *, patience: float | None = None) -> Job:
        """The job once it is done.

        Args:
            number: of the job.
            patience: seconds to wait at most; that of the client unless given.

        Raises:
            ApiProblem: it failed.
            StillRunning: it goes on beyond that time.
        """
        seconds = self._asking.patience if patience is None else patience
        return self._asking.ended(self._asking.job(number), seconds)

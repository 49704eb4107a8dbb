"""`client.campaigns`: frozen, listed, their lists written, their effects measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from quartier.client.asking import Asking, every, part, place
from quartier.client.results import Campaign, Exported, Exposure, FrozenAudience
from quartier.client.wire import PREFIX

PAGE = 1000


@dataclass(frozen=True)
class Campaigns:
    """The campaigns of a workspace."""

    _asking: Asking

    def freeze(
        self, name: str, segment: str, *, holdout: float | str | None = None, label: Mapping[str, str] | None = None,
        channel: str | None = None, purpose: str | None = None,
    ) -> FrozenAudience:  # fmt: skip
        """Freeze the members of a segment now, with a holdout; it never changes afterwards.

        Args:
            name: of the campaign.
            segment: whose members.
            holdout: the share that is held out, 0.1 or "10%"; ten percent unless given.
            label: the campaign for people, by language.
            channel: through which it goes; a file unless given.
            purpose: what consent must be for; marketing unless given.
        """
        given = {"holdout": holdout, "label": label, "channel": channel, "purpose": purpose}
        body = {"name": name, "segment": segment} | {key: each for key, each in given.items() if each is not None}
        return FrozenAudience.of_json(self._asking.one("POST", "/campaigns", body=body))

    def list(self) -> tuple[FrozenAudience, ...]:
        """Every frozen audience in order of time."""
        return every(self._asking.pages("/campaigns", {"limit": PAGE}, "campaigns")[1], FrozenAudience.of_json)

    def get(self, name: str) -> Campaign:
        """One campaign, and whom it reached."""
        told = self._asking.one("GET", place("campaigns", name))
        return Campaign(FrozenAudience.of_json(told), every(part(told, "exposures"), Exposure.of_json))

    def effects(
        self, name: str, outcome: str | Mapping[str, Any], *, segments: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """What a campaign changed against its holdout, with intervals, as plain data.

        Args:
            name: of the campaign.
            outcome: a sentence, "any Order Completed within 14 days", or the document of an outcome.
            segments: which to look at; all that divide the audience unless given.
        """
        body = {"outcome": outcome} | ({} if segments is None else {"segments": [*segments]})
        return self._asking.one("POST", place("campaigns", name, "effects"), body=body)

    def export(
        self, name: str, *, form: Literal["csv", "parquet", "json"] = "csv", traits: Sequence[str] | None = None
    ) -> Exported:
        """Write the list of those targeted on the server, where `fetch` gets it: they count as exposed from now on."""
        query = {"format": form, "traits": traits}
        return Exported.of_json(self._asking.one("POST", place("campaigns", name, "exports"), query))

    def fetch(self, exported: Exported, to: str | Path) -> Path:
        """Get a list that was written, into a file; the file's path."""
        if not exported.file.startswith(f"{PREFIX}/jobs/"):
            raise ValueError("a list is fetched from the address of a job")
        self._asking.wire.fetch(exported.file.removeprefix(PREFIX), Path(to))
        return Path(to)

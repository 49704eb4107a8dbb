"""`client.models` and `client.imports`: models are run, files are brought in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quartier.client.asking import Asking, every, part
from quartier.client.form import Form
from quartier.client.results import Document, Import, Imported, Run

PAGE = 1000


@dataclass(frozen=True)
class Models:
    """The models of a workspace."""

    _asking: Asking

    def last(self) -> tuple[Run, ...]:
        """The last run of each model."""
        return every(part(self._asking.one("GET", "/models/runs"), "runs"), Run.of_json)

    def kinds(self) -> list[dict[str, Any]]:
        """The kinds of models: `model`, `label`, `sentence` and the JSON schema of the `document`, as plain data."""
        return list(part(self._asking.one("GET", "/models"), "models"))

    def of(self, name: str) -> Run:
        """The last run of one model. Raises NotFound when it never ran."""
        return Run.of_json(self._asking.one("GET", f"/models/runs/{name}"))

    def run(self, document: Document | None = None) -> dict[str, Any]:
        """Run a model, RFM unless the document says otherwise, and write its traits; what it found, as plain data."""
        return self._asking.one("POST", "/models/runs", body=dict(document or {}))


@dataclass(frozen=True)
class Imports:
    """The files of a workspace."""

    _asking: Asking

    def list(self) -> tuple[Import, ...]:
        """Every file that was brought in, in the order in which they came."""
        return every(self._asking.pages("/imports", {"limit": PAGE}, "imports")[1], Import.of_json)

    def propose(self, path: str | Path, *, layout: str | None = None, event: str | None = None) -> dict[str, Any]:
        """Guess how a file is to be read: `mapping` and `questions`, as plain data; nothing is kept."""
        form = Form(Path(path), _given({"layout": layout, "event": event}))
        return self._asking.one("POST", "/imports/propose", body=form)

    def bring(self, path: str | Path, mapping: Document | str | None = None) -> Imported:
        """Bring a file in, then evaluate segments.

        Args:
            path: CSV, Excel, JSON, JSON lines or Parquet; it is read while it is sent.
            mapping: how it is to be read, as a document or as YAML; guessed unless given.
        """
        written = mapping if mapping is None or isinstance(mapping, str) else json.dumps(dict(mapping))
        form = Form(Path(path), _given({"mapping": written}))
        return Imported.of_json(self._asking.one("POST", "/imports", body=form))


def _given(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}

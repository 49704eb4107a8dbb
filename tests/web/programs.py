"""A program that asks the API with a secret key."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

import quartier
from quartier.govern.roles import May


class Program(TestClient):
    """A program over the shop's API; its key opens `scopes`, or all that programs may do."""

    def told(self, method: str, path: str, status: int = 200, **content: Any) -> Any:
        """What is answered under /api/v1, with the status that is expected."""
        answer = self.request(method, f"/api/v1{path}", **content)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def problem(self, method: str, path: str, status: int, **content: Any) -> Any:
        """The problem that is answered."""
        answer = self.request(method, f"/api/v1{path}", **content)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
        assert answer.json()["status"] == status
        return answer.json()


def program(app: FastAPI, workspace: quartier.Workspace, scopes: Sequence[May] | None = None) -> Program:
    """A program with a key of its own."""
    key = workspace.keys.create_secret("test", scopes=scopes)
    return Program(app, headers={"authorization": f"Bearer {key}"}, raise_server_exceptions=False)

"""A small example shop that has gone down the whole road, and browsers that look at it."""

import datetime as dt
import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI
from starlette.testclient import TestClient

import quartier
from quartier import example
from quartier.cli.road import SEGMENTS
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.serve.app import assembled
from quartier.workspace.work import Work

PERSONS, SEED, END = 150, 7, dt.date(2026, 11, 1)
FILES = ("customers", "order-lines", "web-events", "accounts")
CAMPAIGN = "autumn-2026"
PASSWORD = "calm brick canal garden"
SECRET = b"the same holdout in every test\0\0"


def made(folder: Path) -> Path:
    """The shop's workspace, made by the first process that wants it and shared by the others; never to be opened."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            shutil.rmtree(folder / "shop", ignore_errors=True)
            _make(folder)
            (folder / "done").touch()
    return folder / "shop"


def _make(folder: Path) -> None:
    shop = example.generate(seed=SEED, end=END, persons=PERSONS)
    clock = FixedClock(shop.ends_at)
    settings = Config(name="Boutique d'exemple", language="en", is_synthetic=True, memory_limit="512MB", threads=1)
    quartier.create(folder / "shop", settings, clock=clock, secret=SECRET)
    with quartier.open(folder / "shop", clock=clock) as ws:
        for path in example.write_shop(folder / "files", shop):
            if path.stem in FILES:
                mapping = example.mapping_of(path)
                ws.collect(path, Mapping.read(mapping.read_text(encoding="utf-8"), mapping.name), author="demo")
        ws.run_model(author="demo")
        documents = list(yaml.safe_load_all(SEGMENTS.read_text(encoding="utf-8")))
        ws.apply_segments(documents, author="demo")
        ws.freeze({"name": CAMPAIGN, "segment": documents[0]["segment"], "holdout": "20%"}, author="demo")


class Browser(TestClient):
    """A browser of one user over the application; `post_form` sends a form as a page of ours would."""

    def post_form(self, url: str, values: dict[str, Any] | None = None, **options: Any) -> Any:
        """Send a form with what proves that it comes from a page of ours."""
        return self.post(url, data={"csrf": self.csrf, **(values or {})}, **options)

    @property
    def csrf(self) -> str:
        """What the forms of this browser carry."""
        text = self.get("/jobs/none" if "quartier" in self.cookies else "/sign-in").text
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
        assert found, "no form of the page carries what proves where it comes from"
        return found[1]


def served(workspace: quartier.Workspace) -> FastAPI:
    """The application over an open workspace; what is asked of it is done at once, by whoever asks."""
    work = Work(workspace.clock)
    work.on_asked = lambda: work.do_next(workspace)
    return assembled(workspace, tasks=dict, work=work)


def signed_in(app: FastAPI, workspace: quartier.Workspace, role: str = "owner", language: str = "en") -> Browser:
    """A browser in which a user of some role has signed in."""
    email = f"{role}@example.org"
    known = {each.email: each for each in workspace.users.all()}
    user = known.get(email) or workspace.users.add(email=email, name=role.title(), role=role, author="test")
    token = workspace.users.begin(user, "test")
    headers = {"accept-language": language}
    return Browser(app, cookies={"quartier": token}, headers=headers, follow_redirects=False)


@contextmanager
def opened(folder: Path, clock: FixedClock) -> Iterator[quartier.Workspace]:
    """A workspace that a test may write to."""
    with quartier.open(folder, clock=clock) as workspace:
        yield workspace


POLYGLOT = (
    "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}${7*7}</textarea></title><svg/onload=alert(3)>"
)
"""A text that is a script wherever it is not escaped."""

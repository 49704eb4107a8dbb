"""`quartier.client` against a server that runs in a process of its own, and against servers that are not ours."""

import contextlib
import dataclasses
import datetime as dt
import functools
import inspect
import json
import re
import shutil
import socket
import subprocess
import sys
import traceback
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from quartier.api import analysing, campaign_models, data_models, documents, person_models, segment_models
from quartier.api.account_models import FoundAccount
from quartier.client import ApiProblem, Client, StillRunning, UnexpectedAnswer, Unreachable, results
from quartier.clock import SystemClock
from quartier.store import Store, audiences
from quartier.workspace.keys import Keys
from tests.browser.live import serving, store_of
from tests.needs import REPOSITORY
from tests.web import shop
from tests.web.elsewhere import elsewhere

AT = "2026-11-20T09:30:00+00:00"
BUYERS = {
    "segment": "buyers", "label": {"en": "Buyers", "fr": "Acheteurs"}, "where": {"event": "Order Completed"},
}  # fmt: skip
MANY = BUYERS | {"where": {"event": "Order Completed", "count": {"at_least": 3}}}
CONTACTABLE = "reachable-by-email"
JSON, KEY = {"Content-Type": "application/json"}, "sk_canary0123456789"


@pytest.fixture(scope="module")
def live(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server over a copy of the shop: its address, and a key."""
    folder = tmp_path_factory.mktemp("client") / "shop"
    shutil.copytree(shop_folder, folder)
    store = store_of(folder)
    key = Keys(store, SystemClock()).create_secret("client")
    _expose(store)
    store.close()
    with serving(folder, AT) as site:
        yield site.url, key


def _expose(store: Store) -> None:
    """The campaign of the shop has reached its audience before the server begins."""
    with store.begin() as connection:
        audience = audiences.find(connection, shop.CAMPAIGN)
        assert audience is not None
        audiences.expose(connection, audiences.Exposure(shop.CAMPAIGN, "file", audience.at, audience.targeted))


@pytest.fixture(scope="module")
def asking(live: tuple[str, str]) -> Client:
    return Client(*live)


# ---- a server of ours


def test_segments_are_listed_read_and_their_members_come_page_by_page_as_of_one_instant(asking: Client):
    listed = asking.segments.list()
    assert [each.segment for each in listed] == sorted(each.segment for each in listed)
    one = asking.segments.get(CONTACTABLE)
    assert (set(one.sentence), one.at.utcoffset()) == ({"en", "fr"}, dt.timedelta(0))
    members = asking.segments.members(CONTACTABLE, traits=["country"], page=20)
    rows = list(members)
    assert (len(rows), len({each["person_id"] for each in rows})) == (members.size, members.size)
    assert members.size > 40
    assert set(rows[0]) == {"person_id", "country"}
    explained = asking.segments.explain(CONTACTABLE, rows[0]["person_id"])
    assert explained["holds"] is True
    person = asking.persons.get(rows[0]["person_id"], timeline=1)
    assert len(person["timeline"]["newest"]) == 1
    assert asking.segments.history(CONTACTABLE).sizes


def test_persons_and_accounts_are_found_over_several_pages(asking: Client):
    (account,) = asking.accounts.find("B00001")
    assert account.by != "name"
    assert asking.accounts.get(account.account)["name"] == account.name
    names = [each["first_name"] for each in asking.segments.members(CONTACTABLE, traits=["first_name"])]
    first = next(name for name in names if name and names.count(name) > 1)
    found = list(asking.persons.find(first, page=1))
    assert len({each.person for each in found}) == len(found) > 1
    assert {each.by for each in found} == {"name"}
    assert len(found) == len(list(asking.persons.find(first)))


def test_a_segment_is_tried_put_in_force_undone_and_taken_out(asking: Client):
    assert asking.segments.validate([BUYERS]).is_valid
    assert "event" in asking.segments.validate([BUYERS | {"where": {"event": "Nope"}}]).problems[0].place
    (preview,) = asking.segments.preview([BUYERS], rows=2)
    assert (len(preview.sample), preview.population >= preview.size > 2) == (2, True)
    put = asking.segments.put("buyers", BUYERS)
    assert (put.version, put.size) == (1, preview.size)
    (dry,) = asking.segments.dry_run([MANY])
    assert (dry.size_before, dry.is_new, dry.leaving) == (put.size, False, put.size - dry.size)
    assert asking.segments.put("buyers", MANY, if_version=1).size == dry.size
    with pytest.raises(ApiProblem) as stale:
        asking.segments.put("buyers", BUYERS, if_version=1)
    assert (stale.value.status, stale.value.code) == (412, "stale")
    assert asking.segments.undo("buyers").size == put.size
    assert [each.version for each in asking.segments.versions("buyers")] == [1, 2, 3]
    assert asking.segments.apply([MANY])[0].version == 4
    assert asking.segments.retire("buyers").is_retired
    assert "buyers" not in {each.segment for each in asking.segments.refresh()}


def test_a_campaign_is_frozen_its_list_fetched_and_its_effect_measured(asking: Client, folder: Path):
    frozen = asking.campaigns.freeze("winter", "recent-customers", holdout="20%")
    assert frozen.targeted > frozen.held_out > 0
    assert frozen in asking.campaigns.list()
    done = asking.campaigns.export("winter", traits=["country"])
    lines = asking.campaigns.fetch(done, folder / "list.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == done.persons + 1 == frozen.targeted + 1
    (exposure,) = asking.campaigns.get("winter").exposures
    assert exposure.persons == done.persons
    assert asking.campaigns.effects(shop.CAMPAIGN, "any Order Completed within 14 days")["campaign"] == shop.CAMPAIGN


def test_a_file_is_looked_at_and_brought_in_and_a_model_is_run(asking: Client, folder: Path):
    path = folder / "vis\"ites d'été.csv"
    path.write_text("email,event,date\nann@example.com,Shop Visited,2026-10-03\n", encoding="utf-8")
    proposed = asking.imports.propose(path)
    done = asking.imports.bring(path, proposed["mapping"])
    assert (done.rows_in, done.stored) == (1, 1)
    assert asking.imports.list()[-1].name == done.name
    assert asking.models.run({"bins": 4})["segments_added"] is not None
    assert {each.model for each in asking.models.last()} == {"rfm"}


def test_a_change_can_be_left_to_go_on_and_waited_for_later(live: tuple[str, str], asking: Client):
    hurried = Client(*live, patience=0)
    with contextlib.suppress(StillRunning):
        hurried.segments.refresh()
    done = asking.jobs.wait(asking.jobs.list()[0].job)
    assert (done.state, bool(done.result["segments"])) == ("done", True)
    assert asking.jobs.get(done.job) == done


def test_every_refusal_is_told_with_its_code_its_words_and_its_flaws(live: tuple[str, str], asking: Client):
    with pytest.raises(ApiProblem) as unknown:
        asking.segments.get("recent-customer/s?x#y")
    assert (unknown.value.status, unknown.value.code, unknown.value.problems) == (404, "not_found", ())
    with pytest.raises(ApiProblem) as invalid:
        asking.segments.put("x", {"where": {"event": "Nope"}, "colour": "red"})
    assert (invalid.value.code, invalid.value.title) == ("invalid_definition", "The document cannot be used")
    assert [each.place for each in invalid.value.problems] == ["x: colour"]
    assert invalid.value.problems[0].text["fr"] in invalid.value.to("fr")
    with pytest.raises(ApiProblem) as closed:
        asking.ask("GET", "/users")
    assert (closed.value.status, closed.value.remedy is not None) == (403, True)
    with pytest.raises(ApiProblem) as stranger:
        Client(live[0], KEY).segments.list()
    assert stranger.value.status == 401
    assert KEY not in f"{stranger.value!r}{stranger.value}"


# ---- no server of ours


def test_a_redirect_is_not_followed_and_no_other_host_is_shown_the_key():
    with elsewhere((200, JSON, b"{}")) as other:
        for status in (301, 302, 303, 307, 308):
            with elsewhere((status, {"Location": other.url}, b"")) as one:
                with pytest.raises(UnexpectedAnswer) as redirected:
                    Client(one.url, KEY).segments.refresh()
                assert redirected.value.status == status
                assert one.headers[0]["Authorization"] == f"Bearer {KEY}"
        assert other.asked == []


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"Content-Type": "text/html"}, b"<p>canary</p>"),
        (200, JSON, b"[1]"),
        (200, JSON, b'{"segments": [{"segment": "x"}], "next": null}'),
        (502, {"Content-Type": "text/html"}, b"<p>canary</p>"),
        (422, {"Content-Type": "application/problem+json"}, b'{"status": 422}'),
        (202, JSON, b'{"job": "canary"}'),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_the_apis_is_told_without_its_content(status, headers, body):
    with elsewhere((status, headers, body)) as one, pytest.raises(UnexpectedAnswer) as told:
        Client(one.url, KEY).segments.list()
    assert "canary" not in f"{told.value!r}{told.value.to('fr')}"


def test_silence_a_closed_door_and_an_answer_that_is_cut_off_are_told():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unreachable, match="TimeoutError"):
            Client(url, KEY, timeout=0.1).segments.list()
    with pytest.raises(Unreachable, match="ConnectionRefusedError") as refused:
        Client(url, KEY).segments.list()
    assert KEY not in "".join(traceback.format_exception(refused.value))
    with elsewhere((200, {**JSON, "Content-Length": "99"}, b"{")) as one, pytest.raises(Unreachable, match="cut off"):
        Client(one.url, KEY, timeout=1).segments.list()


def test_a_job_is_followed_until_it_ends_and_no_longer_than_the_patience():
    job = {"job": "J1", "title": {}, "share": None, "asked_at": AT, "ended_at": None, "result": None, "problem": None}
    running = (200, JSON, json.dumps({**job, "state": "running"}).encode())
    done = (200, JSON, json.dumps({**job, "state": "done", "result": {"segments": []}}).encode())
    with elsewhere((202, *running[1:]), running, done) as one:
        assert Client(one.url, KEY).segments.refresh() == ()
        assert one.asked == [("POST", "/api/v1/segments/refresh"), *[("GET", "/api/v1/jobs/J1")] * 2]
    with elsewhere((202, *running[1:]), running) as one, pytest.raises(StillRunning) as going:
        Client(one.url, KEY, patience=0.2).segments.refresh()
    assert going.value.number == "J1"
    flaw = {"place": "where", "text": {"en": "no", "fr": "non"}, "remedy": None}
    problem = {
        "status": 422, "code": "invalid_definition", "title": "t", "detail": "d", "text": {"en": "d", "fr": "f"},
        "remedy": {"en": "mend", "fr": "réparez"}, "field": None, "problems": [flaw],
    }  # fmt: skip
    failed = (202, JSON, json.dumps({**job, "state": "failed", "problem": problem}).encode())
    with elsewhere(failed) as one, pytest.raises(ApiProblem) as told:
        Client(one.url, KEY).segments.refresh()
    assert told.value.to("fr") == "422 invalid_definition: f\n  where: non\n  → réparez"


def test_a_server_that_is_busy_says_when_to_come_back():
    problem = {
        "status": 503, "code": "too_busy", "title": "t", "detail": "d", "text": {}, "remedy": None, "field": None,
        "problems": [],
    }  # fmt: skip
    headers = {"Content-Type": "application/problem+json", "Retry-After": "5"}
    with elsewhere((503, headers, json.dumps(problem).encode())) as one, pytest.raises(ApiProblem) as busy:
        Client(one.url, KEY).segments.list()
    assert (busy.value.retry_after, str(busy.value)) == (5, "503 too_busy: d")


# ---- the client by itself


@pytest.mark.parametrize(
    "url",
    ["", "shop", "file:///etc/passwd", "ftp://x", "http://", "https://ann:pw@x", "https://x?key=1", "https://x#y"],
)
def test_an_address_that_cannot_be_one_is_refused_at_once(url: str):
    with pytest.raises(ValueError, match="url is one like"):
        Client(url, KEY)


def test_the_key_stands_in_no_representation_and_no_message():
    client = Client("https://shop.example.org/", f"{KEY}\n")
    for each in (client, client.segments, client.campaigns, client.imports, client.jobs):
        assert KEY not in repr(each)
    assert repr(client) == "Client('https://shop.example.org')"
    for key in ("", "sk_canary\r\nHost: x", "sk_é"):
        with pytest.raises(ValueError, match="the key is empty") as refused:
            Client("https://shop.example.org", key)
        assert "canary" not in str(refused.value)
    for name in ("", ".", ".."):
        with pytest.raises(ValueError, match="a name is missing"):
            client.segments.get(name)


SUBJECTS = inspect.getmembers(Client, lambda each: isinstance(each, functools.cached_property))
PAIRS = [
    (results.Standing, segment_models.Standing), (results.Segment, segment_models.Segment),
    (results.Preview, segment_models.Previewed), (results.DryRun, segment_models.DryRun),
    (results.Size, segment_models.Size), (results.Version, segment_models.Version),
    (results.FoundPerson, person_models.FoundPerson), (results.FoundAccount, FoundAccount),
    (results.FrozenAudience, campaign_models.Frozen), (results.Exposure, campaign_models.Exposure),
    (results.Exported, campaign_models.Exported), (results.Run, analysing.Run),
    (results.Imported, data_models.Imported), (results.Import, data_models.Import), (results.Job, documents.Job),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=lambda each: each.__name__)
def test_what_the_client_reads_is_what_the_api_describes(ours: type, theirs: type):
    told = theirs.model_fields
    names = {each.name for each in dataclasses.fields(ours)}
    assert set(told) - names <= {"position"}
    kinds = typing.get_type_hints(ours)
    for name in names:
        assert (type(None) in typing.get_args(told[name].annotation)) == (type(None) in typing.get_args(kinds[name]))


def test_each_call_is_told_on_its_page_and_no_other():
    page = (REPOSITORY / "docs/reference/client.md").read_text(encoding="utf-8")
    table = page.partition("## The calls")[2].partition("What has a name")[0]
    subjects = {name: getattr(Client("http://x", KEY), name) for name, _ in SUBJECTS}
    calls = {f"{name}.{call}" for name, each in subjects.items() for call in vars(type(each)) if call[0] != "_"}
    assert set(re.findall(r"`(\w+\.\w+)\(", table)) == calls


def test_the_client_loads_nothing_of_the_server_and_nothing_that_is_installed():
    script = (
        "import sys; before = set(sys.modules); import quartier.client; "
        "print(*sorted(each for each in set(sys.modules) - before if 'quartier' in each or 'site-packages' in "
        "(getattr(sys.modules[each], '__file__', None) or '')))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    rooms = {".".join(each.split(".")[:2]) for each in found}
    assert rooms == {"quartier", "quartier.client"}

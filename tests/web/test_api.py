"""The API under /api/v1 over the example shop: its table of scopes, what it reads, what it changes, how it refuses."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

import quartier
from quartier.api.access import OF_PROGRAMS, ROUTES
from quartier.govern.roles import May
from tests.needs import requires_module
from tests.web import shop
from tests.web.programs import Program, program

BUYERS = {
    "segment": "buyers", "label": {"en": "Buyers", "fr": "Acheteurs"}, "where": {"event": "Order Completed"},
}  # fmt: skip
MANY = BUYERS | {"where": {"event": "Order Completed", "count": {"at_least": 3}}}


@pytest.fixture(scope="module")
def reader(reading_app: FastAPI, reading: quartier.Workspace) -> Program:
    return program(reading_app, reading)


@pytest.fixture
def writer(own_shop: quartier.Workspace) -> Callable[..., Program]:
    app = shop.served(own_shop)
    return lambda scopes=None: program(app, own_shop, scopes)


# ---- keys and scopes


def test_every_route_under_api_v1_stands_in_the_table_and_nothing_else_does(reading_app: FastAPI):
    described = reading_app.openapi()["paths"]
    found = {(method.upper(), path) for path, methods in described.items() for method in methods}
    assert {each for each in found if each[1].startswith("/api/")} == set(ROUTES)


def test_a_key_opens_just_what_its_scopes_say(reading_app: FastAPI, reading: quartier.Workspace):
    programs = {scope: program(reading_app, reading, [scope]) for scope in May}
    for (method, path), needs in ROUTES.items():
        address = path.replace("{name}", "nobody").replace("{number}", "999999").replace("{start}", "sk_nobody")
        for scope, each in programs.items():
            answer = each.request(method, address)
            assert (answer.status_code == 403) == (scope is not needs), (method, path, scope, answer.text)


def test_a_key_without_scopes_opens_all_but_governing(reader: Program):
    assert May.GOVERN not in OF_PROGRAMS
    assert reader.problem("GET", "/users", 403)["code"] == "not_allowed"


def test_no_key_a_write_key_and_a_signed_in_user_open_nothing(
    reading_app: FastAPI, reading: quartier.Workspace, browser: Callable[..., shop.Browser]
):
    write = reading.keys.create("web").key
    for headers in ({}, {"authorization": "Bearer sk_no"}, {"authorization": f"Bearer {write}"}):
        stranger = Program(reading_app, headers=headers)
        assert {stranger.request(method, path).status_code for method, path in ROUTES} == {401}
    assert browser("owner").get("/api/v1/segments").status_code == 401


# ---- reading


def test_what_is_read_is_what_the_workspace_says(reader: Program, reading: quartier.Workspace):
    found = reader.told("GET", "/segments")
    assert [each["segment"] for each in found["segments"]] == sorted(
        each.definition.name for each in reading.segments()
    )
    assert found["persons"] == reading.count_everyone()
    name = found["segments"][0]["segment"]
    one = reader.get(f"/api/v1/segments/{name}")
    assert one.json()["sentence"]["fr"] == reading.sentence(name, "fr")
    assert one.headers["etag"] == f'"{one.json()["version"]}"'
    assert reader.told("GET", f"/segments/{name}/history")["sizes"]
    assert reader.told("GET", f"/segments/{name}/versions")["versions"][-1]["author"] == "demo"
    assert reader.told("GET", "/catalog")["traits"]
    assert reader.told("GET", "/imports")["imports"][0]["rows_in"]
    assert reader.told("GET", "/models/runs")["runs"][0]["model"] == "rfm"
    assert reader.told("GET", f"/campaigns/{shop.CAMPAIGN}")["held_out"]
    for path in ("/quality", "/quality/attention", "/catalog/inbox", "/links/review", "/links/decisions", "/jobs"):
        assert isinstance(reader.told("GET", path), dict)


def test_flows_map_funnel_and_quality_are_those_of_the_pages(reader: Program, reading: quartier.Workspace):
    name = "regulars"
    size = next(each.size for each in reading.segments() if each.definition.name == name)
    flows = reader.told("GET", f"/segments/{name}/flows?since=2020-01-01T00:00:00Z")
    assert (flows["after"], flows["entered"] - flows["left"]) == (size, flows["after"] - flows["before"])
    where = reader.told("GET", f"/segments/{name}/map")
    assert sum(each["members"] for each in where["countries"]) + where["unknown"] + where["withheld"] == size
    assert all(each["population"] >= 5 for each in where["countries"])
    funnel = reader.told("GET", f"/segments/{name}/funnel")
    assert funnel["stages"][0] == {"place": "where", "of": "person", "holding": funnel["size"], "left": None}
    assert reader.told("GET", f"/segments/{name}/persona")["persons"] == size
    assert reader.told("GET", "/segmentation")["coverage"]
    assert reader.problem("GET", "/segments/regular/flows?since=2026-01-01T00:00:00Z", 404)["text"]["fr"]


def test_lists_are_paged_by_what_was_told_last(reader: Program):
    whole = reader.told("GET", "/segments")["segments"]
    paged, following = [], ""
    while following is not None:
        page = reader.told("GET", f"/segments?limit=2{following and '&cursor=' + following}")
        paged, following = paged + page["segments"], page["next"]
    assert paged == whole
    assert len(whole) > 2
    for wrong in ("x", "e30", "eyJuYW1lIjoxfQ", "é"):
        assert reader.problem("GET", f"/segments?cursor={wrong}", 400)["code"] == "invalid_cursor"


def test_members_are_paged_as_of_one_instant(writer: Callable[..., Program], own_shop: quartier.Workspace):
    asking = writer()
    asking.told("POST", "/segments", json={"segments": [BUYERS]})
    page = asking.told("GET", "/segments/buyers/members?limit=40")
    seen, size = list(page["members"]), page["size"]
    own_shop.apply_segments([MANY])  # fewer are members from now on
    while page["next"]:
        page = asking.told("GET", f"/segments/buyers/members?limit=40&cursor={page['next']}")
        assert page["size"] == size
        seen += page["members"]
    assert len({each["person_id"] for each in seen}) == len(seen) == size
    assert asking.told("GET", "/segments/buyers/members")["size"] < size
    assert own_shop.users.deeds(1)[0].deed == "members_read"


def test_sensitive_values_need_their_scope(own_shop: quartier.Workspace):
    seeing, editing = (program(shop.served(own_shop), own_shop, [each]) for each in (May.SEE_PERSONS, May.EDIT_CATALOG))
    catalog = own_shop.catalog.model_dump(mode="json")
    masked = [each["name"] for each in catalog["traits"] if each["of"] == "person"][:1]
    catalog["traits"] = [
        each | {"sensitivity": "special"} if each["name"] in masked else each for each in catalog["traits"]
    ]
    assert editing.told("PUT", "/catalog", json=catalog)
    name = own_shop.segments()[0].definition.name
    rows = seeing.told("GET", f"/segments/{name}/members?limit=1")["members"]
    assert rows
    assert not set(rows[0]) & set(masked)
    assert seeing.problem("GET", f"/segments/{name}/members?traits={masked[0]}", 403)["code"] == "not_allowed"
    found = rows[0]["person_id"]
    assert seeing.problem("GET", f"/persons/{found}?sensitive=true", 403)["code"] == "not_allowed"
    assert seeing.told("GET", f"/persons/{found}")["person"] == found


def test_definitions_are_tried_without_being_stored(reader: Program, reading: quartier.Workspace):
    before = len(reading.segments())
    (found,) = reader.told("POST", "/segments/preview", json={"segments": [BUYERS], "rows": 3})["previews"]
    assert 0 < found["size"] <= found["population"]
    assert len(found["sample"]) == 3
    (tried,) = reader.told("POST", "/segments/dry-run", json={"segments": [BUYERS]})["segments"]
    assert (tried["entering"], tried["is_new"]) == (found["size"], True)
    assert reader.told("POST", "/segments/validate", json={"segments": [BUYERS]})["valid"] is True
    wrong = {"segments": [BUYERS | {"where": {"event": "Order Complete"}}]}
    told = reader.told("POST", "/segments/validate", json=wrong)
    assert told["problems"][0]["remedy"]["fr"].startswith("vouliez-vous dire")
    problem = reader.problem("POST", "/segments/preview", 422, json=wrong)
    assert (problem["code"], problem["problems"]) == ("invalid_definition", told["problems"])
    assert len(reading.segments()) == before


def test_an_effect_is_measured(reader: Program):
    body = {"outcome": "any Order Completed within 14 days"}
    assert reader.told("POST", f"/campaigns/{shop.CAMPAIGN}/effects", 400, json=body)["code"] == "invalid_request"


# ---- changes


def test_a_segment_is_put_in_force_changed_undone_and_taken_out(writer: Callable[..., Program]):
    asking = writer()
    assert asking.told("PUT", "/segments/buyers", json=BUYERS)["version"] == 1
    assert asking.told("PUT", "/segments/buyers", json=MANY, headers={"if-match": '"1"'})["version"] == 2
    stale = asking.problem("PUT", "/segments/buyers", 412, json=BUYERS, headers={"if-match": '"1"'})
    assert (stale["code"], stale["title"]) == ("stale", "This has changed since")
    assert asking.told("GET", "/segments/buyers/difference")["edits"]
    assert asking.told("POST", "/segments/buyers/undo")["version"] == 3
    assert asking.told("POST", "/segments/refresh")["segments"]
    assert asking.told("DELETE", "/segments/buyers")["is_retired"] is True
    assert asking.problem("GET", "/segments/buyers", 404)["remedy"]


def test_a_change_can_be_left_to_go_on_and_looked_at_later(writer: Callable[..., Program]):
    asking, other = writer(), writer()
    answer = asking.post("/api/v1/segments/refresh", headers={"prefer": "respond-async"})
    assert answer.status_code == 202
    job = asking.get(answer.headers["location"]).json()
    assert (job["state"], job["problem"]) == ("done", None)
    assert job["result"]["segments"]
    assert asking.told("GET", "/jobs")["jobs"][0]["job"] == job["job"]
    other.problem("GET", f"/jobs/{job['job']}", 404)
    failed = asking.put("/api/v1/segments/x", json={"where": 1}, headers={"prefer": "respond-async"})
    told = asking.get(failed.headers["location"]).json()
    assert (told["state"], told["problem"]["code"]) == ("failed", "invalid_definition")


def test_a_file_is_looked_at_and_brought_in(writer: Callable[..., Program], own_shop: quartier.Workspace):
    asking = writer()
    sent = {"file": ("../../visits.csv", b"email,event,date\nann@example.com,Shop Visited,2026-10-03\n", "text/csv")}
    proposed = asking.told("POST", "/imports/propose", files=sent)
    assert proposed["mapping"]["columns"]["email"] == "email"
    done = asking.told("POST", "/imports", files=sent, data={"mapping": str(proposed["mapping"])})
    assert (done["name"], done["rows_in"], done["stored"]) == ("visits.csv", 1, 1)
    assert asking.told("GET", "/imports")["imports"][-1]["name"] == "visits.csv"
    assert not list(own_shop.folder.glob(".arriving-*"))
    assert asking.problem("POST", "/imports", 400, files={"file": ("a.csv", b"", "text/csv")})["detail"]


def test_an_audience_is_frozen_exported_once_and_fetched(writer: Callable[..., Program], own_shop: quartier.Workspace):
    asking, other = writer(), writer()
    asking.told("POST", "/segments", json={"segments": [BUYERS]})
    frozen = asking.told("POST", "/campaigns", 201, json={"name": "winter", "segment": "buyers", "holdout": 0.2})
    done = asking.told("POST", "/campaigns/winter/exports?traits=person_id,email")
    fetched = asking.get(done["file"])
    assert fetched.headers["content-type"].startswith("text/csv")
    assert len(fetched.text.splitlines()) == done["persons"] + 1 == frozen["targeted"] + 1
    assert other.get(done["file"]).status_code == 404
    assert asking.told("GET", "/campaigns/winter")["exposures"][0]["persons"] == done["persons"]
    deeds = [each.deed for each in own_shop.users.deeds(5)]
    assert {"audience_frozen", "exported"} <= set(deeds)


def test_a_link_is_tried_then_decided(writer: Callable[..., Program]):
    asking = writer()
    (one, other) = [
        each["person_id"] for each in asking.told("GET", "/segments/recent-customers/members?limit=2")["members"]
    ]
    names = [
        next(each["value"] for each in asking.told("GET", f"/persons/{person}")["identifiers"])
        for person in (one, other)
    ]
    body = {"decision": "accept", "identifiers": names, "try": True}
    assert asking.told("POST", "/links/decisions", json=body)["done"] is False
    assert asking.told("GET", "/links/decisions")["decisions"] == []
    before = asking.told("GET", "/segments/recent-customers")["size"]
    assert asking.told("POST", "/links/decisions", json=body | {"try": False})["done"] is True
    assert asking.told("GET", "/segments/recent-customers")["size"] == before - 1, "segments follow at once"
    assert asking.told("GET", "/links/decisions")["decisions"][0]["author"].startswith("test (sk_")
    assert asking.problem("POST", "/links/decisions", 400, json=body | {"identifiers": names[:1]})["text"]["fr"]


def test_matching_by_likeness_is_tried_without_a_trace_and_refuses_levels_that_cannot_be(
    writer: Callable[..., Program],
):
    asking = writer()
    refused = asking.problem("POST", "/links/matching", 400, json={"certain": 0.5, "doubtful": 0.9, "try": True})
    assert refused["text"]["fr"]
    assert asking.problem("POST", "/links/matching", 400, json={"certain": 10**24})["code"]
    requires_module("splink")
    found = asking.told("POST", "/links/matching", json={"certain": 0.99, "try": True, "examples": 3})
    assert len(found["links"]) <= 3
    assert asking.told("GET", "/links/decisions")["decisions"] == []


def test_a_catalog_and_a_model_are_put_to_use(writer: Callable[..., Program]):
    asking = writer()
    catalog = asking.told("GET", "/catalog")
    catalog["traits"][0]["label"] = {"en": "Something", "fr": "Quelque chose"}
    assert asking.told("PUT", "/catalog", json=catalog)["traits"][0]["label"]["fr"] == "Quelque chose"
    gone = catalog | {"traits": catalog["traits"][1:]}
    assert asking.problem("PUT", "/catalog", 422, json=gone)["problems"][0]["place"].startswith("traits.")
    assert asking.told("POST", "/models/runs", json={"bins": 4})["segments_added"]
    assert asking.told("GET", "/models/runs/rfm/segments") == {"segments": []}


def test_users_and_keys_are_governed_by_keys_that_may(writer: Callable[..., Program], own_shop: quartier.Workspace):
    asking = writer([May.GOVERN, May.SEE_FIGURES])
    link = asking.told("POST", "/invitations", 201, json={"email": "ann@example.org", "role": "analyst"})["path"]
    assert asking.get(link).status_code == 200
    owner = own_shop.users.add(email="o@example.org", name="O", role="owner", author="test")
    assert asking.problem("PATCH", f"/users/{owner.id}", 400, json={"closed": True})["detail"]
    made = own_shop.users.add(email="v@example.org", name="V", role="viewer", author="test")
    assert asking.told("PATCH", f"/users/{made.id}", json={"role": "sales", "closed": True})["closed_at"]
    new = asking.told("POST", "/keys/secret", 201, json={"name": "n", "scopes": ["see_figures"], "days": 1})["key"]
    assert (
        asking.problem("POST", "/keys/secret", 403, json={"name": "n", "scopes": ["export"]})["code"] == "not_allowed"
    )
    known = asking.told("GET", "/keys")["secret_keys"]
    assert new not in str(known)
    assert asking.told("DELETE", f"/keys/{new[:8]}", 204) is None
    assert asking.told("POST", "/keys/write", 201, json={"source": "shop"})["key"].startswith("wk_")
    audit = asking.told("GET", "/audit?limit=2")
    assert (audit["first_changed"], len(audit["deeds"])) == (None, 2)
    assert asking.told("GET", f"/audit?cursor={audit['next']}")["deeds"][0]["number"] < audit["deeds"][1]["number"]
    assert new not in str(asking.told("GET", "/audit"))


# ---- refusals


@pytest.mark.parametrize(
    ("method", "path", "content", "code", "field"),
    [
        ("GET", "/segments?limit=0", {}, "invalid_request", "limit"),
        ("GET", "/segments/nobody", {}, "not_found", None),
        ("GET", "/nothing", {}, "not_found", None),
        ("PATCH", "/segments", {}, "no_such_method", None),
        ("POST", "/segments", {"content": b"{"}, "invalid_request", None),
        ("POST", "/segments", {"json": {"segments": [], "secret": "canary"}}, "invalid_request", "segments"),
        ("POST", "/segments/preview", {"json": {"segments": [BUYERS], "rows": "3"}}, "invalid_request", "rows"),
        ("POST", "/segments", {"content": b"x" * 9_000_000}, "body_too_large", None),
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_told_as_a_problem(reader: Program, method, path, content, code, field):
    answer = reader.request(method, f"/api/v1{path}", **content)
    told = answer.json()
    assert (told["code"], told["field"], told["status"]) == (code, field, answer.status_code)
    assert set(told) == {"type", "title", "status", "detail", "code", "text", "remedy", "field", "problems"}
    assert "canary" not in answer.text

"""What a bad service gets: its cause is named, what came before is kept, and the next run goes on from there."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

import quartier
from quartier.collect.sources.calls import ATTEMPTS
from tests.sources.servers import Answer, Question, Service, serving
from tests.sources.workspaces import counts, orders, rest, rows, run, said

pytest.importorskip("dlt")

PAGES = {"type": "page_number", "base_page": 1, "page_param": "page"}
NEW = {"column": "at", "starts_at": "2026-01-01T00:00:00Z"}
SINCE = {"params": {"since": "{cursor}"}, "incremental": NEW}


def answering(*answers: Answer) -> Service:
    """One answer after the other; the last one for ever."""
    left = list(answers)
    return lambda _question: left.pop(0) if left[1:] else left[0]


def paged(*pages: Answer | list[dict[str, Any]]) -> Service:
    """A page of orders for each number; the pages after the last one are empty."""

    def answer(question: Question) -> Answer:
        number = int(question.params["page"]) - 1
        page = pages[number] if number < len(pages) else []
        return page if isinstance(page, Answer) else Answer({"orders": page})

    return answer


GOOD = Answer({"orders": orders(1, 2)})


BAD = [
    (Answer("<html>Sign in</html>", type="text/html"), "the answer is not JSON", 1),
    (Answer("[" * 100_000), "the answer is not JSON", 1),
    (Answer({"message": "someone@example.org"}), "the answer has no rows at “orders”", 1),
    (Answer({"orders": ["a", "b"]}), "the answer has no rows at “orders”", 1),
    (Answer({}, 401), "(401) → put a valid key with the right to read into KEY", 1),
    (Answer({}, 403), "the service does not accept the key (403)", 1),
    (Answer({}, 404), "the service refuses the question (404)", 1),
    (Answer({}, 500), "the service fails (500), again and again", ATTEMPTS),
    (Answer({}, 429), "the service is busy (429)", ATTEMPTS),
    (Answer({}, 429, {"Retry-After": "7200"}), "the service is busy (429) and asks to wait 7,200 s", 1),
    (Answer({}, 302, {"Location": "http://169.254.169.254/latest"}), "the service sends us elsewhere", 1),
]


def test_what_a_service_does_wrong_is_named_and_the_next_run_goes_on(workspace: quartier.Workspace) -> None:
    answers = [GOOD]
    with serving(lambda question: answers[0]) as served:
        own = rest(served.url, auth={"bearer": "KEY"}, **SINCE)
        for bad, cause, attempts in BAD:
            answers[0], before = bad, len(served.asked)
            done = run(workspace, own)
            assert cause in said(done)
            assert "example.org" not in json.dumps(done.error)
            assert said(done) != said(done, "fr")
            assert len(served.asked) - before == attempts
        answers[0] = GOOD
        assert counts(run(workspace)) == (2, 2, 0)


def test_a_busy_service_is_waited_for_as_long_as_it_asks(workspace: quartier.Workspace) -> None:
    pauses: list[float] = []
    busy = Answer({}, 429, {"Retry-After": "7"})
    with serving(answering(busy, Answer({}, 503), GOOD)) as served:
        assert counts(run(workspace, rest(served.url), pauses=pauses)) == (2, 2, 0)
    assert pauses == [7.0, 2.0]


def hang(handler: Any, stop: threading.Event) -> bool:
    stop.wait(20)
    return True


def drip(handler: Any, stop: threading.Event) -> bool:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    while not stop.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()
    return True


def cut(handler: Any, stop: threading.Event) -> bool:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"orders": [')
    handler.wfile.flush()
    handler.connection.close()
    return True


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    ("raw", "cause"),
    [(hang, "no whole answer in 0 s"), (drip, "no whole answer in 0 s"), (cut, "the connection is refused or cut")],
)
def test_a_service_that_never_ends_an_answer_is_left_in_time(
    workspace: quartier.Workspace, raw: Callable[[Any, threading.Event], bool], cause: str
) -> None:
    with serving(lambda question: GOOD, raw=raw) as served:
        done = run(workspace, rest(served.url, timeout=0.2, patience=0.3))
        served.stop.set()
    assert cause in said(done)


def test_pages_without_end_are_left_and_what_came_is_kept(workspace: quartier.Workspace) -> None:
    with serving(paged(*[orders(n) for n in range(1, 29)])) as served:
        done = run(workspace, rest(served.url, pages=PAGES, most_pages=5, **SINCE))
        assert "more than 5 pages" in said(done)
        assert counts(done) == (5, 5, 0)
        assert counts(run(workspace)) == (5, 0, 0)
        assert served.asked[0].params["since"] == served.asked[-1].params["since"]  # nothing is skipped


def test_the_same_page_again_is_noticed(workspace: quartier.Workspace) -> None:
    with serving(lambda question: GOOD) as served:
        done = run(workspace, rest(served.url, pages=PAGES))
    assert "the same page came twice" in said(done)
    assert counts(done) == (2, 2, 0)
    assert len(served.asked) == 2


def test_a_failure_between_pages_keeps_the_pages_before_and_loses_none_after(workspace: quartier.Workspace) -> None:
    pages: list[Any] = [orders(5, 6), Answer("<html>", type="text/html"), orders(1, 2)]
    with serving(lambda question: paged(*pages)(question)) as served:
        done = run(workspace, rest(served.url, pages=PAGES, **SINCE))
        assert counts(done) == (2, 2, 0)
        assert "not JSON" in said(done)
        pages[1] = orders(3, 4)
        assert counts(run(workspace)) == (6, 4, 0)  # the cursor had not moved: rows came in no order
    assert rows(workspace, "select count(*) from event_order_completed") == [(6,)]


def test_rows_in_order_go_on_from_the_last_good_page(workspace: quartier.Workspace) -> None:
    pages: list[Any] = [orders(1, 2), Answer({}, 500)]
    with serving(lambda question: paged(*pages)(question)) as served:
        own = rest(served.url, pages=PAGES, params={"since": "{cursor}"}, incremental={**NEW, "in_order": True})
        assert counts(run(workspace, own)) == (2, 2, 0)
        run(workspace)
        assert served.asked[-1].params["since"] == "2026-01-02T10:00:00Z"


def test_the_next_page_on_another_host_is_not_asked_for(workspace: quartier.Workspace) -> None:
    with serving(lambda question: GOOD) as other:
        elsewhere = Answer({"orders": orders(3), "next": other.url + "/orders"})
        with serving(lambda question: elsewhere) as served:
            own = rest(served.url, auth={"bearer": "KEY"}, pages={"type": "json_link", "next_url_path": "next"})
            done = run(workspace, own)
        assert "the next page is on another host" in said(done)
        assert counts(done) == (1, 1, 0)
        assert other.asked == []


def test_an_empty_answer_is_no_failure(workspace: quartier.Workspace) -> None:
    with serving(lambda question: Answer({"orders": []})) as served:
        done = run(workspace, rest(served.url))
    assert (counts(done), done.error, done.newest_at) == ((0, 0, 0), None, None)


def test_a_value_of_another_type_is_rejected_and_told_and_its_neighbours_are_stored(
    workspace: quartier.Workspace,
) -> None:
    page = orders(*range(1, 13))
    with serving(lambda question: Answer({"orders": page})) as served:
        run(workspace, rest(served.url))
        for each in page:
            each["id"] += "b"
            each["coupon"] = True
            each["total"] = "a lot" if each["id"] == "o1b" else each["total"]
            del each["customer"]
            each["customer"] = 7
        done = run(workspace)
    assert counts(done) == (12, 11, 1)
    assert {(each["column"], each["what"]) for each in done.changes} == {
        ("coupon", "appeared"), ("total", "retyped"), ("customer", "retyped"),
    }  # fmt: skip
    assert done.error is None


def test_a_service_that_nobody_answers_for_is_named(workspace: quartier.Workspace) -> None:
    with serving(lambda question: GOOD) as served:
        pass
    assert "the connection is refused or cut" in said(run(workspace, rest(served.url)))


def test_a_key_that_is_not_set_is_named(workspace: quartier.Workspace) -> None:
    done = run(workspace, rest("http://127.0.0.1:9", auth={"bearer": "KEY"}), environ={})
    assert "the environment variable KEY is not set" in said(done)

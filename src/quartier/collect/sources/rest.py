"""A REST service, page by page: the questions and the pages are dlt's, the way out and the bounds are ours."""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from quartier.collect.sources import failures
from quartier.collect.sources.cursors import Value, asked, later
from quartier.collect.sources.definition import Auth, Rest
from quartier.collect.sources.egress import egress_to
from quartier.collect.sources.library import load_dlt
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.shaping import Row, shaped

CURSOR, EACH = "{cursor}", "{each}"


def pages(reads: Rest, cursor: Value, outside: Outside) -> Iterator[list[Row]]:
    """The rows that are new since `cursor`, page by page. Raises SourceFailed for whatever stops them."""
    client = _client(reads, outside)
    for each in _each(client, reads):
        yield from _questions(client, reads, cursor, each, outside)


def _questions(client: Any, reads: Rest, cursor: Value, each: str | None, outside: Outside) -> Iterator[list[Row]]:
    """One question, and the next one where the service gives only so many rows to each."""
    most = reads.incremental.most_rows if reads.incremental else None
    while True:
        rows, reached = 0, cursor
        for raw in _pages(client, reads, cursor, each):
            rows += len(raw)
            page = [row for one in raw for row in shaped(one, reads.shape)]
            reached = _reached(reads, reached, page, outside)
            yield page
            if most is not None and rows >= most:
                break
        else:
            return
        if reached == cursor:
            raise failures.repeated(client.session.egress.host)
        cursor = reached


def _reached(reads: Rest, cursor: Value, page: list[Row], outside: Outside) -> Value:
    if reads.incremental is None:
        return cursor
    for row in page:
        cursor = later(cursor, row.get(reads.incremental.column), outside.now)
    return cursor


def _pages(client: Any, reads: Rest, cursor: Value, each: str | None) -> Iterator[list[Mapping[str, Any]]]:
    """The rows of an answer after the other, as the service gives them."""
    from dlt.sources.rest_api.config_setup import create_paginator

    host, known = client.session.egress.host, set[str]()
    paginator = create_paginator({"type": reads.pages.type, **reads.pages.settings()})
    question = {
        "method": reads.method, "params": _filled(reads.params, reads, cursor), "json": _body(reads, cursor),
        "paginator": paginator, "data_selector": reads.rows, "hooks": {"response": []},
    }  # fmt: skip
    path = reads.path.replace(EACH, quote(each or "", safe=""))
    try:
        for number, page in enumerate(client.paginate(path, **question), start=1):
            rows = _rows(page, reads, host)
            _refuse_repeated(rows, known, host)
            yield rows
            if _is_last(page, reads):
                return
            if number >= reads.most_pages:
                raise failures.endless(host, reads.most_pages)
    except ValueError as error:  # what dlt says when an answer lacks a total or its like, with the answer in it
        raise failures.no_pages(host) from error


def _client(reads: Rest, outside: Outside) -> Any:
    load_dlt()
    from dlt.sources.helpers.rest_client import RESTClient

    from quartier.collect.sources.calls import Calls

    variables = reads.auth.variables if reads.auth else ()
    calls = Calls(
        egress_to(reads.base_url, is_internal=reads.is_internal), variables, timeout=reads.timeout,
        patience=reads.patience, pause=outside.pause,
    )  # fmt: skip
    calls.auth = _auth(reads.auth, outside) if reads.auth else None
    return RESTClient(base_url=reads.base_url, headers=dict(reads.headers), session=calls)


def _auth(given: Auth, outside: Outside) -> Any:
    from dlt.sources.helpers.rest_client.auth import APIKeyAuth, BearerTokenAuth, HttpBasicAuth

    if given.bearer:
        return BearerTokenAuth(token=outside.secret(given.bearer))
    if given.basic:
        user = given.basic.user
        name = outside.secret(user.removeprefix("$")) if user.startswith("$") else user
        return HttpBasicAuth(username=name, password=outside.secret(given.basic.password))
    if given.header:
        return APIKeyAuth(name=given.header.name, api_key=outside.secret(given.header.key), location="header")
    return None


def _each(client: Any, reads: Rest) -> Iterator[str | None]:
    """The values for which the stream is asked one by one; None alone where it is asked once."""
    if reads.each is None:
        yield None
        return
    listed = reads.model_copy(update={"path": reads.each.path, "rows": reads.each.rows, "params": reads.each.params,
                                      "pages": type(reads.pages)(type="single_page"), "each": None})  # fmt: skip
    for page in _pages(client, listed, None, None):
        for row in page:
            if row.get(reads.each.column) is not None:
                yield str(row[reads.each.column])


def _filled(params: Mapping[str, Any], reads: Rest, cursor: Value) -> dict[str, Any]:
    """The parameters with the cursor; those that need one are left out while there is none."""
    word = _word(reads, cursor)
    return {
        name: value.replace(CURSOR, word or "") if isinstance(value, str) else value
        for name, value in params.items() if word is not None or CURSOR not in str(value)
    }  # fmt: skip


def _body(reads: Rest, cursor: Value) -> dict[str, Any] | None:
    if reads.body is None:
        return None
    written = json.dumps(reads.body).replace(CURSOR, json.dumps(_word(reads, cursor) or "")[1:-1])
    return copy.deepcopy(json.loads(written))  # type: ignore[no-any-return]  # an object, as it was


def _word(reads: Rest, cursor: Value) -> str | None:
    """`{cursor}` as the service wants it, None while nothing has been seen and the document says no beginning."""
    if reads.incremental is None:
        return None
    if cursor is None:
        value = asked(reads.incremental.starts_at, reads.incremental.written, None)
    else:
        value = asked(cursor, reads.incremental.written, reads.incremental.lookback)
    return None if value is None else str(value)


def _rows(page: Any, reads: Rest, host: str) -> list[Mapping[str, Any]]:
    """The rows of a page. Raises SourceFailed where the answer holds none, not even an empty list of them."""
    from dlt.common import jsonpath

    is_plain = reads.rows != "$" and "*" not in reads.rows
    if is_plain and not page and not jsonpath.find_values(reads.rows, page.response.json()):
        raise failures.no_rows(host, reads.rows)
    if not all(isinstance(row, dict) for row in page):
        raise failures.no_rows(host, reads.rows)
    return list(page)


def _refuse_repeated(rows: list[Mapping[str, Any]], known: set[str], host: str) -> None:
    if not rows:
        return
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True, default=str).encode()).hexdigest()
    if digest in known:
        raise failures.repeated(host)
    known.add(digest)


def _is_last(page: Any, reads: Rest) -> bool:
    if reads.pages.stops_when is None:
        return False
    from dlt.common import jsonpath

    return any(value is True for value in jsonpath.find_values(reads.pages.stops_when, page.response.json()))

"""What of a segment is taken away: its members as a list, its history and its definition as files."""

import pyarrow as pa
from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.errors import InvalidRequest
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.language import Text
from quartier.web.desk import HEADERS, Desk
from quartier.web.files import MEDIA, Form, as_file
from quartier.web.guard import NotAllowed, field_of, form_of, visitor_of
from quartier.web.segments.members import Asked, chosen_columns, keys_of
from quartier.web.segments.seen import see
from quartier.web.segments.versions_page import as_yaml


def add_to(routes: APIRouter, desk: Desk) -> None:
    """The routes of files."""

    @routes.post("/segments/{name}/export")
    def export(name: str, request: Request) -> Response:
        form, visitor = form_of(request), visitor_of(request)
        kind = _form(field_of(form, "form", "csv"))
        columns = [each for each in form.getlist("columns") if isinstance(each, str)]
        asked = Asked.of({key: field_of(form, key) for key in ("who", "days")}, columns)
        sensitive = visitor.may(May.SEE_SENSITIVE)
        with desk.aside() as ws:
            seen = see(ws, name)
            if seen.tells_sensitive and not sensitive:
                raise NotAllowed(_SENSITIVE)
            keys = keys_of(ws, seen, asked)
            chosen = [each.name for each in chosen_columns(seen.catalog, seen.of, asked.columns, sensitive=sensitive)]
            table = ws.persons(keys, chosen, seen.of)
        desk.note(
            request, Deeds.EXPORTED, segment=name, of=seen.of, who=asked.who, count=len(keys), columns=chosen, form=kind
        )
        return as_file(table, f"{name}-{asked.who}", kind)

    @routes.get("/segments/{name}/history.csv")
    def history(name: str) -> Response:
        with desk.aside() as ws:
            seen = see(ws, name)
            observed = ws.size_history(name).to_arrow()
            past = ws.kept_past(name) if seen.is_in_force else None
        tables = [_marked(observed, is_observed=True)]
        if past:
            tables.insert(0, _marked(past.to_arrow(), is_observed=False))
        return as_file(pa.concat_tables(tables), f"{name}-history", "csv")

    @routes.get("/segments/{name}/definition.yaml")
    def definition(name: str) -> Response:
        with desk.aside() as ws:
            text = as_yaml(see(ws, name))
        headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
        return Response(text, media_type="application/yaml; charset=utf-8", headers={**HEADERS, **headers})


def _form(written: str) -> Form:
    for each in MEDIA:
        if each == written:
            return each
    raise InvalidRequest(_NO_FORM)


def _marked(table: pa.Table, *, is_observed: bool) -> pa.Table:
    return table.append_column("is_observed", pa.array([is_observed] * len(table), pa.bool_()))


_NO_FORM = Text(en="a list is written as CSV, Parquet or JSON", fr="une liste s'écrit en CSV, Parquet ou JSON")
_SENSITIVE = Text(
    en="To be in this segment tells a sensitive value, which your role does not see.",
    fr="Être dans ce segment révèle une valeur sensible, que votre rôle ne voit pas.",
)

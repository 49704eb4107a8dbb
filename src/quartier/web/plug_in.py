"""The browser plug-in that reports signs of frustration, as a static file: `GET /static/quartier-signals.js`."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

ADDRESS = "/static/quartier-signals.js"
_FILE = Path(__file__).parent / "static" / "quartier-signals.js"
_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Cross-Origin-Resource-Policy": "cross-origin",  # it is made for pages of other hosts
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


def router() -> APIRouter:
    """The route of the plug-in, to be mounted at the root of a server."""
    routes = APIRouter(include_in_schema=False)

    @routes.get(ADDRESS)
    def plug_in(request: Request) -> Response:
        plain, packed, digest = _contents()
        headers = _HEADERS | {"ETag": f'"{digest}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(plain, media_type="text/javascript", headers=headers)
        return Response(packed, media_type="text/javascript", headers=headers | {"Content-Encoding": "gzip"})

    return routes


@cache
def _contents() -> tuple[bytes, bytes, str]:
    """The file as it is, compressed, and its digest."""
    plain = _FILE.read_bytes()
    return plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:16]

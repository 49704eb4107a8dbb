"""The files of the application: one stylesheet, two scripts; each address holds the digest of what it gives."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from quartier.look.page import stylesheet
from quartier.web.shell import Assets

_HERE = Path(__file__).parent
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Asset:
    """A file as it is and compressed, and where it is."""

    name: str
    media_type: str
    plain: bytes
    packed: bytes

    @property
    def url(self) -> str:
        """Its address: another one as soon as it changes."""
        return f"/assets/{self.name}?{hashlib.sha256(self.plain).hexdigest()[:12]}"


@cache
def addresses() -> Assets:
    """Where stylesheet and scripts are; every page asks."""
    return Assets(*(_all()[name].url for name in ("quartier.css", "htmx.js", "quartier.js")))


def answer(name: str, request: Request) -> Response:
    """A file, or 404."""
    if name not in _all():
        return Response(status_code=404)
    asset = _all()[name]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, media_type=asset.media_type, headers=_HEADERS | {"Content-Encoding": "gzip"})
    return Response(asset.plain, media_type=asset.media_type, headers=_HEADERS)


@cache
def _all() -> dict[str, Asset]:
    script = "text/javascript"
    made = (
        _asset("quartier.css", "text/css", _style().encode()),
        _asset("htmx.js", script, (_HERE / "static" / "vendor" / "htmx.min.js").read_bytes()),
        _asset("quartier.js", script, (_HERE / "static" / "app.js").read_bytes()),
    )
    return {each.name: each for each in made}


def _asset(name: str, media_type: str, plain: bytes) -> Asset:
    return Asset(name, media_type, plain, gzip.compress(plain, mtime=0))


def _style() -> str:
    """What Pico says of forms lies in a layer below ours: whatever we say of an element wins."""
    pico = (_HERE / "static" / "vendor" / "pico.min.css").read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
    return f"@layer pico{{{pico}}}\n{stylesheet(_HERE / 'templates' / 'app' / 'app.css')}"

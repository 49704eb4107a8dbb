"""The settings document that the browser SDK asks for before it sends: where to send, and nothing to load besides."""

from typing import Any

from fastapi import APIRouter, Request, Response

from quartier.api.answers import json_answer
from quartier.api.keys import KeyRing

_CACHED = {"cache-control": "private, max-age=60"}


def router(keys: KeyRing) -> APIRouter:
    """The route by which the SDK finds its settings, and the older one of the CDN."""
    made = APIRouter(tags=["tracking"])

    @made.get("/v1/projects/{write_key}/settings", summary="Settings of the browser SDK")
    @made.get("/analytics.js/v1/{write_key}/settings", include_in_schema=False)
    def settings(write_key: str, request: Request) -> Response:
        """Where the browser SDK sends its messages: to this server."""
        if keys.find(write_key) is None:
            return json_answer({"integrations": {}}, 404)
        return json_answer(_settings(write_key, request.url.netloc, request.url.scheme), headers=_CACHED)

    return made


def _settings(write_key: str, host: str, scheme: str) -> dict[str, Any]:
    """`sampleRate` 0: the SDK sends no measurements of itself."""
    sending = {"apiKey": write_key, "apiHost": f"{host}/v1", "protocol": scheme, "unbundledIntegrations": []}
    return {
        "integrations": {"Segment.io": sending},
        "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}, "identify": {}, "group": {}},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "middlewareSettings": {},
        "enabledMiddleware": {},
        "metrics": {"sampleRate": 0},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
    }

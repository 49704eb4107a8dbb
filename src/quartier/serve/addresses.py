"""Which addresses are those of the API, and which are pages of the application."""

BEGINNINGS = ("/api/", "/v1/", "/analytics.js/", "/s/", "/static/")
"""How the addresses begin that programs and the visitors of surveys use; all others are pages of the application."""
ALONE = frozenset({"/b", "/healthz", "/readyz", "/openapi.json"})


def is_of_api(path: str) -> bool:
    """Whether programs and the visitors of surveys use this address."""
    return path in ALONE or path.startswith(BEGINNINGS)

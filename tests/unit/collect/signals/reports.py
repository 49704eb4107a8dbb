"""Reports of the browser plug-in, made up for tests."""

import datetime as dt

START = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def page(at: float, path: str = "/", how: str = "open") -> dict:
    return {"kind": "page", "at": ms(at), "page": path, "how": how}


def click(at: float, target: str = "button", **more) -> dict:
    """A click on what looks as if it did something; unless said, the page answers after 0.05 s."""
    said = {"kind": "click", "at": ms(at), "target": target, "x": 100, "y": 100, "acts": True, "changed": 50}
    return {name: value for name, value in (said | more).items() if value is not None}


def unanswered(at: float, target: str = "button", **more) -> dict:
    return click(at, target, **{"changed": None} | more)


def error(at: float, name: str = "TypeError") -> dict:
    return {"kind": "error", "at": ms(at), "error": name}


def touch(at: float, field: str = "email", form: str = "form#sign-up") -> dict:
    return {"kind": "form", "at": ms(at), "form": form, "field": field, "step": "touch"}


def sent(at: float, form: str = "form#sign-up") -> dict:
    return {"kind": "form", "at": ms(at), "form": form, "step": "send"}


def report(*signals: dict, number: int = 0, visit: str = "v1", at: float | None = None, **more) -> dict:
    """The kept message that carries these signals, received when the last of them happened, or at a time in seconds."""
    last = at if at is not None else max((each["at"] for each in signals), default=0) / 1000
    instant = (START + dt.timedelta(seconds=last)).isoformat().replace("+00:00", "Z")
    return {
        "messageId": f"{visit}-{number}",
        "type": "track",
        "event": "Signals Reported",
        "anonymousId": f"person-of-{visit}",
        "source": "site",
        "timestamp": instant,
        "receivedAt": instant,
        "properties": {"visit": visit, "batch": number, "at": ms(last), "signals": list(signals)},
    } | more


def much_later(hours: float = 2) -> dict:
    """A report of someone else, by which every visit before it is over."""
    return report(page(0), visit="someone-else", at=hours * 3600)


def ms(seconds: float) -> int:
    return round(seconds * 1000)

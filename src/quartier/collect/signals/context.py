"""Technographic traits from a message's `context`, as the Segment spec lays it out."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from quartier.collect.signals.agent import Agent, agent_of, name_of

COLUMNS: Final = ("device", "browser", "browser_version", "operating_system", "operating_system_version", "screen",
                  "language", "app", "app_version")  # fmt: skip
"""The traits that a context may give, in this order."""
READ_AT: Final = (
    ("userAgent",), ("locale",), ("library", "name"), ("app", "name"), ("app", "version"), ("os", "name"),
    ("os", "version"), ("device", "model"), ("device", "type"), ("screen", "width"), ("screen", "density"),
    ("userAgentData", "platform"), ("userAgentData", "platformVersion"), ("userAgentData", "mobile"),
)  # fmt: skip
"""All that is read of a context: a context that holds nothing else tells the same."""
_READ: Final = tuple(dict.fromkeys(first for first, *_ in READ_AT))
_ADDRESSES: Final = frozenset(
    ["ip", "IP", "Ip", "ipAddress", "IpAddress", "ip_address", "remoteAddress", "remote_address"]
)
_SERVERS: Final = ("analytics-python", "analytics-node", "analytics-ruby", "analytics-go", "analytics-java",
                   "analytics-php", "analytics-rust", "analytics.net")  # fmt: skip
"""Libraries that run on a company's servers: what they say of the device is about the server."""
_SCREENS: Final = ((600, "small"), (1024, "medium"), (1440, "large"))
"""Widths in CSS pixels below which a screen has that class: phones, tablets, laptops; wider is `very large`."""
_HINTED: Final = {"Windows": "Windows", "macOS": "macOS", "Android": "Android", "Chrome OS": "Chrome OS",
                  "Chromium OS": "Chrome OS", "Linux": "Linux", "iOS": "iOS"}  # fmt: skip
_LONGEST: Final = 60


def technographic(contexts: Iterable[Mapping[str, Any] | None]) -> list[dict[str, str]]:
    """The traits that each context gives; what it does not say is absent. Each distinct device is read once."""
    return [dict(_remembered(_read_part(each))) if each else {} for each in contexts]


def without_address(context: Mapping[str, Any]) -> Mapping[str, Any]:
    """The context without network addresses, in itself and in its objects; as it is where it holds none."""
    objects = [value for value in context.values() if isinstance(value, dict)]
    if all(map(_ADDRESSES.isdisjoint, [context, *objects])):  # asked of every message that arrives
        return context
    plain = _without(context)
    return {key: _without(value) if isinstance(value, dict) else value for key, value in plain.items()}


def place(traits: Mapping[str, Any]) -> dict[str, str]:
    """Country and region as a person gave them, in traits or in their `address`; never guessed from an address."""
    address = traits.get("address")
    inner = address if isinstance(address, Mapping) else {}
    said = {
        "country": traits.get("country") or inner.get("country"),
        "region": traits.get("region") or inner.get("region") or inner.get("state"),
    }
    return {name: value for name, value in said.items() if isinstance(value, str) and value.strip()}


def _without(part: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key not in _ADDRESSES}


def _read_part(context: Mapping[str, Any]) -> bytes:
    """What is read of a context, as JSON: pages and campaigns differ in each message, devices do not."""
    return orjson.dumps({name: context[name] for name in _READ if name in context})


@functools.lru_cache(maxsize=20_000)
def _remembered(part: bytes) -> tuple[tuple[str, str], ...]:
    said = _traits(orjson.loads(part))
    return tuple((name, value[:_LONGEST]) for name in COLUMNS if (value := said.get(name)))


def _traits(context: Mapping[str, Any]) -> dict[str, str | None]:
    if (_text(context, "library", "name") or "").startswith(_SERVERS):
        return {}
    agent = agent_of(_text(context, "userAgent") or "") if _text(context, "userAgent") else Agent()
    system, version = _system(context, agent)
    app = _text(context, "app", "name")
    return {
        "device": _device(context, agent, system),
        "browser": None if app and _is_mobile_library(context) else agent.browser,
        "browser_version": None if app and _is_mobile_library(context) else agent.browser_version,
        "operating_system": system,
        "operating_system_version": version,
        "screen": _screen(context),
        "language": _language(_text(context, "locale")),
        "app": app,
        "app_version": _text(context, "app", "version"),
    }


def _system(context: Mapping[str, Any], agent: Agent) -> tuple[str | None, str | None]:
    """What the SDK says of the system, then client hints, then the user agent."""
    given = _text(context, "os", "name")
    if given:
        return name_of(given), _text(context, "os", "version")
    hinted = _HINTED.get(_text(context, "userAgentData", "platform") or "")
    if hinted is None:
        return agent.operating_system, agent.operating_system_version
    return hinted, _hinted_version(hinted, _text(context, "userAgentData", "platformVersion"))


def _hinted_version(system: str, version: str | None) -> str | None:
    """Windows hints count on their own: 13 and above is Windows 11, 1 to 10 is Windows 10."""
    major = (version or "").partition(".")[0]
    if not major.isdigit() or system == "Linux":
        return None
    if system != "Windows":
        return major
    return "11" if int(major) >= 13 else "10" if int(major) >= 1 else None


def _device(context: Mapping[str, Any], agent: Agent, system: str | None) -> str | None:
    model = (_text(context, "device", "model") or "").casefold()
    if "ipad" in model or "tablet" in model:
        return "tablet"
    if agent.device is not None:
        return agent.device
    if (_text(context, "device", "type") or "").casefold() in ("ios", "android") or _hinted_mobile(context):
        return "phone"
    return "computer" if system in ("Windows", "macOS", "Linux", "Chrome OS") else None


def _hinted_mobile(context: Mapping[str, Any]) -> bool:
    hints = context.get("userAgentData")
    return isinstance(hints, Mapping) and hints.get("mobile") is True


def _is_mobile_library(context: Mapping[str, Any]) -> bool:
    """Phone SDKs send the user agent of the system's own web view, which the person does not see."""
    return (_text(context, "device", "type") or "").casefold() in ("ios", "android")


def _screen(context: Mapping[str, Any]) -> str | None:
    """The class of a screen by its width; phone SDKs give it in dots and say how many a CSS pixel has."""
    given = context.get("screen")
    screen = given if isinstance(given, Mapping) else {}
    width = _positive(screen.get("width"))
    density = _positive(screen.get("density")) if _is_mobile_library(context) else 1
    if width is None or density is None:
        return None
    return next((name for limit, name in _SCREENS if width / density < limit), "very large")


def _positive(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None


def _language(locale: str | None) -> str | None:
    """`fr` of `fr-FR` or `fr_CA`; anything that is no language code is left out."""
    code = (locale or "").replace("_", "-").partition("-")[0].lower()
    return code if code.isalpha() and 2 <= len(code) <= 3 else None


def _text(context: Mapping[str, Any], *path: str) -> str | None:
    value: Any = context
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value.strip() or None if isinstance(value, str) else None

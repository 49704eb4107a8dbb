"""What a user agent says of browser, operating system and kind of device.

Browsers no longer tell the truth about versions: Chrome and Safari freeze macOS at 10.15.7, Chrome freezes Windows at
10.0 and Android at 10. A frozen version is left out rather than reported; client hints (`userAgentData`) put it right
where the SDK sends them. An iPad that asks for desktop pages says that it is a Mac, and cannot be told from one.
"""

import functools
import re
from dataclasses import dataclass

DISTINCT_AGENTS = 20_000
"""How many user agents are remembered: parsing one takes milliseconds, and a site sees the same few thousand."""
LONGEST_AGENT = 1000
"""Characters that are read; longer ones are made up, and patterns are slow on them."""

_TELEVISION = re.compile(
    r"smart-?tv|googletv|google tv|android tv|appletv|apple tv|hbbtv|web0s|webos\.tv|tizen.*\btv\b|bravia|roku"
    r"|crkey|\baft[a-z]{1,4}\b|netcast|viera|philipstv",
    re.IGNORECASE,
)
_CONSOLE = re.compile(r"playstation|xbox|nintendo", re.IGNORECASE)
_COMPUTERS = frozenset(
    ["Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS", "Fedora", "Debian", "FreeBSD", "OpenBSD"]
)
_FROZEN = {("Windows", "10"), ("Mac OS X", "10.15"), ("Android", "10")}
_NAMES = {"Mac OS X": "macOS", "Mobile Safari": "Safari", "Chrome Mobile": "Chrome", "Chrome Mobile iOS": "Chrome",
          "Firefox Mobile": "Firefox", "Firefox iOS": "Firefox", "Edge Mobile": "Edge", "Opera Mobile": "Opera",
          "Mobile Safari UI/WKWebView": "Safari", "iPhone OS": "iOS", "iPadOS": "iOS",
          "Chrome Mobile WebView": "Chrome"}  # fmt: skip
"""One browser has one name on every device: the device says the rest."""


@dataclass(frozen=True, slots=True)
class Agent:
    """What a user agent says; `None` is what it does not say."""

    device: str | None = None
    browser: str | None = None
    browser_version: str | None = None
    operating_system: str | None = None
    operating_system_version: str | None = None


@functools.lru_cache(maxsize=DISTINCT_AGENTS)
def agent_of(text: str) -> Agent:
    """Reads one user agent; what cannot be recognised stays `None`."""
    from ua_parser import parse  # 0.4 s at the first user agent: not at each start of the command line

    found = parse(text[:LONGEST_AGENT])
    browser, system, device = found.user_agent, found.os, found.device
    is_bot = device is not None and device.family == "Spider"
    return Agent(
        device="other" if is_bot else _device(text[:LONGEST_AGENT], system.family if system else None),
        browser=name_of(browser.family) if browser else None,
        browser_version=browser.major if browser else None,
        operating_system=name_of(system.family) if system else None,
        operating_system_version=_version(system.family, system.major, system.minor) if system else None,
    )


def name_of(family: str) -> str:
    """The usual name of a browser or system: `Mobile Safari` is Safari, `Mac OS X` is macOS."""
    return _NAMES.get(family, family)


def _device(text: str, system: str | None) -> str | None:
    if _TELEVISION.search(text):
        return "tv"
    if _CONSOLE.search(text):
        return "other"
    if re.search(r"ipad|tablet|kindle|silk/", text, re.IGNORECASE):
        return "tablet"
    if system == "Android":
        return "phone" if "Mobile" in text else "tablet"
    if system in ("iOS", "Windows Phone", "KaiOS"):
        return "phone"
    if system in _COMPUTERS:
        return "computer"
    return None if system is None else "other"


def _version(family: str, major: str | None, minor: str | None) -> str | None:
    if major is None or (family, major) in _FROZEN or (family, f"{major}.{minor}") in _FROZEN:
        return None
    return f"{major}.{minor}" if family == "Mac OS X" and major == "10" else major

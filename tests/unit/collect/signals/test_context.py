"""What a message's context says of a person's devices, as tables."""

import pytest

from quartier.catalog import Meaning
from quartier.catalog.families import Family
from quartier.collect.signals import place, technographic, technographic_traits, without_address
from quartier.collect.signals.context import READ_AT

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
AGENTS = {
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.2 Mobile/15E148 Safari/604.1",
    "ipad": "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 "
    "Mobile/15E148 Safari/604.1",
    "windows": f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36",
    "edge": f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/131.0.0.0",
    "mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Safari/605.1.15",
    "linux": "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
    "android phone": f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36",
    "android tablet": f"Mozilla/5.0 (Linux; Android 13; SM-X700) {CHROME} Safari/537.36",
    "television": "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 "
    "TV Safari/537.36",
    "chromebook": f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36",
    "bot": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "console": f"Mozilla/5.0 (PlayStation; PlayStation 5/2.26) {CHROME} Safari/537.36",
}


def said(context: dict) -> dict[str, str]:
    (traits,) = technographic([context])
    return traits


@pytest.mark.parametrize(
    ("agent", "device", "browser", "system", "version"),
    [
        ("iphone", "phone", "Safari 17", "iOS", "17"),
        ("ipad", "tablet", "Safari 16", "iOS", "16"),
        ("windows", "computer", "Chrome 131", "Windows", None),
        ("edge", "computer", "Edge 131", "Windows", None),
        ("mac", "computer", "Safari 18", "macOS", None),
        ("linux", "computer", "Firefox 133", "Linux", None),
        ("android phone", "phone", "Chrome 131", "Android", None),
        ("android tablet", "tablet", "Chrome 131", "Android", "13"),
        ("chromebook", "computer", "Chrome 131", "Chrome OS", "14541"),
    ],
)
def test_a_user_agent_says_device_browser_and_system(agent: str, device: str, browser: str, system: str, version):
    found = said({"userAgent": AGENTS[agent]})
    assert found["device"] == device
    assert f"{found['browser']} {found['browser_version']}" == browser
    assert (found["operating_system"], found.get("operating_system_version")) == (system, version)


@pytest.mark.parametrize(("agent", "device"), [("television", "tv"), ("bot", "other"), ("console", "other")])
def test_what_is_neither_phone_nor_computer_is_said_to_be_so(agent: str, device: str):
    assert said({"userAgent": AGENTS[agent]})["device"] == device


def test_client_hints_put_right_what_the_user_agent_freezes():
    hints = {"platform": "Windows", "platformVersion": "15.0.0", "mobile": False}
    assert said({"userAgent": AGENTS["windows"], "userAgentData": hints})["operating_system_version"] == "11"
    hints = {"platform": "macOS", "platformVersion": "14.5.0"}
    assert said({"userAgent": AGENTS["mac"], "userAgentData": hints})["operating_system_version"] == "14"


def test_a_phone_sdk_says_its_app_and_system_and_no_browser():
    context = {
        "app": {"name": "Corner Shop", "version": "3.1"},
        "device": {"type": "ios", "model": "iPhone7,2"},
        "os": {"name": "iPhone OS", "version": "18.1"},
        "screen": {"width": 1170, "density": 3},
        "library": {"name": "analytics-ios"},
        "userAgent": AGENTS["iphone"],
    }
    assert said(context) == {
        "device": "phone",
        "operating_system": "iOS",
        "operating_system_version": "18.1",
        "screen": "small",
        "app": "Corner Shop",
        "app_version": "3.1",
    }


@pytest.mark.parametrize(
    ("width", "screen"),
    [(390, "small"), (820, "medium"), (1280, "large"), (2560, "very large"), (0, None), ("9", None)],
)
def test_a_screen_has_a_class_by_its_width(width, screen):
    assert said({"screen": {"width": width}}).get("screen") == screen


@pytest.mark.parametrize(("locale", "language"), [("fr-FR", "fr"), ("en_GB", "en"), ("de", "de"), ("*", None)])
def test_a_locale_says_the_language(locale: str, language: str | None):
    assert said({"locale": locale}).get("language") == language


@pytest.mark.parametrize(
    "context",
    [{}, {"userAgent": ""}, {"userAgent": 7, "screen": [], "os": "x", "device": None, "app": 3, "locale": {}}],
)
def test_a_context_that_says_nothing_gives_nothing(context: dict):
    assert said(context) == {}


def test_a_library_on_a_server_says_nothing_of_the_person():
    context = {"library": {"name": "analytics-python", "version": "2.4"}, "userAgent": AGENTS["linux"], "locale": "en"}
    assert said(context) == {}


def test_contexts_keep_their_places():
    contexts = [{"locale": "fr"}, None, {"locale": "en", "page": {"path": "/"}}]
    assert technographic(contexts) == [{"language": "fr"}, {}, {"language": "en"}]


def test_network_addresses_are_dropped_wherever_they_are():
    context = {"ip": "203.0.113.9", "network": {"IP": "203.0.113.9", "wifi": True}, "page": {"path": "/ip"}}
    assert without_address(context) == {"network": {"wifi": True}, "page": {"path": "/ip"}}


def test_a_place_comes_from_what_was_given_alone():
    assert place({"country": "France"}) == {"country": "France"}
    assert place({"address": {"country": "FR", "state": "Bretagne"}}) == {"country": "FR", "region": "Bretagne"}
    assert place({"ip": "203.0.113.9", "country": " "}) == {}


def test_every_trait_of_a_context_has_its_place_in_the_catalog():
    traits = {each.name: each for each in technographic_traits()}
    assert {traits[name].meaning for name in ("device", "browser", "operating_system", "language")} == {
        Meaning.DEVICE,
        Meaning.BROWSER,
        Meaning.OPERATING_SYSTEM,
        Meaning.LANGUAGE,
    }
    assert traits["screen"].family is Family.TECHNOGRAPHIC


def test_what_the_projector_reads_of_a_context_tells_the_same_as_all_of_it():
    context = {
        "userAgent": AGENTS["windows"], "userAgentData": {"platform": "Windows", "platformVersion": "13.0.0"},
        "locale": "fr-FR", "screen": {"width": 390, "height": 844, "density": 3}, "page": {"path": "/"},
        "os": {"name": "iOS", "version": "17"}, "device": {"type": "ios", "model": "iPhone15,2", "id": "x"},
        "app": {"name": "Shop", "version": "2.1", "build": 7}, "library": {"name": "analytics-swift", "version": "1"},
    }  # fmt: skip
    read: dict = {}
    for first, *inner in READ_AT:
        if inner:
            read.setdefault(first, {})[inner[0]] = context[first].get(inner[0])
        else:
            read[first] = context[first]
    assert said(read) == said(context) != {}

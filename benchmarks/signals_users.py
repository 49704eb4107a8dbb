"""How the rules do on visits of which we know what they were: ordinary ones, and ones with a cause of frustration.

Chromium, driven by Playwright, plays persons in the shop of `signals_site.py`, with seeded chance in pace, place and
number of clicks. Run `python -m benchmarks.signals_users`; `--rounds 2` for a quick look. What it says holds for these
visits, which we thought up: it shows what a rule confuses, not how often that happens on a real site.
"""

import argparse
import asyncio
import random
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from playwright.async_api import Browser, Error, Page, async_playwright

from benchmarks.signals_site import Site, serve
from quartier.collect.signals import PARAMETERS, Rule, frustrations

AT_ONCE = 4
Deeds = Callable[["Person"], Awaitable[None]]
NAIVE = "naive: 3 clicks in 1 s within 30 px"


@dataclass
class Person:
    """Someone at a page: where they click, and how fast."""

    page: Page
    site: Site
    chance: random.Random

    async def opens(self, path: str) -> None:
        await self.page.goto(self.site.at(path))

    async def clicks(self, selector: str, times: int = 1, gap: tuple[int, int] = (80, 300)) -> None:
        """On one element, with a hand that is not quite steady."""
        box = await self.page.locator(selector).first.bounding_box()
        assert box is not None
        x, y = (box["x"] + box["width"] * self.chance.uniform(0.3, 0.7), box["y"] + box["height"] / 2)
        for number in range(times):
            if number:
                await self.waits(*gap)
            await self.page.mouse.click(x + self.chance.uniform(-2, 2), y + self.chance.uniform(-2, 2))

    async def waits(self, least: int, most: int) -> None:
        await self.page.wait_for_timeout(self.chance.uniform(least, most))

    async def reads(self) -> None:
        await self.waits(1100, 2500)

    async def goes_back(self) -> None:
        await self.page.wait_for_load_state()
        await self.page.go_back()

    async def writes(self, field: str, text: str) -> None:
        await self.page.locator(f"[name={field}]").press_sequentially(text, delay=self.chance.uniform(30, 90))


async def steps_up(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks("#plus", person.chance.randint(3, 8))
    await person.reads()


async def types_a_code(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks("#keys button", person.chance.randint(3, 5))
    await person.reads()


async def plays(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks("#game", person.chance.randint(4, 9))
    await person.reads()


async def selects_text(person: Person) -> None:
    await person.opens("/")
    box = await person.page.locator("#words").bounding_box()
    assert box is not None
    times = person.chance.choice([2, 3])
    await person.page.mouse.click(box["x"] + 60, box["y"] + 8, click_count=times, delay=30)
    await person.reads()


async def turns_pages(person: Person) -> None:
    await person.opens("/")
    await person.clicks("#pager", person.chance.randint(3, 6), gap=(150, 600))
    await person.reads()


async def filters(person: Person) -> None:
    await person.opens("/")
    for number in range(3):
        await person.clicks(f"label:nth-of-type({number + 1})")
        await person.waits(200, 500)
    await person.reads()


async def sorts(person: Person) -> None:
    """Up, down and back again, on a column that takes 0.4 s to be sorted."""
    await person.opens("/basket")
    await person.clicks("#sort", 3, gap=(250, 900))
    await person.reads()


async def works_through_a_list(person: Person) -> None:
    await person.opens("/")
    for number in person.chance.sample(range(1, 9), person.chance.randint(2, 3)):
        await person.clicks(f"#list li:nth-child({number}) a")
        await person.waits(700, 2500)
        await person.goes_back()
        await person.waits(500, 1500)


async def looks_up_one_thing(person: Person) -> None:
    await person.opens("/")
    await person.clicks(person.chance.choice(["#to-stores", "#to-terms", "#list li:nth-child(2) a"]))
    await person.waits(2000, 9000)
    await person.goes_back()
    await person.reads()


async def pays_and_waits(person: Person) -> None:
    await person.opens("/basket?ms=2500")
    await person.clicks("#pay")
    await person.waits(3000, 4000)


async def joins(person: Person) -> None:
    await person.opens("/join")
    await person.writes("email", "a@example.org")
    if person.chance.random() < 0.5:
        await person.clicks("#to-terms")
        await person.reads()
        await person.goes_back()
    await person.writes("street", "Rue des Lilas")
    await person.writes("phone", "0600000000")
    await person.clicks("#send")
    await person.reads()


async def looks_at_a_form(person: Person) -> None:
    await person.opens("/join")
    await person.clicks("[name=email]")
    await person.reads()


async def clicks_about_while_reading(person: Person) -> None:
    await person.opens("/")
    await person.clicks("#words", person.chance.randint(1, 3), gap=(400, 2000))
    await person.reads()


async def clicks_everything_twice(person: Person) -> None:
    await person.opens("/product/1")
    await person.clicks("#add", 2, gap=(80, 200))
    await person.reads()


async def copies_the_link(person: Person) -> None:
    """The button works and shows nothing."""
    await person.opens("/basket")
    await person.clicks("#copy")
    await person.reads()


async def reads_on_while_a_part_loads(person: Person) -> None:
    await person.opens("/board")
    for number in person.chance.sample([1, 2, 3], person.chance.randint(1, 3)):
        await person.waits(400, 1500)
        await person.clicks(f".tab >> nth={number - 1}")
    await person.waits(1500, 2000)


async def clicks_beside_an_error_unseen(person: Person) -> None:
    """The page fails on its own every three seconds, and nobody can tell."""
    await person.opens("/lively")
    await person.waits(1500, 4000)
    await person.clicks("#tab")
    await person.waits(2000, 3000)


async def hammers_a_dead_button(person: Person) -> None:
    await person.opens("/basket")
    await person.waits(300, 900)
    await person.clicks("#coupon", person.chance.randint(3, 7), gap=(120, 500))
    await person.reads()


async def hammers_a_dead_picture(person: Person) -> None:
    await person.opens("/product/3")
    await person.clicks("#picture", person.chance.randint(3, 5), gap=(120, 500))
    await person.reads()


async def hammers_on_a_lively_page(person: Person) -> None:
    await person.opens("/lively")
    await person.clicks("#coupon", person.chance.randint(3, 7), gap=(120, 500))
    await person.reads()


async def hammers_a_button_that_is_off(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks("#off", person.chance.randint(3, 7), gap=(120, 500))
    await person.reads()


async def hammers_a_slow_button(person: Person) -> None:
    await person.opens("/basket?ms=4000")
    await person.clicks("#pay", person.chance.randint(3, 6), gap=(250, 900))
    await person.waits(2000, 3000)


async def tries_a_slow_button_again(person: Person) -> None:
    await person.opens("/basket?ms=6000")
    await person.clicks("#pay", 3, gap=(1300, 2200))
    await person.waits(1500, 2000)


async def tries_a_dead_button(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks("#coupon", person.chance.randint(1, 2), gap=(1200, 2500))
    await person.reads()


async def tries_a_dead_link(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks("#gift")
    await person.reads()


async def takes_the_wrong_link(person: Person) -> None:
    await person.opens("/")
    await person.clicks(person.chance.choice(["#to-stores", "#to-terms"]))
    await person.waits(900, 5000)
    await person.goes_back()
    await person.waits(800, 1500)
    if person.chance.random() < 0.5:
        await person.clicks("#to-join")
        await person.reads()


async def gives_up_a_form(person: Person) -> None:
    await person.opens("/join")
    await person.waits(300, 800)
    for field in ["email", "street", "phone"][: person.chance.randint(2, 3)]:
        await person.writes(field, "abc def ghi")
        await person.waits(200, 900)
    if person.chance.random() < 0.5:
        await person.clicks("#home")
        await person.reads()


async def meets_an_error(person: Person) -> None:
    await person.opens("/basket")
    await person.clicks(person.chance.choice(["#break", "#fail"]))
    await person.reads()


RAGE, DEAD, TURN, LOADING = Rule.RAGE_CLICK, Rule.DEAD_CLICK, Rule.U_TURN, Rule.CLICK_WHILE_LOADING
ORDINARY: tuple[Deeds, ...] = (
    steps_up, types_a_code, plays, selects_text, turns_pages, filters, sorts, works_through_a_list, looks_up_one_thing,
    pays_and_waits, joins, looks_at_a_form, clicks_about_while_reading, clicks_everything_twice, copies_the_link,
    reads_on_while_a_part_loads, clicks_beside_an_error_unseen,
)  # fmt: skip
FRUSTRATED: dict[Deeds, frozenset[Rule]] = {
    hammers_a_dead_button: frozenset([RAGE, DEAD]),
    hammers_a_dead_picture: frozenset([RAGE, DEAD]),
    hammers_on_a_lively_page: frozenset([RAGE, DEAD]),
    hammers_a_button_that_is_off: frozenset([RAGE, DEAD]),
    hammers_a_slow_button: frozenset([RAGE]),
    tries_a_slow_button_again: frozenset([LOADING]),
    tries_a_dead_button: frozenset([DEAD]),
    tries_a_dead_link: frozenset([DEAD]),
    takes_the_wrong_link: frozenset([TURN]),
    gives_up_a_form: frozenset([Rule.FORM_ABANDONED]),
    meets_an_error: frozenset([Rule.ERROR]),
}
"""What each shows, where the rules are right."""
ALSO_RIGHT: dict[Deeds, frozenset[Rule]] = {
    hammers_on_a_lively_page: frozenset([Rule.ERROR]),
    hammers_a_slow_button: frozenset([LOADING]),
    meets_an_error: frozenset([DEAD]),
}
"""What else is neither wrong nor missed: a button that fails is dead too, as far as people can see."""


@dataclass(frozen=True)
class Visited:
    """One visit: what the person did, what it should show, and what was derived."""

    deeds: str
    expected: frozenset[str]
    allowed: frozenset[str]
    found: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10, help="visits of each kind")
    visited = asyncio.run(visits(parser.parse_args().rounds))
    print(as_markdown(visited))


async def visits(rounds: int) -> list[Visited]:
    """Every kind of visit so many times, some at once."""
    chromium, turn = shutil.which("chromium") or shutil.which("google-chrome"), asyncio.Semaphore(AT_ONCE)
    with serve() as site:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            kinds = [*ORDINARY, *FRUSTRATED]
            found = await asyncio.gather(
                *(_visit(browser, site, turn, deeds, seed) for seed in range(rounds) for deeds in kinds)
            )
            await browser.close()
    return list(found)


async def _visit(browser: Browser, site: Site, turn: asyncio.Semaphore, deeds: Deeds, seed: int) -> Visited:
    name = f"{deeds.__name__}-{seed}"
    async with turn:
        while not await _played(browser, site, deeds, name):
            name += "-again"  # the browser failed, not the person
    messages = site.messages[name]
    shows, may_show = (frozenset(map(str, kinds.get(deeds, ()))) for kinds in (FRUSTRATED, ALSO_RIGHT))
    return Visited(deeds.__name__, shows, shows | may_show, derived(messages) | naive(messages))


async def _played(browser: Browser, site: Site, deeds: Deeds, name: str) -> bool:
    """Whether the visit could be played to its end."""
    context = await browser.new_context()
    try:
        await context.add_cookies([{"name": "visit", "value": name, "url": site.at()}])
        page = await context.new_page()
        await deeds(Person(page, site, random.Random(name)))
        await page.goto("about:blank")
        await asyncio.sleep(0.3)  # the last report is under way
    except Error:
        return False
    finally:
        await context.close()
    return True


def derived(messages: list[dict[str, Any]]) -> frozenset[str]:
    """The events that all rules show."""
    received = [{**each, "receivedAt": each["timestamp"]} for each in messages]
    later = {"type": "track", "event": "Signals Reported", "properties": {}, "receivedAt": "2999-01-01T00:00:00Z"}
    events, _ = frustrations([*received, later], None, replace(PARAMETERS, rules=frozenset(Rule)))
    return frozenset(each["event"] for each in events)


def naive(messages: list[dict[str, Any]]) -> frozenset[str]:
    """The rule that everyone begins with."""
    signals = [signal for each in messages for signal in each["properties"]["signals"]]
    clicks = [each for each in signals if each["kind"] == "click"]
    for first, second, third in zip(clicks, clicks[1:], clicks[2:], strict=False):
        near = all(abs(first[axis] - each[axis]) <= 30 for each in (second, third) for axis in "xy")
        if near and third["at"] - first["at"] <= 1000:
            return frozenset([NAIVE])
    return frozenset()


def as_markdown(visited: list[Visited]) -> str:
    """Per rule: of what it found how much was right, and of what was there how much it found."""
    ordinary = [each for each in visited if not each.expected]
    lines = [
        f"{len(ordinary)} ordinary visits of {len(ORDINARY)} kinds, {len(visited) - len(ordinary)} with a cause of "
        f"frustration of {len(FRUSTRATED)} kinds.\n",
        "| rule | precision | recall | wrong per 100 ordinary visits | wrong in | missed in |",
        "|---|---|---|---|---|---|",
        *(_row(rule, RAGE if rule == NAIVE else rule, visited, ordinary) for rule in (NAIVE, *map(str, Rule))),
    ]
    return "\n".join(lines)


def _row(name: str, meant: str, visited: list[Visited], ordinary: list[Visited]) -> str:
    found = [each for each in visited if name in each.found]
    there = [each for each in visited if meant in each.expected]
    wrong, missed = [e for e in found if meant not in e.allowed], [e for e in there if name not in e.found]
    rate = sum(name in each.found for each in ordinary) / len(ordinary) * 100
    precision, recall = _share(len(found) - len(wrong), len(found)), _share(len(there) - len(missed), len(there))
    return f"| {name} | {precision} | {recall} | {rate:.1f} | {_kinds(wrong)} | {_kinds(missed)} |"


def _share(some: int, of: int) -> str:
    return f"{some} of {of} ({some / of:.0%})" if of else "none"


def _kinds(visited: list[Visited]) -> str:
    counted = Counter(each.deeds.replace("_", " ") for each in visited)
    return ", ".join(f"{deeds} ({number})" for deeds, number in sorted(counted.items()))


if __name__ == "__main__":
    main()

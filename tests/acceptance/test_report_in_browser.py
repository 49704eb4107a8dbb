"""The report as a reader meets it: opened from a disk, without a network, by day, by night, on a phone, on paper."""

import re
import subprocess
from pathlib import Path

import pytest

from quartier.language import LANGUAGES
from quartier.report.render import render
from tests.unit.report.made_up import content

# Every address resolves to nothing, so that whatever the page asked for would fail loudly on the console.
ALONE = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
PATIENCE = 120

# Runs in a copy of the page only: the report itself holds no script.
PROBE = """
<script>
addEventListener("load", () => document.fonts.ready.then(() => {
  const out = [];
  const shown = node => node.checkVisibility && node.checkVisibility();
  for (const link of document.querySelectorAll("a.district")) {
    if (!shown(link)) continue;
    const lot = link.querySelector("rect").getBBox();
    for (const text of link.querySelectorAll("text")) {
      const box = text.getBBox();
      if (box.x < lot.x - 1 || box.x + box.width > lot.x + lot.width + 1 || box.y + box.height > lot.y + lot.height + 2)
        out.push("overflow: " + text.textContent);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) out.push("page wider than window");
  if (!document.fonts.check('16px "Public Sans"')) out.push("typeface missing");
  out.push("districts: " + [...document.querySelectorAll("a.district")].filter(shown).length);
  out.push("ground: " + getComputedStyle(document.body).backgroundColor);
  document.title = out.join(" | ");
}));
</script>
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The made-up report in each language, as it is and with the probe in it."""
    folder, found, whole = tmp_path_factory.mktemp("report"), {}, content(4)
    for language in LANGUAGES:
        html = render(whole, language)
        probed = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace(
            "</body>", f"{PROBE}</body>"
        )
        for name, text in ((language, html), (f"{language}-probed", probed)):
            found[name] = folder / f"{name}.html"
            found[name].write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_opens_without_a_network_and_without_a_word_on_the_console(pages, requires, language, tmp_path):
    picture = tmp_path / "page.png"
    options = ("--enable-logging=stderr", f"--screenshot={picture}", "--window-size=1280,1600")
    done = run(requires("chromium"), *options, str(pages[language]))
    assert ":CONSOLE" not in done.stderr, done.stderr
    assert picture.stat().st_size > 50_000


@pytest.mark.parametrize("size", ["1280,900", "500,900"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_leaves_its_district_and_nothing_is_wider_than_the_window(pages, requires, language, size):
    seen = probed(requires("chromium"), pages[f"{language}-probed"], f"--window-size={size}")
    assert seen == ["districts: 11", "ground: rgb(251, 250, 247)"]


def test_by_night_the_page_is_dark(pages, requires):
    seen = probed(requires("chromium"), pages["fr-probed"], "--blink-settings=preferredColorScheme=0")
    assert seen == ["districts: 11", "ground: rgb(22, 25, 31)"]


def test_on_paper_the_report_is_a_few_pages(pages, requires, tmp_path):
    sheet = tmp_path / "report.pdf"
    run(requires("chromium"), f"--print-to-pdf={sheet}", "--no-pdf-header-footer", str(pages["fr"]))
    sheets = len(re.findall(rb"/Type\s*/Page\b", sheet.read_bytes()))
    assert 4 <= sheets <= 14


def probed(chromium: str, page: Path, *options: str) -> list[str]:
    """What the probe wrote into the title."""
    done = run(chromium, "--virtual-time-budget=4000", *options, "--dump-dom", str(page))
    return re.search(r"<title>(.*?)</title>", done.stdout)[1].split(" | ")


def run(chromium: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Chromium, alone in the world, for one page."""
    return subprocess.run([chromium, *ALONE, *options], capture_output=True, text=True, timeout=PATIENCE, check=True)

"""What is looked at on every page: axe, width, heading, title, language and the way in by keyboard.

axe is put into the page once and runs at each width; only what it finds wrong is fetched.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

HEIGHT = 900
RUN_AXE = """async (colours) => {
    const rules = { "color-contrast": { enabled: colours } };
    // Preloading would put style sheets that import others into the page, which the policy forbids.
    const found = await axe.run(document, { rules, preload: false, resultTypes: ["violations"] });
    const places = (fault) => fault.nodes.map((node) => node.target.join(" "));
    return found.violations.map((fault) => [fault.id, places(fault)]);
}"""


@dataclass(frozen=True)
class Look:
    """How pages are looked at: in which language, and on screens of which widths.

    `colours`: whether contrast is reckoned too, which takes most of the time and is the same in
    every language.
    """

    language: str
    widths: tuple[int, ...]
    colours: bool = True


def faults_of(page: Page, look: Look) -> list[str]:
    """Everything that is wrong with the page as it stands, in words."""
    page.evaluate(AXE_SCRIPT)
    return [
        *_names(page, look.language),
        *(fault for width in look.widths for fault in _at(page, width, look.colours)),
    ]


def misses_skip_link(page: Page) -> bool:
    """On a page just opened the first Tab meets the link to the content."""
    page.keyboard.press("Tab")
    return page.evaluate("document.activeElement.getAttribute('href')") != "#main"


def _names(page: Page, language: str) -> Iterable[str]:
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"{headings} h1"
    if not page.title().partition("–")[0].strip():
        yield "no title of its own"
    if page.locator("html").get_attribute("lang") != language:
        yield f"lang is not {language}"


def _at(page: Page, width: int, colours: bool) -> Iterable[str]:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    for rule, places in page.evaluate(RUN_AXE, colours):
        yield f"{rule} at {width}: {places}"
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"{wide} wide at {width}"

"""What axe-core says of a page, asked in one way by every test, when all that comes late has come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

AXE = Path(__file__).resolve().parents[2] / "api" / "front" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

STILL = """
async () => {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity)
    .map(one => one.finished));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false})"


def with_axe(context: BrowserContext) -> BrowserContext:
    """A context, made with `bypass_csp=True`, in which every page carries axe-core."""
    context.add_init_script(path=AXE)
    return context


def settled(page: Page) -> None:
    """Wait until the page is whole: loaded, its modules run, its fonts there or given up, nothing moving.

    Never with `wait_for_function`: what it asks again, our Content-Security-Policy forbids it to evaluate.
    """
    page.wait_for_load_state("load")
    expect(page.locator("html.script")).to_have_count(1)
    page.evaluate(STILL)


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds on the page once it is whole: the rule, the element, and what is wrong with it."""
    settled(page)
    found: dict[str, Any] = page.evaluate(RUN, list(rules))
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]

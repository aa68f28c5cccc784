"""The components of docs/design-system.md, as they are: no barriers, and the pictures up to date.

``LUOSHI_PICTURES=1`` writes the pictures of the page anew.
"""

import os
import re
from pathlib import Path

import pytest
from tests.browser.conftest import SIZES
from tests.browser.test_every_page import barriers

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "tests/browser/gallery.html"
CSS = ROOT / "src/luoshi/web/static/web/luoshi.css"
DOCS = ROOT / "docs/design-system.md"
PICTURES = ROOT / "docs/images"


@pytest.mark.parametrize("size", SIZES)
def test_gallery(chromium, size):
    context = chromium.new_context(viewport=SIZES[size], locale="zh-CN")
    page = context.new_page()
    page.goto(PAGE.as_uri())
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    if os.environ.get("LUOSHI_PICTURES"):
        page.screenshot(path=PICTURES / f"design-{size}.png", full_page=True)
    context.close()


def test_documented_classes_exist_and_are_used():
    """What the handbook names is in the sheet; what the sheet defines is named in it."""
    sheet = re.sub(r"/\*.*?\*/", "", CSS.read_text(), flags=re.S)
    defined = set(re.findall(r"\.([a-z][a-z-]*)", sheet))
    named = set(re.findall(r"`\.([a-z][a-z-]*)`", DOCS.read_text()))
    assert named <= defined
    assert defined - named == set()


def test_sheet_keeps_to_old_browsers_and_to_itself():
    sheet = CSS.read_text()
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    assert len(sheet.splitlines()) < 900
    for newer in (":has(", ":is(", ":where(", "@container", "inset:", "dvh", "@layer", "@import",
                  "url(", "http"):  # fmt: skip
        assert newer not in rules, newer
    assert not re.search(r"^\s+&", rules, flags=re.M)
    assert not re.search(r"\{[^{}@]*aspect-ratio", rules)

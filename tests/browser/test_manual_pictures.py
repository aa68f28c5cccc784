"""The manual's pictures are taken from the demonstration office; what is said beside them is there."""

import re
from pathlib import Path

import pytest
from tests.browser.manual import PICTURES
from tests.browser.server import Server

ROOT = Path(__file__).resolve().parents[2]
TAKEN = ROOT / "out" / "manual"
CHAPTERS = sorted((ROOT / "docs" / "zh").glob("*.md"))
PICTURE = re.compile(r"!\[[^\]]+\]\(pictures/([a-z-]+)\.jpg\)")
# A picture with nothing on it is smaller than this many bytes.
_EMPTY = 8_000
QUALITY = 62


@pytest.fixture(scope="session")
def year(chromium, tmp_path_factory):
    """A server over the demonstration office, whose year ends on a day that is always the same."""
    home = tmp_path_factory.mktemp("year") / "home"
    server = Server(home, "demonstration", settings="tests.browser.settings_manual")
    yield server
    server.stop()


def clip(page, most: int) -> dict[str, int]:
    """Return where the content of a page ends, or is cut off."""
    bottom = page.locator("main").bounding_box()
    height = min(int(bottom["y"] + bottom["height"]), most)
    return {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}


def test_the_manual_shows_every_picture_and_no_other():
    shown = [name for page in CHAPTERS for name in PICTURE.findall(page.read_text("utf-8"))]
    assert sorted(shown) == sorted(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_picture(year, browse, name):
    picture = PICTURES[name]
    watched = browse(year, picture.who or None, picture.size)
    answer = watched.go(picture.path.format_map(year.items))
    assert answer.status == 200
    page = watched.page
    text = page.locator("body").inner_text()
    assert [words for words in picture.words if not any(w in text for w in words.split("|"))] == []
    TAKEN.mkdir(parents=True, exist_ok=True)
    file = TAKEN / f"{name}.jpg"
    page.screenshot(
        path=file, full_page=True, clip=clip(page, picture.height), type="jpeg", quality=QUALITY
    )
    assert file.stat().st_size > _EMPTY
    watched.clean()

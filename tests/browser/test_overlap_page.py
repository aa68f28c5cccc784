"""The page of ``luoshi overlap`` from a disk: no barriers, nothing from elsewhere, at every width."""

import sys
from pathlib import Path

import pytest
from tests.browser.conftest import SIZES
from tests.browser.test_every_page import barriers

from luoshi.formats import overlap_heat, overlap_html
from luoshi.formats.overlap import Compared
from luoshi.formats.overlap_found import overlap_of
from luoshi.formats.overlap_html import overlap_pages

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from overlap_slips import batch_with_slips  # lies beside the benchmarks


@pytest.fixture(scope="module", params=[24, 60])
def written(request, tmp_path_factory):
    """A page whose map has names; one with a dense map, whose pairs stand in a folder."""
    texts, _, _ = batch_with_slips(request.param, 600, 6, 3)
    documents = [Compared(f"材料/{n}号对照检查材料.txt", t, None, "") for n, t in enumerate(texts)]
    documents.append(Compared("材料/重复.txt", texts[0], "2025-01-08", ""))
    folder = tmp_path_factory.mktemp("overlap")
    with pytest.MonkeyPatch.context() as patch:
        if request.param > 24:
            patch.setattr(overlap_html, "_ON_A_PAGE", 500)
            for module in (overlap_html, overlap_heat):
                patch.setattr(module, "NAMED_AT_MOST", 3)
        pages = overlap_pages(overlap_of(documents), "雷同_并排")
    (folder / "雷同.html").write_text(pages.main, encoding="utf-8")
    (folder / "雷同_并排").mkdir()
    for name, page in pages.beside.items():
        (folder / "雷同_并排" / name).write_text(page, encoding="utf-8")
    assert bool(pages.beside) == (request.param > 24)
    return folder / "雷同.html"


@pytest.mark.parametrize("size", SIZES)
def test_the_page_and_what_its_map_leads_to(chromium, written, size):
    context = chromium.new_context(viewport=SIZES[size], locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    outside, complaints = [], []
    page.on("request", lambda r: r.url.startswith("file:") or outside.append(r.url))
    page.on("console", lambda m: complaints.append(m.text))
    page.goto(written.as_uri())
    for _ in range(2):
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
        # From the table to the pair, wherever that stands.
        page.click(".list a") if page.locator(".list a").count() else None
    assert page.locator("section.pair:target .side").count() == 2
    page.click("section.pair:target a.n >> nth=0")
    assert page.locator("a.n:target").count() == 1
    assert (outside, complaints) == ([], [])
    context.close()

"""Every page, wide and on a phone: no barriers, nothing from outside, no complaint, no overflow."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "tests/files/axe/axe.min.js").read_text()
SHOTS = ROOT / "out" / "screens"

# who looks, at what
PAGES = {
    "sign-in": (None, "/account/login"),
    "today-clerk": ("经办人", "/"),
    "today-owner": ("责任人", "/"),
    "today-head": ("主任", "/"),
    "today-verifier": ("核验人", "/"),
    "today-outside": ("外部核验人", "/"),
    "today-auditor": ("审计人员", "/"),
    "board": ("经办人", "/board"),
    "trend": ("主任", "/trend"),
    "wall": ("审阅人", "/wall?still=1"),
    "search": ("经办人", "/search?q=占道"),
    "view-new": ("经办人", "/views/new?query=due%3Doverdue"),
    "paper": ("责任人", "/ledger/{published}/paper"),
    "ledger": ("经办人", "/ledger"),
    "ledger-open": ("经办人", "/ledger?state=open&sort=new"),
    "ledger-nothing": ("经办人", "/ledger?q=没有这样的事项"),
    "new": ("经办人", "/ledger/new"),
    "draft": ("经办人", "/ledger/{draft}"),
    "edit": ("经办人", "/ledger/{draft}/edit"),
    "working": ("责任人", "/ledger/{working}"),
    "apply": ("责任人", "/ledger/{working}/apply"),
    "applied": ("经办人", "/ledger/{applied}"),
    "assign": ("经办人", "/ledger/{applied}/assign"),
    "verifying": ("核验人", "/ledger/{verifying}"),
    "verify": ("核验人", "/ledger/{verifying}/verify"),
    "sheet": ("核验人", "/ledger/{verifying}/sheet"),
    "verifications": ("核验人", "/verifications"),
    "published": ("经办人", "/ledger/{published}"),
    "publication": ("经办人", "/ledger/{published}/publication"),
    "object": ("经办人", "/ledger/{published}/object"),
    "close": ("经办人", "/ledger/{published}/close"),
    "watching": ("核验人", "/ledger/{watching}"),
    "confirm": ("核验人", "/ledger/{watching}/confirm"),
    "confirmed": ("审阅人", "/ledger/{confirmed}"),
    "relapse": ("审阅人", "/ledger/{confirmed}/relapse"),
    "relapsed": ("责任人", "/ledger/{relapsed}"),
    "late": ("责任人", "/ledger/{late}"),
    "standing": ("责任人", "/ledger/{standing}"),
    "progress": ("责任人", "/ledger/{working}/progress"),
    "evidence": ("民政科员", "/ledger/{working}/evidence"),
    "reading": ("民政科员", "/ledger/{working}/reading"),
    "changes": ("责任人", "/ledger/{working}/change"),
    "change-deadline": ("责任人", "/ledger/{working}/change-deadline"),
    "change-indicator": ("责任人", "/ledger/{late}/change-indicator"),
    "change-split": ("责任人", "/ledger/{working}/change-split"),
    "check": ("核验人", "/ledger/{standing}/check"),
    "of the head": ("外部核验人", "/ledger/{of the head}"),
    "outside": ("外部核验人", "/verifications"),
    "decisions": ("主任", "/ledger/decisions"),
    "import": ("经办人", "/ledger/import"),
    "import-preview": ("经办人", "/ledger/import/{import}"),
    "import-again": ("经办人", "/ledger/import/{import-again}"),
    "import-done": ("经办人", "/ledger/import/{imported}"),
    "imported-item": ("经办人", "/ledger/{imported-item}"),
    "imported-edit": ("经办人", "/ledger/{imported-item}/edit"),
    "import-discard": ("经办人", "/ledger/import/{import}/discard"),
    "export": ("经办人", "/ledger/export?state=open"),
    "handovers": ("管理员", "/handovers"),
    "handover": ("主任", "/handovers/{handover}"),
    "to-claim": ("同事", "/ledger"),
    "not-yours": ("责任人", "/people"),
    "too-late": ("经办人", "/ledger/{working}/edit"),
    "old-draft": ("经办人", "/ledger/{old draft}/edit"),
    "old-claim": ("同事", "/ledger/{old draft}/claim"),
    "specials": ("经办人", "/special"),
    "special": ("经办人", "/special/{special}"),
    "special-new": ("经办人", "/special/new"),
    "special-count": ("经办人", "/special/{special}/count"),
    "paper-item": ("经办人", "/papers/item/{working}"),
    "paper-special": ("主任", "/papers/special/{special}"),
    "paper-material": ("经办人", "/papers/material/{material}"),
    "to-ledger": ("经办人", "/ledger/material/{material}"),
    "materials": ("经办人", "/materials"),
    "material": ("经办人", "/materials/{material}"),
    "last-year": ("经办人", "/materials/{this year}/previous"),
    "no-last-year": ("经办人", "/materials/{oldest year}/previous"),
    "years": ("主任", "/materials/{this year}/years"),
    "years-list": ("经办人", "/materials/years"),
    "upload": ("经办人", "/materials/new"),
    "people": ("管理员", "/people"),
    "me": ("责任人", "/me"),
    "journal": ("审计人员", "/journal"),
    "checkpoints": ("审计人员", "/journal/checkpoints"),
    "verify-journal": ("审计人员", "/journal/verify"),
    "home": ("责任人", "/"),
    "home-clerk": ("经办人", "/"),
    "slips-today": ("责任人", "/supervision"),
    "slips": ("经办人", "/supervision/slips"),
    "slips-nothing": ("经办人", "/supervision/slips?state=archived"),
    "slip": ("责任人", "/supervision/slips/{slip}"),
    "slip-answered": ("经办人", "/supervision/slips/{answered slip}"),
    "slip-answer": ("责任人", "/supervision/slips/{slip}/answer"),
    "slip-close": ("经办人", "/supervision/slips/{answered slip}/close"),
    "runs": ("主任", "/supervision/runs"),
    "limits": ("管理员", "/supervision/limits"),
    "calendar": ("责任人", "/supervision/calendar"),
    "calendar-new": ("责任人", "/supervision/calendar/new"),
    "today-reviewer": ("审阅人", "/"),
    "reviews": ("经办人", "/reviews"),
    "reviews-mine": ("责任人", "/reviews/mine"),
    "review-new": ("经办人", "/reviews/new"),
    "review-edit": ("经办人", "/reviews/{batch}/edit"),
    "review-batch": ("审阅人", "/reviews/{batch}"),
    "review-batch-clerk": ("经办人", "/reviews/{batch}?sort=-shared"),
    "review-batch-empty": ("经办人", "/reviews/{empty batch}"),
    "review-upload": ("经办人", "/reviews/{batch}/upload"),
    "review-existing": ("经办人", "/reviews/{batch}/existing"),
    "review-sender": ("经办人", "/reviews/materials/{submission}/sender"),
    "review-next": ("经办人", "/reviews/materials/{submission}/next"),
    "review-templates": ("经办人", "/reviews/templates"),
    "review-template-drop": ("经办人", "/reviews/templates/{template}/drop"),
    "review-overlap": ("审阅人", "/reviews/{batch}/overlap"),
    "review-pair": ("审阅人", "/reviews/drafts/{second}/beside/{colleague}"),
    "review-pair-whole": ("审阅人", "/reviews/drafts/{second}/beside/{colleague}?whole=1"),
    "review-beside": ("审阅人", "/reviews/drafts/{passed}/template/{template}"),
    "review-draft": ("审阅人", "/reviews/drafts/{second}"),
    "review-draft-remarks": ("审阅人", "/reviews/drafts/{second}?show=remarks"),
    "review-draft-decided": ("审阅人", "/reviews/drafts/{first}?show=remarks"),
    "review-draft-problems": ("审阅人", "/reviews/drafts/{second}?show=problems"),
    "review-draft-measures": ("审阅人", "/reviews/drafts/{second}?show=measures"),
    "review-draft-overlap": ("审阅人", "/reviews/drafts/{second}?show=overlap"),
    "review-draft-again": ("审阅人", "/reviews/drafts/{second}?show=recurrence"),
    "review-draft-passed": ("审阅人", "/reviews/drafts/{passed}"),
    "review-rounds": ("审阅人", "/reviews/drafts/{second}/rounds"),
    "review-opinion": ("责任人", "/reviews/drafts/{first}/opinion"),
    "review-opinion-passed": ("审阅人", "/reviews/drafts/{passed}/opinion"),
    "missing-page": ("经办人", "/nothing-here"),
}

STATUS = {"missing-page": 404, "not-yours": 403, "too-late": 409}


def barriers(page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_first_page_of_an_office_with_nothing(empty_office, browse, size):
    watched = browse(empty_office, "经办人", size)
    watched.go("/")
    page = watched.page
    for words in ("导入对照检查材料", "导入现有的台账", "新建整改事项"):
        assert page.locator("main").get_by_role("link", name=words).count() >= 1
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"empty-{size}.png", full_page=True)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    watched.clean()


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page(office, browse, name, size):
    who, path = PAGES[name]
    watched = browse(office, who, size)
    answer = watched.go(path.format_map(office.items))
    assert answer.status == STATUS.get(name, 200)
    page = watched.page
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{size}.png", full_page=True)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    watched.clean()

"""The auditor's pages: entries, what they open to, verification, checkpoints."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.core.journal.checkpoint import parse
from luoshi.office.audit import queries
from luoshi.office.journal import checkpoints, clock
from luoshi.office.journal.act import VERBS, may
from luoshi.office.journal.errors import NotAllowed
from luoshi.office.journal.models import Checkpoint, Entry
from luoshi.office.journal.verification import verify_database
from luoshi.office.journal.words import thing
from luoshi.office.pages import me, perform, posted


def _require(request: HttpRequest, *permissions: str) -> Any:
    person = me(request)
    if not any(may(person, permission) for permission in permissions):
        raise NotAllowed("只有审计人员可以查看留痕。")
    return person


@require_GET
def entries_page(request: HttpRequest) -> HttpResponse:
    """Show the entries of the office, newest first."""
    person = _require(request, "journal.read")
    verb = request.GET.get("verb", "")
    subject = request.GET.get("subject", "").strip()[:60]
    day, bad_day = _day(request.GET.get("day", ""))
    rows = queries.entries(person.office_id, verb=verb, subject=subject, day=day)
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "listed": [(row, queries.wording(row.verb), thing(row.subject)) for row in page],
        "verbs": sorted((v.name, v.wording) for v in VERBS.values()),
        "asked": {"verb": verb, "subject": subject, "day": request.GET.get("day", "")},
        "bad_day": bad_day,
        "standing": checkpoints.standing(),
    }
    return render(request, "audit/entries.html", context)


def _day(words: str) -> tuple[date | None, bool]:
    try:
        return (date.fromisoformat(words) if words else None), False
    except ValueError:
        return None, True


@require_GET
def entry_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry with what it opens to."""
    person = _require(request, "journal.read")
    entry = get_object_or_404(Entry, number=number, office=str(person.office_id))
    context = {
        "entry": entry, "wording": queries.wording(entry.verb),
        "thing": thing(entry.subject), **queries.opened(entry),
        "leaf": bytes(entry.leaf).hex(), "text": bytes(entry.data).decode(),
    }  # fmt: skip
    return render(request, "audit/entry.html", context)


class VerifyForm(forms.Form):
    """Checkpoints that were lodged outside, to compare with."""

    notes = forms.CharField(
        label="报存在外的校验点", required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="可以把报存文件的内容贴进来；不贴时只与本机保存的校验点比较。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """Verify the whole journal and every row of the ledger against it."""
    _require(request, "journal.read")
    form = VerifyForm(posted(request))
    context: dict[str, Any] = {"form": form, "standing": checkpoints.standing()}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            notes = _notes(form.cleaned_data["notes"])
        except ValueError as error:
            form.add_error(
                "notes", f"贴入的校验点不能用：{_CHECKPOINT_WORDS.get(str(error), error)}"
            )
            return render(request, "audit/verify.html", context, status=422)
        # One at a time: it reads everything.
        if not cache.add("journal-verify", "1", 600):
            form.add_error(None, "正在校验，请稍后再看结果。")
            return render(request, "audit/verify.html", context, status=409)
        try:
            context["verdict"] = verify_database(notes)
        finally:
            cache.delete("journal-verify")
        context["when"] = clock.now()
    return render(request, "audit/verify.html", context, status=status)


_CHECKPOINT_WORDS = {
    "the checkpoint is malformed": "内容不完整。",
    "the checkpoint is of another log": "是别的单位的校验点。",
    "the signature is wrong": "签名不对，不是本单位生成的。",
    "no signature by this key": "没有本单位的签名。",
    "the key was no longer in use": "是用已经停用的密钥签名的，停用以后签的不算数。",
}


def _notes(pasted: str) -> list[Any]:
    """Return the checkpoints to compare with: those kept here, and those pasted."""
    key = checkpoints.verifier_key()
    own = list(Checkpoint.objects.order_by("size").values_list("note", flat=True))
    text = pasted.replace("\r\n", "\n").strip()
    given = [text + "\n"] if text else []
    return checkpoints.verified([*own, *given], key)


@require_GET
def checkpoints_page(request: HttpRequest) -> HttpResponse:
    """Show the checkpoints and where they were lodged."""
    person = _require(request, "journal.read", "journal.lodge")
    page = Paginator(Checkpoint.objects.order_by("-id"), 50).get_page(request.GET.get("page"))
    context = {
        "page": page, "standing": checkpoints.standing(), "key": checkpoints.verifier_key(),
        "may_lodge": may(person, "journal.lodge"),
    }  # fmt: skip
    return render(request, "audit/checkpoints.html", context)


class ConfirmForm(forms.Form):
    """Nothing but the decision to do it."""


@require_http_methods(["GET", "POST"])
def new_checkpoint(request: HttpRequest) -> HttpResponse:
    """Make a checkpoint now."""
    person = _require(request, "journal.lodge")
    back = reverse("journal:checkpoints")
    context = {
        "title": "生成校验点", "button": "生成", "back": back,
        "words": "校验点是全部留痕的一个签名摘要。请下载后交给单位以外的机构保存。",
    }  # fmt: skip
    return perform(
        request, ConfirmForm(posted(request)),
        lambda _: checkpoints.make_checkpoint(by=person),
        done="已生成。请下载，并报存到单位以外。", then=back,
        template="web/form.html", context=context,
    )  # fmt: skip


@require_GET
def checkpoint_file(request: HttpRequest, checkpoint: int) -> HttpResponse:
    """Give a checkpoint out as a file, with the key that verifies it."""
    _require(request, "journal.read", "journal.lodge")
    row = get_object_or_404(Checkpoint, pk=checkpoint)
    answer = HttpResponse(row.note, content_type="text/plain; charset=utf-8")
    size = parse(row.note).size
    answer["Content-Disposition"] = f'attachment; filename="luoshi-checkpoint-{size}.txt"'
    return answer


class LodgeForm(forms.Form):
    """With whom, and when."""

    body = forms.CharField(label="报存到哪个单位", max_length=100)
    day = forms.DateField(
        label="报存日期", initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def lodge_page(request: HttpRequest, checkpoint: int) -> HttpResponse:
    """Record where a checkpoint was lodged."""
    person = _require(request, "journal.lodge")
    row = get_object_or_404(Checkpoint, pk=checkpoint)
    back = reverse("journal:checkpoints")
    context = {"title": f"登记报存：第{row.size}条时的校验点", "button": "登记", "back": back}
    return perform(
        request, LodgeForm(posted(request)),
        lambda data: checkpoints.lodge(by=person, checkpoint=row.pk, **data),
        done="已登记。", then=back, template="web/form.html", context=context,
    )  # fmt: skip

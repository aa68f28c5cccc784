"""``luoshi explain``: every rule in Chinese, and how to switch it off."""

import re
import tomllib

import pytest

from luoshi.core.checks import all_rules, rule
from luoshi.core.checks.policy import parse_policy

CODES = [each.META.code for each in all_rules()]


def test_without_a_code_all_rules_are_listed(luoshi):
    run = luoshi("explain")
    assert (run.code, run.err) == (0, "")
    for meta in (each.META for each in all_rules()):
        assert re.search(rf"^  {meta.code}  {re.escape(meta.title)}", run.out, re.M)
    heads = re.findall(r"^(\S+)（(\d+) 条）$", run.out, re.M)
    assert [name for name, _ in heads] == ["结构", "身份", "文字", "内容", "措施", "重复出现"]
    assert sum(int(count) for _, count in heads) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_explained_in_chinese(luoshi, code):
    run = luoshi("explain", code)
    meta = rule(code.lower()).META
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"{code} {meta.title}\n")
    assert "".join(meta.why.split()) in "".join(run.out.split())
    told = run.out.split("要关闭：")[0].split("要启用：")[0]
    assert not re.findall(r"[A-Za-z]{4,}", told)


def test_what_it_says_to_write_can_be_read(luoshi):
    out = luoshi("explain", "M101").out
    setting = out[out.index("[rules") :]
    assert tomllib.loads(setting)["rules"]["M101"]["off"] is True
    assert [each.code for each in parse_policy(setting).off()] == ["M101"]


def test_codes_may_be_several_and_in_small_letters(luoshi):
    run = luoshi("explain", "m101", "M102")
    assert run.code == 0
    assert re.findall(r"^M10\d", run.out, re.M) == ["M101", "M102"]


def test_an_unknown_code_is_refused_with_those_near(luoshi):
    run = luoshi("explain", "M101", "M1O2")
    assert (run.code, run.out) == (2, "")
    assert "没有“M1O2”这条规则" in run.err
    assert "M102" in run.err

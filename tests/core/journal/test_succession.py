"""Keys that follow one another: what either has signed is verified by whoever trusts one of them."""

import base64
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.journal.checkpoint import Checkpoint, CheckpointError, sign
from luoshi.core.journal.recovery import from_lines, to_lines
from luoshi.core.journal.succession import Keyring, change, genuine, parse

ORIGIN = "luoshi.local/0123456789ab"
KEYS = [bytes([n]) * 32 for n in range(1, 5)]
SIZES = [10, 20, 30]
CHANGES = [
    change(ORIGIN, KEYS[n], KEYS[n + 1], size, f"2026-0{n + 1}-01T00:00:00Z")
    for n, size in enumerate(SIZES)
]
PUBLIC = [CHANGES[0].old, *(row.new for row in CHANGES)]


def note(key, size):
    return sign(Checkpoint(ORIGIN, size, bytes(32), "2026-11-23T08:00:00Z"), KEYS[key])


@pytest.mark.parametrize("trusted", range(4))
@pytest.mark.parametrize("order", [1, -1])
def test_one_trusted_key_is_enough(trusted, order):
    ring = Keyring(PUBLIC[trusted], CHANGES[::order])
    for key, size in ((0, 10), (1, 20), (2, 30), (3, 10_000)):
        assert ring.verify(note(key, size)).size == size


@pytest.mark.parametrize("key", range(3))
def test_a_key_that_was_given_up_signs_no_more(key):
    ring = Keyring(PUBLIC[3], CHANGES)
    with pytest.raises(CheckpointError, match="no longer in use"):
        ring.verify(note(key, SIZES[key] + 1))


def test_a_missing_link_ends_the_chain():
    ring = Keyring(PUBLIC[3], [CHANGES[0], CHANGES[2]])
    assert ring.verify(note(2, 30))
    with pytest.raises(CheckpointError):
        ring.verify(note(0, 10))


def test_a_change_that_one_of_the_two_did_not_sign_tells_nothing():
    good = CHANGES[0]
    stranger = change(ORIGIN, KEYS[3], KEYS[1], 10, good.time)
    elsewhere = change("luoshi.local/other", KEYS[0], KEYS[1], 10, good.time)
    for bad in (
        dataclasses.replace(good, size=11), dataclasses.replace(good, time="x"),
        dataclasses.replace(good, new=PUBLIC[2]), dataclasses.replace(good, old=PUBLIC[3]),
        dataclasses.replace(good, by_old=stranger.by_old),
        dataclasses.replace(good, by_new=base64.b64encode(bytes(64)).decode()),
        dataclasses.replace(good, old=elsewhere.old),
    ):  # fmt: skip
        with pytest.raises(CheckpointError):
            parse(bad.facts())
    for facts in (None, [], "x", {}, good.facts() | {"more": 1}, good.facts() | {"size": "10"},
                  good.facts() | {"old": 7}, good.facts() | {"by_old": None}):  # fmt: skip
        with pytest.raises(CheckpointError):
            parse(facts)
    assert list(genuine([None, good.facts(), {}])) == [good]


def test_a_malformed_key_is_refused():
    with pytest.raises(CheckpointError):
        Keyring("abc")


@given(st.binary(min_size=1, max_size=600))
def test_a_recovery_file_comes_back(data):
    lines = to_lines(data)
    assert from_lines("标题\n\n" + "\n".join(lines) + "\n") == data
    assert from_lines("\r\n".join(f"  {line.lower()}  " for line in lines)) == data


@given(st.data())
def test_a_slip_of_the_hand_is_found_in_its_line(data):
    lines = to_lines(bytes(range(200)))
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(3, len(lines[number]) - 4))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    if lines[number][place] in f" {letter}":
        return
    wrong = lines[number][:place] + letter + lines[number][place + 1 :]
    try:
        found = from_lines("\n".join([*lines[:number], wrong, *lines[number + 1 :]]))
    except ValueError as error:
        assert f"第{number + 1:02}行" in str(error)
    else:  # two characters of a check let one in a thousand through; the seal finds those
        assert found != bytes(range(200))


def test_a_line_that_is_missing_is_named():
    lines = to_lines(bytes(range(200)))
    with pytest.raises(ValueError, match="第03行"):
        from_lines("\n".join([*lines[:2], *lines[3:]]))
    assert from_lines("没有任何一行") == b""

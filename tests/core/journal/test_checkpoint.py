"""Signed tree heads: what is signed verifies, what is changed does not."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.journal.checkpoint import (
    Checkpoint,
    CheckpointError,
    key_id,
    parse,
    parse_verifier_key,
    sign,
    verifier_key,
    verify,
)

KEY = bytes(range(32))
PUBLIC = Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()
ORIGIN = "luoshi.local/0123456789ab"
HEAD = Checkpoint(ORIGIN, 42, bytes(32), "2026-11-23T08:00:00Z")
NOTE = sign(HEAD, KEY)
VKEY = verifier_key(ORIGIN, PUBLIC)


def test_the_form_is_that_of_a_signed_note():
    lines = NOTE.split("\n")
    assert lines[:3] == [ORIGIN, "42", base64.b64encode(bytes(32)).decode()]
    assert lines[3] == "time 2026-11-23T08:00:00Z"
    assert lines[4] == ""
    assert lines[5].startswith(f"\u2014 {ORIGIN} ")
    assert NOTE.endswith("\n")
    blob = base64.b64decode(lines[5].rsplit(" ", 1)[1])
    assert blob[:4] == key_id(ORIGIN, PUBLIC)
    assert len(blob) == 4 + 64


def test_a_published_key_has_the_id_that_go_notes_give_it():
    # The example key of the signed-note format (PeterNeumann of the Go note package).
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, public = parse_verifier_key(text)
    assert name == "PeterNeumann"
    assert verifier_key(name, public) == text


def test_a_signed_note_says_what_was_signed():
    assert verify(NOTE, VKEY) == HEAD
    assert parse(NOTE) == HEAD


def test_signatures_of_others_beside_ours_do_no_harm():
    other = "\u2014 witness.example/w " + base64.b64encode(b"1234" + bytes(64)).decode() + "\n"
    head, tail = NOTE.split("\n\n")
    assert verify(f"{head}\n\n{other}{tail}", VKEY) == HEAD


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_no_character_can_be_changed(place, char):
    bad = NOTE[:place] + char + NOTE[place + 1 :]
    if bad == NOTE:
        return
    try:
        said = verify(bad, VKEY)
    except CheckpointError:
        return
    # Only what is no part of the text or of our signature can differ without harm.
    assert said == HEAD


@pytest.mark.parametrize(
    "note",
    ["", "\n\n", "a\nb\nc\n\n", f"{ORIGIN}\n-1\nAAAA\n\n", f"{ORIGIN}\n042\n{'A' * 43}=\n\n",
     f"{ORIGIN}\n42\nAAAA\n\n", NOTE.replace("\n\n", "\n")],
)  # fmt: skip
def test_malformed_notes(note):
    with pytest.raises(CheckpointError):
        verify(note, VKEY)


def test_another_key_or_another_log():
    other = Ed25519PrivateKey.generate()
    wrong = verifier_key(ORIGIN, other.public_key().public_bytes_raw())
    with pytest.raises(CheckpointError):
        verify(NOTE, wrong)
    with pytest.raises(CheckpointError):
        verify(NOTE, verifier_key("luoshi.local/other", PUBLIC))


@pytest.mark.parametrize(
    "key", ["", "a+b", "a+00000000+AAAA", VKEY[:-4], "x+" + VKEY.split("+", 1)[1]]
)
def test_malformed_keys(key):
    with pytest.raises(CheckpointError):
        parse_verifier_key(key)

"""Sealed files: what comes out is what went in, and nothing else ever comes out."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engines.keeping import seal
from luoshi.engines.keeping.errors import KeepingError

PASSPHRASE = "三个和尚没水喝三个和尚没水喝"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A passphrase costs half a second on purpose; here it is tried often."""
    monkeypatch.setattr(seal, "_LOG_COST", 2)
    monkeypatch.setattr(seal, "_CHUNK", 64)


def sealed(parts):
    target = io.BytesIO()
    sealer = seal.Sealer(target, PASSPHRASE)
    for part in parts:
        sealer.write(part)
    sealer.finish()
    return target.getvalue()


def opened(data, passphrase=PASSPHRASE):
    return b"".join(seal.unseal(io.BytesIO(data), passphrase))


@given(st.lists(st.binary(max_size=200), max_size=6))
@settings(max_examples=60)
def test_there_and_back(parts):
    data = sealed(parts)
    assert seal.is_sealed(data)
    assert opened(data) == b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 127, 128, 129, 640])
def test_the_edges_of_chunks(size):
    assert opened(sealed([b"x" * size])) == b"x" * size


def test_every_byte_counts():
    data = sealed([bytes(range(200))])
    for place in range(len(data)):
        altered = bytearray(data)
        altered[place] ^= 1
        with pytest.raises(KeepingError):
            opened(bytes(altered))


def test_every_cut_is_found():
    data = sealed([b"y" * 300])
    for end in range(len(data)):
        with pytest.raises(KeepingError):
            opened(data[:end])


def test_chunks_cannot_change_places_or_be_left_out():
    data = sealed([b"a" * 64 + b"b" * 64 + b"c" * 64 + b"d"])
    head, chunk = len(data) - 3 * 80 - 17, 80
    parts = [data[head + n * chunk : head + (n + 1) * chunk] for n in range(4)]
    assert data == data[:head] + b"".join(parts)
    for order in ([1, 0, 2, 3], [0, 2, 3], [0, 1, 2], [0, 0, 1, 2, 3], [3], [0, 1, 3]):
        with pytest.raises(KeepingError):
            opened(data[:head] + b"".join(parts[n] for n in order))


def test_another_passphrase_opens_nothing():
    with pytest.raises(KeepingError, match="口令不对"):
        opened(sealed([b"x"]), PASSPHRASE + "。")


def test_a_short_passphrase_seals_nothing():
    target = io.BytesIO()
    with pytest.raises(KeepingError, match="12"):
        seal.Sealer(target, "short")
    assert target.getvalue() == b""


def test_an_absurd_cost_is_refused_before_memory_is_taken():
    data = bytearray(sealed([b"x"]))
    data[len(seal.MAGIC)] = 60
    with pytest.raises(KeepingError):
        opened(bytes(data))

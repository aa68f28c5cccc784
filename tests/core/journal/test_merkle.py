"""The tree against published vectors, against the definition of RFC 6962, and against tampering."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.journal.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_from_inclusion,
    verify_consistency,
)

# The test leaves and roots of the reference implementation of RFC 6962
# (certificate-transparency, merkletree tests), sizes 1 to 8.
LEAVES = [
    bytes.fromhex(h)
    for h in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
# Inclusion proofs of the same suite: leaf (from 1), size, path.
INCLUSION = (
    (1, 1, ()),
    (
        1, 8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6, 8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
)  # fmt: skip


def hashes(size):
    return [leaf_hash(leaf) for leaf in LEAVES[:size]]


def by_definition(leaves):
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(by_definition(leaves[:k]), by_definition(leaves[k:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size):
    assert root(hashes(size)).hex() == ROOTS[size - 1]


def test_the_empty_tree():
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("leaf", "size", "path"), INCLUSION)
def test_published_inclusion_proofs(leaf, size, path):
    found = inclusion_proof(hashes(size), leaf - 1)
    assert tuple(node.hex() for node in found) == path


sizes = st.integers(0, 70)


@given(sizes)
def test_the_frontier_agrees_with_the_definition(size):
    leaves = [leaf_hash(bytes([i])) for i in range(size)]
    frontier = Frontier.of(leaves)
    assert frontier.root() == by_definition(leaves)
    assert Frontier.from_bytes(size, frontier.to_bytes()) == frontier


@given(st.data())
def test_a_proof_of_inclusion_shows_it_and_a_changed_one_does_not(data):
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    leaves = [leaf_hash(bytes([i])) for i in range(size)]
    head = root(leaves)
    proof = inclusion_proof(leaves, index)
    assert root_from_inclusion(leaves[index], index, size, proof) == head
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        bad = list(proof)
        bad[at] = bytes([bad[at][0] ^ 1]) + bad[at][1:]
        assert root_from_inclusion(leaves[index], index, size, bad) != head
        with pytest.raises(ProofError):
            root_from_inclusion(leaves[index], index, size, proof[:-1])
    with pytest.raises(ProofError):
        root_from_inclusion(leaves[index], index, size, (*proof, head))


@given(st.data())
def test_consistency_holds_for_a_start_of_the_tree_and_for_nothing_else(data):
    second = data.draw(sizes)
    first = data.draw(st.integers(0, second))
    leaves = [leaf_hash(bytes([i])) for i in range(second)]
    proof = consistency_proof(leaves, first)
    verify_consistency(first, root(leaves[:first]), second, root(leaves), proof)
    if 0 < first < second:
        other = [leaf_hash(b"another"), *leaves[1:first]]
        with pytest.raises(ProofError):
            verify_consistency(first, root(other), second, root(leaves), proof)
        with pytest.raises(ProofError):
            verify_consistency(
                first, root(leaves[:first]), second, root([*leaves, leaves[0]]), proof
            )


def test_a_smaller_tree_is_no_continuation():
    leaves = hashes(8)
    with pytest.raises(ProofError):
        verify_consistency(8, root(leaves), 7, root(leaves[:7]), ())

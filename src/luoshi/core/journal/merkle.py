"""The Merkle tree of RFC 6962 (sections 2.1 to 2.1.4) over SHA-256.

A tree is never stored: the hashes of the leaves are, and the frontier (the roots of the
full subtrees from left to right), to which a leaf is added in constant amortised time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class ProofError(ValueError):
    """A proof does not show what it claims to show."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """Return the largest power of two smaller than ``size`` (at least 2)."""
    return int(1 << (size - 1).bit_length() - 1)


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves."""
    frontier = Frontier.of(())
    for leaf in leaves:
        frontier = frontier.add(leaf)
    return frontier.root()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the full subtrees of a tree, the largest first, and its size."""

    size: int
    nodes: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.nodes) != self.size.bit_count():
            raise ValueError("a frontier has one node for each bit of its size")

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> Frontier:
        """Return the frontier of a tree with these hashes of leaves."""
        frontier = cls(0, ())
        for leaf in leaves:
            frontier = frontier.add(leaf)
        return frontier

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Frontier:
        """Return a stored frontier; raises ``ValueError`` when the two do not fit."""
        if len(data) % HASH_BYTES:
            raise ValueError("the nodes of a frontier have 32 bytes each")
        nodes = tuple(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))
        return cls(size, nodes)

    def to_bytes(self) -> bytes:
        """Return the nodes as bytes, for storing."""
        return b"".join(self.nodes)

    def add(self, leaf: bytes) -> Frontier:
        """Return the frontier with one more leaf."""
        nodes, size, node = list(self.nodes), self.size, leaf
        while size & 1:
            node = node_hash(nodes.pop(), node)
            size >>= 1
        return Frontier(self.size + 1, (*nodes, node))

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self.nodes:
            return EMPTY_ROOT
        result = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            result = node_hash(node, result)
        return result


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the proof that leaf ``index`` is in the tree; raises ``IndexError`` if not."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root(leaves[middle:high]))
            high = middle
        else:
            path.append(root(leaves[low:middle]))
            low = middle
    return tuple(reversed(path))


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that a proof leads to (RFC 9162, section 2.1.3.2).

    Raises ``ProofError`` for a proof of the wrong length.
    """
    if not 0 <= index < size:
        raise ProofError("the leaf lies outside the tree")
    node, left, last = leaf, index, size - 1
    for other in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if left & 1 or left == last:
            node = node_hash(other, node)
            while not left & 1 and left:
                left >>= 1
                last >>= 1
        else:
            node = node_hash(node, other)
        left >>= 1
        last >>= 1
    if last:
        raise ProofError("the proof is too short")
    return node


def consistency_proof(leaves: Sequence[bytes], first: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of the ``first`` leaves is the start of this one.

    Raises ``IndexError`` unless ``0 <= first <= len(leaves)``.
    """
    if not 0 <= first <= len(leaves):
        raise IndexError(first)
    if first in {0, len(leaves)}:
        return ()
    path: list[bytes] = []
    low, high, whole = 0, len(leaves), True
    while first != high - low:
        middle = _split(high - low)
        if first <= middle:
            path.append(root(leaves[low + middle : high]))
            high = low + middle
        else:
            path.append(root(leaves[low : low + middle]))
            low, first, whole = low + middle, first - middle, False
    if not whole:
        path.append(root(leaves[low:high]))
    return tuple(reversed(path))


def verify_consistency(
    first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise ``ProofError`` unless the first tree is the start of the second (RFC 9162, 2.1.4.2)."""
    if first > second:
        raise ProofError("the tree has become smaller")
    if first in {0, second}:
        if proof or (first == second and first_root != second_root):
            raise ProofError("the two trees differ")
        return
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        raise ProofError("the proof is empty")
    left, last = first - 1, second - 1
    while left & 1:
        left >>= 1
        last >>= 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            raise ProofError("the proof is too long")
        if left & 1 or left == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not left & 1 and left:
                left >>= 1
                last >>= 1
        else:
            new = node_hash(new, other)
        left >>= 1
        last >>= 1
    if last or old != first_root or new != second_root:
        raise ProofError("the two trees do not belong together")

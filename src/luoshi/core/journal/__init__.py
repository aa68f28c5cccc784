"""The journal (留痕): what an entry says, how entries are fixed, how that is verified.

One entry per action, in canonical bytes; a Merkle tree over them (RFC 6962); signed tree
heads (C2SP tlog-checkpoint) that are lodged outside the office. All pure: who stores the
bytes, and what time it is, is decided by `luoshi.office.journal`.
"""

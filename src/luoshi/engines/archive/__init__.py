"""An archive of materials on disk: one new document is compared with all of them in milliseconds."""

from luoshi.engines.archive.archive import Archive, Document, Match, open_archive
from luoshi.engines.archive.errors import ArchiveError

__all__ = ["Archive", "ArchiveError", "Document", "Match", "open_archive"]

"""What the worker does with each hostile file: read it, then use the Document as others will."""

from luoshi.core.reading import ReadError, read_bytes
from luoshi.engines.files import read_path


def read_and_use(path):
    """Return a summary; an assertion that fails here becomes a fault with its traceback."""
    return summary(read_path(path))


def summary(document):
    """Check what the model promises and return (number of characters, blocks, notes)."""
    text = document.text
    position = 0
    for block in document.blocks:
        assert position <= block.start <= block.end <= len(text), block
        assert 0 <= block.label <= block.end - block.start, block
        inner = block.start
        for cell in block.cells:
            assert inner <= cell.start <= cell.end <= block.end, (block, cell)
            inner = cell.end
        position = block.end
    for note in document.notes:
        assert note.span is None or 0 <= note.span.start <= note.span.end <= len(text), note
    for place in document.locate(0, len(text)):
        assert 0 <= place.start < place.end <= len(text), place
    text.encode()
    return len(text), len(document.blocks), len(document.notes)


def examine(data):
    """Read bytes as above for the fuzzers, which take anything raised for a find."""
    try:
        summary(read_bytes(data))
    except ReadError as error:
        if "请" not in error.message:
            raise AssertionError(error.message) from error

"""Old Word files become .docx, and LibreOffice never outlives the conversion."""

import http.server
import io
import os
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from pathlib import Path

import pytest

from luoshi.core.reading.model import ReadError
from luoshi.engines.bounded import read_bounded
from luoshi.engines.files import read_path
from luoshi.formats import libreoffice
from luoshi.formats.libreoffice import available, convert_to_docx

RTF = rb"{\rtf1\ansi 1. \u23384?\u22312?\u30340?\u38382?\u39064?\par \u25514?\u26045?\par}"


@pytest.fixture(scope="module")
def program():
    found = available()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def make_doc(program, folder, name, content):
    """Return the path of an old Word file that LibreOffice makes of the content."""
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / name)], check=True, capture_output=True)
    return (folder / name).with_suffix(".doc")


@pytest.fixture(scope="module")
def old_word_file(program, tmp_path_factory):
    return make_doc(program, tmp_path_factory.mktemp("old"), "材料.rtf", RTF)


def text_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_a_doc_becomes_a_docx(old_word_file):
    converted = text_of(convert_to_docx(old_word_file.read_bytes(), ".doc"))
    assert "存在的问题" in converted
    assert "措施" in converted


def test_a_doc_is_read_as_a_document_also_within_a_bounded_process(old_word_file):
    document = read_path(old_word_file)
    assert "存在的问题" in document.text
    assert document.notes[-1].kind == "skipped"
    assert read_bounded(old_word_file).text == document.text


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), b"text"])
def test_what_is_no_doc_is_damaged(program, data):
    with pytest.raises(ReadError) as caught:
        convert_to_docx(data, ".doc")
    assert caught.value.code == "damaged"
    assert "另存" in caught.value.message


def test_without_libreoffice_nothing_is_tried(monkeypatch):
    monkeypatch.setattr(libreoffice, "available", lambda: None)
    with pytest.raises(ReadError) as caught:
        convert_to_docx(b"x", ".doc")
    assert caught.value.code == "legacy"


def test_another_suffix_is_the_programmers_error():
    with pytest.raises(ValueError, match="exe"):
        convert_to_docx(b"x", ".exe")


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a shell script in the place of LibreOffice; return what writes it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(libreoffice.tempfile, "tempdir", None)

    def write(script):
        path = tmp_path / "soffice"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(libreoffice, "available", lambda: str(path))
        return tmp_path

    return write


def running(number):
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_at_the_time_limit_all_its_processes_are_killed_and_its_files_removed(stand_in):
    folder = stand_in('sleep 1000 & echo $$ $! > "$TMPDIR/../numbers"; wait')
    with pytest.raises(ReadError) as caught:
        convert_to_docx(b"x", ".doc", seconds=3)
    assert caught.value.code == "timeout"
    numbers = (folder / "numbers").read_text().split()
    assert len(numbers) == 2
    until(lambda: not any(map(running, numbers)))
    assert not list(folder.glob("luoshi-*"))


def test_what_it_leaves_running_after_success_is_killed(stand_in):
    script = 'mkdir out; echo done > out/source.docx; sleep 1000 & echo $! > "$TMPDIR/../numbers"'
    folder = stand_in(script)
    assert convert_to_docx(b"x", ".doc") == b"done\n"
    (number,) = (folder / "numbers").read_text().split()
    until(lambda: not running(number))


def test_a_result_over_the_limit_is_cut_off_and_refused(stand_in, monkeypatch):
    monkeypatch.setattr(libreoffice, "_OUTPUT_BYTES", 1 << 20)
    stand_in("mkdir out; exec cat /dev/zero > out/source.docx")
    with pytest.raises(ReadError) as caught:
        convert_to_docx(b"x", ".doc")
    assert caught.value.code == "too_large"


PARENT = textwrap.dedent("""
    import sys
    from luoshi.formats import libreoffice
    libreoffice.available = lambda: sys.argv[1]
    libreoffice.convert_to_docx(b"x", ".doc", 1000)
""")


def test_it_does_not_outlive_a_parent_that_is_killed(stand_in):
    folder = stand_in('echo $$ > "$TMPDIR/../numbers"; exec sleep 1000')
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder / "soffice")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    numbers = folder / "numbers"
    until(lambda: numbers.exists() and numbers.read_text())
    parent.kill()
    parent.wait()
    until(lambda: not running(numbers.read_text().strip()))


class _Recorder(http.server.BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012 - the handler is made anew for each request

    def do_GET(self):
        self.seen.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names of the protocol

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture
def address():
    """Yield the address of a server that records what it is asked for."""
    _Recorder.seen.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


LINKED = """<?xml version="1.0"?><office:document office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>after
<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="ADDRESS/picture.png" xlink:type="simple" xlink:show="embed"
 xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>"""


def _unprotected(patch):
    patch.setattr(libreoffice, "_OPTIONS", ())
    _without_own_network(patch)


def _without_own_network(patch):
    """As on a system that does not let a user make a network of his own."""
    patch.setattr(libreoffice, "_GUARD", libreoffice._GUARD.replace("unshare -rn true", "false"))


@pytest.mark.parametrize(
    ("weaken", "fetched"),
    [(lambda patch: None, False), (_without_own_network, False), (_unprotected, True)],
    ids=["as it is", "without own network", "positive control"],
)
def test_nothing_named_in_the_file_is_fetched(
    program, tmp_path, address, monkeypatch, weaken, fetched
):
    source = LINKED.replace("ADDRESS", address).encode()
    data = make_doc(program, tmp_path, "linked.fodt", source).read_bytes()
    assert address.encode() in data
    _Recorder.seen.clear()
    weaken(monkeypatch)
    assert "after" in text_of(convert_to_docx(data, ".doc"))
    assert bool(_Recorder.seen) == fetched

"""Compressed forms on disk: found again, never wrong, never in the way."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from geo.api import precompressed
from geo.api.content_coding import CODINGS
from geo.api.precompressed import Content, Precompressed
from tests.api.waiting import until

SCRIPT = b"export const a = 1;\n" * 2_000


def content(data: bytes = SCRIPT, digest: str = "0123456789ab") -> Content:
    return Content(digest, lambda: data)


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda _: b"", lambda _: SCRIPT])
def test_a_damaged_form_is_never_sent_and_is_made_again(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "0123456789ab.br"
    path.write_bytes(damage(brotli.compress(SCRIPT)))
    forms = Precompressed(lambda: tmp_path, quiet_s=0)
    assert forms.form(content(), CODINGS)[0] == "gzip"
    best = until(lambda: forms.ready(content().digest, "br"))
    assert brotli.decompress(best) == SCRIPT
    until(lambda: path.read_bytes() == best)


def test_a_form_of_other_bytes_under_the_same_digest_is_never_sent(tmp_path: Path) -> None:
    (tmp_path / "0123456789ab.br").write_bytes(brotli.compress(b"something else"))
    coding, body = Precompressed(lambda: tmp_path, quiet_s=60).form(content(), CODINGS)
    assert (coding, gzip.decompress(body)) == ("gzip", SCRIPT)


def test_a_folder_that_cannot_be_made_leaves_the_forms_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    forms = Precompressed(lambda: tmp_path / "file" / "cache", quiet_s=0)
    for digest in ("aa", "bb"):
        assert forms.form(content(digest=digest), CODINGS)[0] == "gzip"
        best = until(lambda digest=digest: forms.ready(digest, "br"))
        assert brotli.decompress(best) == SCRIPT
    until(lambda: caplog.records)
    assert len(caplog.records) == 1, "said once"


def test_a_disk_that_takes_no_more_leaves_the_forms_in_memory_and_no_half_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    resource = pytest.importorskip("resource")
    data = os.urandom(50_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        forms = Precompressed(lambda: tmp_path, quiet_s=0)
        forms.form(content(data), CODINGS)
        assert brotli.decompress(until(lambda: forms.ready(content().digest, "br"))) == data
        until(lambda: caplog.records)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_busy_server_compresses_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precompressed, "LONGEST_WAIT_S", 0.2)
    forms = Precompressed(lambda: tmp_path, quiet_s=30)
    forms.form(content(), CODINGS)
    assert until(lambda: forms.ready(content().digest, "br"), patience_s=10)


def test_what_no_version_asks_for_is_removed_in_time(tmp_path: Path) -> None:
    old, kept, other = tmp_path / "aa.br", tmp_path / "bb.gz", tmp_path / "notes.txt"
    for path in (old, kept, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (0, 0))
    forms = Precompressed(lambda: tmp_path, quiet_s=0)
    forms.form(content(), CODINGS)
    until(lambda: forms.ready(content().digest, "br"))
    assert not old.exists()
    assert kept.exists()
    assert other.exists()

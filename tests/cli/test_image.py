"""``catalyse image``: the map of a page in a file."""

from pathlib import Path

from tests.cli.running import catalyse


def test_a_map_is_written_in_the_form_that_its_name_says(tmp_path: Path) -> None:
    for form, begins in (("png", b"\x89PNG"), ("svg", b"<svg ")):
        path = tmp_path / f"carte.{form}"
        done = catalyse("image", "carte", "--kind", "region", "--shade", "nombre", "-o", path)
        assert done.returncode == 0, done.stderr
        assert path.read_bytes().startswith(begins)
        assert "sur la carte" in done.stderr


def test_what_cannot_be_drawn_leaves_no_file(tmp_path: Path) -> None:
    for name, more in (("c.gif", ()), ("c.png", ("--shade", "lune", "--kind", "region"))):
        path = tmp_path / name
        done = catalyse("image", "carte", *more, "-o", path)
        assert done.returncode == 2
        assert done.stderr.count("\n") <= 1
        assert not path.exists()

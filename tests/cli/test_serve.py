"""``catalyse serve``: what is handed to the server."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli.main import cli
from geo.settings import ROOT


def test_a_file_named_from_here_is_found_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CATALYSE_CATALYSTS", "demo.csv")
    started = []
    monkeypatch.setattr(os, "execv", lambda _, words: started.append((words, Path.cwd())))
    assert CliRunner().invoke(cli, ["serve", "--no-open", "--port", "8765"]).exit_code == 0
    [(words, folder)] = started
    assert folder == ROOT
    assert words[-4:] == ["--server.headless", "true", "--", "--no-open"]
    assert os.environ["CATALYSE_CATALYSTS"] == str(tmp_path / "demo.csv")

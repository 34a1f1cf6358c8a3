"""``catalyse serve``: what is handed to the server."""

import os
import subprocess
import sys
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
    monkeypatch.setenv("CATALYSE_INDICATORS", "tables")
    started = []
    monkeypatch.setattr(os, "execv", lambda _, words: started.append((words, Path.cwd())))
    assert CliRunner().invoke(cli, ["serve", "--no-open", "--port", "8765"]).exit_code == 0
    [(words, folder)] = started
    assert folder == ROOT
    assert words[-4:] == ["--server.headless", "true", "--", "--no-open"]
    assert os.environ["CATALYSE_CATALYSTS"] == str(tmp_path / "demo.csv")
    assert os.environ["CATALYSE_INDICATORS"] == str(tmp_path / "tables")


_STARTED = """
import gc, sys
from streamlit import config
from streamlit.web import bootstrap
config._main_script_path = sys.argv[1]
bootstrap.load_config_options({})
import app
app._start()
print(config.get_option("runner.postScriptGC"), gc.get_freeze_count())
"""


def test_started_from_anywhere_it_goes_over_what_lasts_once_and_not_after_each_run(
    tmp_path: Path,
) -> None:
    said = subprocess.run(
        [sys.executable, "-c", _STARTED, str(ROOT / "app.py")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CATALYSE_STORE": str(tmp_path / "base")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said[-2] == "False"
    assert int(said[-1]) > 50_000

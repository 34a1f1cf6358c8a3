"""What a document asks for ahead: the widgets' scripts, the map's files, nothing elsewhere."""

import json
from pathlib import Path

import pytest

from geo.api import preloads

DOCUMENT = (
    '<head><link\n rel="preload"\n href="./static/media/a.woff2"\n as="font"\n crossorigin />'
    '<script type="module" src="./static/js/index.AAAAAAAA.js"></script>'
    '<link rel="modulepreload" href="./static/js/shared.BBBBBBBB.js"></head>'
)
MANIFEST = {
    "src/TextInput/TextInput.tsx": {"file": "static/js/TextInput.js", "imports": ["_a", "_shared"]},
    "src/OtherTextInput.tsx": {"file": "static/js/Other.js"},
    "_a": {"file": "static/js/a.js", "imports": ["_b"]},
    "_b": {"file": "static/js/b.js", "imports": ["_a"]},
    "_shared": {"file": "static/js/shared.BBBBBBBB.js"},
}


def test_scripts_of_the_widgets_come_with_what_they_import_once(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    found = preloads.page_scripts(tmp_path, DOCUMENT)
    assert found == ["./static/js/TextInput.js", "./static/js/a.js", "./static/js/b.js"]


@pytest.mark.parametrize("manifest", [None, "not JSON", "{}"])
def test_another_streamlit_leaves_nothing_to_ask_ahead(
    tmp_path: Path, manifest: str | None
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    assert preloads.page_scripts(tmp_path, DOCUMENT) == []


def test_todays_streamlit_has_every_widget_named() -> None:
    static = Path(pytest.importorskip("streamlit.file_util").get_static_dir())
    found = " ".join(preloads.page_scripts(static, ""))
    assert [name for name in preloads.WIDGETS if f"/{name}." not in found] == []


def test_the_font_comes_after_the_scripts_once() -> None:
    document = preloads.scripts_last(DOCUMENT)
    assert document.count("a.woff2") == 1
    assert document.index("a.woff2") > document.index("shared")
    assert 'fetchpriority="low"' in document
    assert preloads.scripts_last("<head></head>") == "<head></head>"


def test_scripts_and_styles_that_a_document_names_are_found() -> None:
    assert preloads.scripts_of(DOCUMENT) == [
        "./static/js/index.AAAAAAAA.js",
        "./static/js/shared.BBBBBBBB.js",
    ]


def test_without_leaflet_here_nothing_is_asked_of_a_cdn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert any("leaflet-map.js" in url for url in preloads.map_files())
    monkeypatch.setenv("CATALYSE_WEB", str(tmp_path))
    files = preloads.map_files()
    assert files
    assert all(url.startswith("/") for url in files)


def test_an_address_cannot_leave_its_tag() -> None:
    tags = preloads.link_tags(['a"><script>'], [])
    assert "<script>" not in tags

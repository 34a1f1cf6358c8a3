"""Workbooks of every age: links behind cells, sheets of 1997, passwords, hidden sheets."""

import struct
import time
from pathlib import Path

import pytest

from geo.directory.importing.hyperlinks import follow
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.errors import BadFileError
from tests.directory.importing import files

# Written by xlwt 1.3.0: a hidden sheet of choices, then two actors, dates and accents.
OLD = Path(__file__).with_name("ancien.xls")
ROWS = [["Nom", "Site", "Courriel"], ["Lieu A", "le site", "nous écrire"], ["Lieu B", "ici", "x"]]
RELATION = '<Relationship Id="{}" Type="x/hyperlink" Target="{}" TargetMode="External"/>'


def actors(data, name="a"):
    table = read_table(data, name)
    return table, validate(table, propose(table)).actors


def ods(links, tail="", formula=""):
    """Write the rows as LibreOffice does, with a link in some cells, by their text."""
    data = files.ods_bytes(ROWS, tail)
    name = "content.xml"
    parts = files.parts_of(data)
    text = parts[name].decode()
    for shown, target in links.items():
        text = text.replace(shown, f'<text:a xlink:href="{target}">{shown}</text:a>')
    if formula:
        cell = '<table:table-cell office:value-type="string"><text:p>ici'
        assert cell in text
        said = f"of:=HYPERLINK(&quot;{formula}&quot;;&quot;ici&quot;)"
        text = text.replace(
            cell, cell.replace("<table:table-cell", f'<table:table-cell table:formula="{said}"')
        )
    text = text.replace("<office:document-content", '<office:document-content xmlns:xlink="x"', 1)
    return files.zipped({**parts, name: text})


def test_the_links_of_an_ods_are_followed_in_texts_and_in_formulas():
    links = {"le site": "https://a.example/?a=1&amp;b=2", "nous écrire": "mailto:contact@a.example"}
    table, found = actors(ods(links, formula="https://b.example"))
    assert [*found["website"]] == ["https://a.example/?a=1&b=2", "https://b.example"]
    assert found["email"].iloc[0] == "contact@a.example"
    assert any("Liens suivis" in one for one in table.notices)


def test_links_of_an_ods_are_counted_past_repeated_rows_and_columns():
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    row = (
        "<table:table-row>"
        '<table:table-cell office:value-type="string"><text:p>Lieu C</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p><text:a '
        'xlink:href="https://c.example">là</text:a></text:p></table:table-cell></table:table-row>'
    )
    _, found = actors(ods({"le site": "javascript:alert(1)"}, blank + row))
    assert [*found["website"]] == ["", "", "https://c.example"]


def record(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, sizes = len(body), bytearray()
    while size > 127:
        sizes.append(size & 127 | 128)
        size >>= 7
    return head + bytes([*sizes, size]) + body


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows, links):
    """Write a workbook of one sheet as [MS-XLSB] lays it out, with links by row and column."""
    cells = b""
    for at, row in enumerate(rows):
        cells += record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))
        cells += b"".join(
            record(6, struct.pack("<II", column, 0) + wide(text)) for column, text in enumerate(row)
        )
    sheet = (
        record(129)
        + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1))
        + record(145)
        + cells
        + record(146)
    )
    for at, (row, column) in enumerate(links):
        body = struct.pack("<4I", row, row, column, column) + wide(f"rId{at}") + wide("") * 3
        sheet += record(494, body)
    book = record(131) + record(143) + record(
        156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Acteurs")
    ) + record(144) + record(132)  # fmt: skip
    relations = "".join(RELATION.format(f"rId{at}", link) for at, link in enumerate(links.values()))
    return files.zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": '<Relationships><Relationship Id="rId1" '
            'Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet + record(130),
            "xl/worksheets/_rels/sheet1.bin.rels": f"<Relationships>{relations}</Relationships>",
        }
    )


def test_the_links_of_an_xlsb_are_followed():
    links = {(1, 1): "https://a.example/", (1, 2): "mailto:contact@a.example"}
    table, found = actors(xlsb(ROWS, links))
    assert table.format == "xlsb"
    assert [*found["website"]] == ["https://a.example/", ""]
    assert found["email"].iloc[0] == "contact@a.example"
    assert [*actors(xlsb(ROWS, {}))[1]["actor_name"]] == ["Lieu A", "Lieu B"]


@pytest.mark.parametrize("cut", [0, 1, 5, 40])
def test_a_damaged_list_of_links_costs_no_cell(cut):
    data = xlsb(ROWS, {(1, 1): "https://a.example/"})
    parts = files.parts_of(data)
    sheet = parts["xl/worksheets/sheet1.bin"]
    whole = files.zipped({**parts, "xl/worksheets/sheet1.bin": sheet[: len(sheet) - cut]})
    assert [*actors(whole)[1]["actor_name"]] == ["Lieu A", "Lieu B"]


def test_a_workbook_of_1997_is_read_past_its_hidden_sheet():
    table, found = actors(OLD.read_bytes(), "acteurs.csv")
    assert (table.format, table.sheet) == ("xls", "Acteurs")
    assert [*found["actor_name"]] == ["Épicerie « d’ici »", "Théâtre à côté"]
    assert [*found["commune_code"]] == ["03190", "03310"]
    assert [*table.cells["Créée le"]] == ["2019-05-06", "2020-01-02"]


def test_a_password_is_told_in_every_kind_of_workbook():
    data = OLD.read_bytes()
    begin = data.index(b"\x09\x08\x10\0")
    end = begin + 4 + int.from_bytes(data[begin + 2 : begin + 4], "little")
    sealed = data[:end] + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + data[end:]
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    for content in (
        sealed,
        files.zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": b"\1"}),
        files.zipped({"mimetype": kind, "encrypted-package": b"\1"}),
    ):
        with pytest.raises(BadFileError, match="mot de passe"):
            read_table(content, "acteurs.xls")


def test_a_hidden_sheet_of_an_ods_is_passed_over():
    data = files.ods_bytes([["Nom", "Ville"], ["actif", "x"], ["inactif", "y"]])
    parts = files.parts_of(data)
    text = parts["content.xml"].decode()
    shown = files.parts_of(files.ods_bytes(ROWS))["content.xml"].decode()
    begin, end = text.index("<table:table "), text.index("</office:spreadsheet>")
    hidden = text[begin:end].replace("<table:table ", '<table:table table:style-name="ta1" ')
    table = shown[shown.index("<table:table ") : shown.index("</office:spreadsheet>")]
    style = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    head = text[:begin].replace("<office:body>", f"{style}<office:body>")
    head = head.replace("<office:document-content", '<office:document-content xmlns:style="s"', 1)
    both = head + hidden + table.replace("Feuille1", "Acteurs") + text[end:]
    read, found = actors(files.zipped({**parts, "content.xml": both}))
    assert read.sheet == "Acteurs"
    assert [*found["actor_name"]] == ["Lieu A", "Lieu B"]


UNCLOSED = {
    "ods": ("content.xml", "<text:a "),
    "ods, cells": ("content.xml", "<table:table-cell "),
    "xlsx": ("xl/worksheets/sheet1.xml", '<c r="A1"'),
    "xlsx, links": ("xl/worksheets/sheet1.xml", "<hyperlink "),
    "xlsx, one tag": ("xl/worksheets/sheet1.xml", '<c r="A1" r="A1" ', ' r="A1"'),
}


@pytest.mark.parametrize("case", list(UNCLOSED))
def test_tags_never_closed_in_a_comment_take_no_more_time_than_others(case):
    rows = [["Nom", "Site", "Ville"], ["Lieu A", "le site", "Moulins"]]
    make = files.ods_bytes if case.startswith("ods") else files.xlsx_bytes
    part, text, *more = UNCLOSED[case]
    parts = files.parts_of(make(rows))
    known = parts[part].decode()
    end = known.rindex("</")
    hidden = f"<!-- xlink:href hyperlink {text}{(more or [text])[0] * 100_000} -->"
    parts[part] = f"{known[:end]}{hidden}{known[end:]}".encode()
    form, sheet = ("ods", "Feuille1") if case.startswith("ods") else ("xlsx", "Acteurs")
    started = time.process_time()
    assert follow(files.zipped(parts), form, sheet, rows, "a") == 0
    assert time.process_time() - started < 5

#!/usr/bin/env python3
"""Writes the sample people in other encodings, dialects and languages, and as workbooks.

Every pair of files in encodings/ gives the same upload file as contacts.csv and conversions.csv,
because all of them have the same keys, e-mail addresses, phone numbers, countries and conversions.
Names and notes are transliterated where an encoding cannot hold them: nothing is read from them.
encodings/manifest.json lists the pairs; test/project/samples-encodings.test.ts runs them.

    python3 samples/make-encodings.py [folder]

The standard library is enough. Nothing depends on the time or the machine: the bytes are always the same.
"""

import csv
import datetime
import io
import json
import pathlib
import sys
import unicodedata
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
CONTACTS = "contacts"
CONVERSIONS = "conversions"

# Column names as CRM systems and ad platforms show them in each language.
HEADERS = {
    "de": {
        CONTACTS: ["Kontakt-ID", "Vorname", "Nachname", "E-Mail-Adresse", "Telefonnummer", "Land", "Notizen"],
        CONVERSIONS: ["Kontakt-ID", "Conversion-Name", "Conversion-Zeit", "Conversion-Wert", "Währung"],
    },
    "fr": {
        CONTACTS: ["ID du contact", "Prénom", "Nom", "Adresse e-mail", "Numéro de téléphone", "Pays", "Remarques"],
        CONVERSIONS: ["ID du contact", "Nom de la conversion", "Date de conversion", "Valeur de conversion", "Devise"],
    },
    "es": {
        CONTACTS: ["ID de contacto", "Nombre", "Apellidos", "Correo electrónico", "Teléfono", "País", "Notas"],
        CONVERSIONS: ["ID de contacto", "Nombre de la conversión", "Fecha de conversión", "Valor de conversión", "Moneda"],
    },
    "ja": {
        CONTACTS: ["顧客ID", "名", "姓", "メールアドレス", "電話番号", "国", "備考"],
        CONVERSIONS: ["顧客ID", "コンバージョン名", "コンバージョン日時", "コンバージョン値", "通貨"],
    },
    "zh": {
        CONTACTS: ["联系人编号", "名", "姓", "电子邮箱", "电话号码", "国家", "备注"],
        CONVERSIONS: ["联系人编号", "转化名称", "转化时间", "转化价值", "货币"],
    },
}

# No field is found under Chinese names yet, so that they are given.
CHINESE_COLUMNS = {
    "contacts.key": "联系人编号",
    "conversions.key": "联系人编号",
    "email": "电子邮箱",
    "phone": "电话号码",
    "country": "国家",
    "name": "转化名称",
    "time": "转化时间",
    "value": "转化价值",
    "currency": "货币",
}

VARIANTS = [
    {"name": "utf-8-bom", "codec": "utf-8", "mark": True},
    {"name": "crlf", "line_end": "\r\n"},
    {"name": "cr", "line_end": "\r"},
    {"name": "no-last-line-end", "last": ""},
    {"name": "tab", "delimiter": "\t"},
    {"name": "pipe", "delimiter": "|"},
    {"name": "quoted", "quoting": csv.QUOTE_ALL, "line_end": "\r\n"},
    {"name": "trailing-delimiters", "trailing": 2, "delimiter": ";"},
    {"name": "sep-line", "delimiter": ";", "line_end": "\r\n", "above": ["sep=;"]},
    {"name": "preamble", "above": ["Contacts and deals, all owners", "Created on 2026-11-20", ""]},
    {"name": "utf-16le-bom", "codec": "utf-16-le", "mark": True, "delimiter": "\t", "line_end": "\r\n"},
    {"name": "utf-16be-bom", "codec": "utf-16-be", "mark": True, "delimiter": "\t", "line_end": "\r\n"},
    {"name": "utf-16le", "codec": "utf-16-le", "delimiter": "\t"},
    {"name": "utf-16be", "codec": "utf-16-be", "delimiter": "\t"},
    {
        "name": "windows-1252-german",
        "codec": "windows-1252",
        "language": "de",
        "delimiter": ";",
        "line_end": "\r\n",
        "time": "%d.%m.%Y %H:%M:%S",
        "comma": True,
    },
    {
        "name": "iso-8859-15-french",
        "codec": "iso-8859-15",
        "language": "fr",
        "delimiter": ";",
        "time": "%d/%m/%Y %H:%M:%S",
        "comma": True,
    },
    {"name": "utf-8-spanish", "language": "es", "delimiter": ";", "time": "%d/%m/%Y %H:%M:%S", "comma": True},
    {"name": "utf-8-american", "time": "%m/%d/%Y %I:%M:%S %p", "line_end": "\r\n"},
    # Old spreadsheets on a Mac. No detection tells it from windows-1252.
    {"name": "macintosh", "codec": "mac-roman", "line_end": "\r", "encoding": "macintosh"},
    {"name": "shift_jis-japanese", "codec": "shift_jis", "language": "ja", "line_end": "\r\n"},
    {
        "name": "gb18030-chinese",
        "codec": "gb18030",
        "language": "zh",
        "line_end": "\r\n",
        "columns": CHINESE_COLUMNS,
    },
]


def read(name):
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def representable(text, codec):
    """The text, without its accents where the codec has no such letters."""
    try:
        text.encode(codec)
        return text
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFD", text)
        return "".join(letter for letter in plain if not unicodedata.combining(letter))


def table(role, variant):
    header, *rows = read(role)
    codec = variant.get("codec", "utf-8")
    rows = [[representable(cell, codec) for cell in row] for row in rows]
    if role == CONVERSIONS:
        for row in rows:
            time = datetime.datetime.strptime(row[2], "%Y-%m-%d %H:%M:%S")
            row[2] = time.strftime(variant.get("time", "%Y-%m-%d %H:%M:%S"))
            if variant.get("comma"):
                row[3] = row[3].replace(".", ",")
    language = variant.get("language")
    return [HEADERS[language][role] if language else header, *rows]


def encode(role, variant):
    line_end = variant.get("line_end", "\n")
    delimiter = variant.get("delimiter", ",")
    out = io.StringIO()
    for line in variant.get("above", []):
        out.write(line + line_end)
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=line_end,
        quoting=variant.get("quoting", csv.QUOTE_MINIMAL),
    )
    for row in table(role, variant):
        writer.writerow(row + [""] * variant.get("trailing", 0))
    text = out.getvalue()
    if "last" in variant:
        text = text.removesuffix(line_end) + variant["last"]
    mark = "\ufeff" if variant.get("mark") else ""
    return (mark + text).encode(variant.get("codec", "utf-8"))


# -- workbooks -------------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Phone numbers that a spreadsheet holds as numbers without loss, and dates as days since 1899-12-30.
EXACT_PHONES = {"206-555-0102": "2065550102", "2125550112.0": "2125550112", "604 555 0116": "6045550116"}
DAY_ZERO = datetime.datetime(1899, 12, 30)


def serial(text):
    return repr((datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S") - DAY_ZERO) / datetime.timedelta(days=1))


def cell(role, column, row, text):
    place = f"{chr(65 + column)}{row}"
    if text == "":
        return ""
    if row > 1:
        if role == CONTACTS and text in EXACT_PHONES:
            return f'<c r="{place}"><v>{EXACT_PHONES[text]}</v></c>'
        if role == CONVERSIONS and column == 2:
            return f'<c r="{place}" s="1"><v>{serial(text)}</v></c>'
        if role == CONVERSIONS and column == 3:
            return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def workbook(role):
    rows = "".join(
        f'<row r="{number}">{"".join(cell(role, column, number, text) for column, text in enumerate(row))}</row>'
        for number, row in enumerate(read(role), start=1)
    )
    relation = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + relation.format("rId1", "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{role.capitalize()}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + relation.format("rId1", "worksheet", "worksheets/sheet1.xml")
        + relation.format("rId2", "styles", "styles.xml")
        + "</Relationships>",
        # Style 1 is the built-in format 22, "m/d/yy h:mm".
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    # Stored, not compressed: how well zlib packs depends on its version.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, HEAD + content)
    return out.getvalue()


# -- all of it -------------------------------------------------------------------------------------------


def files():
    manifest = []
    for variant in VARIANTS:
        name = variant["name"]
        pair = {role: f"{role}.{name}.csv" for role in (CONTACTS, CONVERSIONS)}
        for role, path in pair.items():
            yield path, encode(role, variant)
        optional = {key: variant[key] for key in ("encoding", "columns") if key in variant}
        # Client ids are line numbers: what stands above the header moves them.
        manifest.append({"name": name, **pair, "linesAbove": len(variant.get("above", [])), **optional})
    pair = {role: f"{role}.xlsx" for role in (CONTACTS, CONVERSIONS)}
    for role, path in pair.items():
        yield path, workbook(role)
    manifest.append({"name": "workbook", **pair, "linesAbove": 0})
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    yield "manifest.json", text.encode()


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "encodings"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Checks that LibreOffice shows an exported CSV right: every Vietnamese text, line breaks, lists, and no formula.

usage: spreadsheet_check.py BAOTINH      (needs `soffice`: apt install libreoffice-calc)
"""
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

BODY = "Nghị quyết số 01/2022/NQ-HĐND; tỷ lệ hộ nghèo còn 0,34%, \"giảm sâu\".\nĐường về xã Đồng Mây, thuỷ lợi, Ỷ Tý."
FORMULAS = ["=1+1", "+84 203 3835 123", "-5% so với năm 2021", "@baotinh", "=HYPERLINK(\"https://xau.example\";\"đọc\")"]
TITLES = ["Hộ nghèo còn 0,34%", "Thuở ấy; \"ngày xưa\", ở Huế", *FORMULAS]


def cells(path):
    """Returns the rows of a flat OpenDocument spreadsheet: the text of each cell, and whether it is a formula."""
    for row in ElementTree.parse(path).iter(f"{TABLE}table-row"):
        found = []
        for cell in row.iter(f"{TABLE}table-cell"):
            text = "\n".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{TEXT}p"))
            found += [(text, f"{TABLE}formula" in cell.attrib)] * min(int(cell.get(f"{TABLE}number-columns-repeated", 1)), 50)
        yield found


def main(program):
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/in.jsonl", "w") as lines:
            for number, title in enumerate(TITLES):
                lines.write(json.dumps({"id": f"bài-{number}", "title": title, "tags": ["nông thôn mới", "a|b"], "body": BODY}) + "\n")
        run = lambda *command: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run(program, "extract", f"{folder}/in.jsonl", "-o", f"{folder}/records.jsonl")
        for name, options in [("bom", ["--bom", "--neutralise-formulas"]), ("plain", ["--neutralise-formulas"])]:
            csv = f"{folder}/{name}.csv"
            run(program, "export", f"{folder}/records.jsonl", "--fields", "id,title,tags,body", *options, "-o", csv)
            # Comma, double quote; UTF-8 (76) is named where no byte order mark says it, as in the dialogue of the program.
            filter = "--infilter=CSV:44,34,76,1" if name == "plain" else "--infilter=CSV:44,34"
            run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", filter, "--convert-to", "fods", "--outdir", folder, csv)
            expected = [["id", "title", "tags", "body"]]
            for number, title in enumerate(TITLES):
                expected.append([f"bài-{number}", f"'{title}" if title in FORMULAS else title, r"nông thôn mới|a\|b", BODY])
            shown = [row[:4] for row in cells(f"{folder}/{name}.fods")][:len(expected)]
            texts = [[text for text, _ in row] for row in shown]
            formulas = sum(formula for row in shown for _, formula in row)
            failed |= texts != expected or formulas > 0
            print(f"{name}: {'every cell as exported' if texts == expected else texts}, {formulas} formulas")
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

#!/usr/bin/env python3
"""Checks that WARC files written by warcio are read whole: plain, gzip a record, and with one member damaged.

usage: warc_check.py BAOTINH [COUNT]     (COUNT: responses a file, default 10000)
Needs warcio (pip install -r scripts/warc-requirements.txt).
"""
import io
import json
import subprocess
import sys
import tempfile

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Xã số {number}</title></head><body><article><h1>Xã số {number}</h1>
<p>Năm 2023, tỷ lệ hộ nghèo của xã số {number} còn {share},5%, theo Nghị quyết số 01/2022/NQ-HĐND của HĐND tỉnh.</p>
<p>{filler}</p></article></body></html>"""


def write(path, count, gzip):
    """Writes a file as a news crawl does: a warcinfo, then request and response of each page, one redirect in ten more."""
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record("news.warc.gz", {"software": "warcio", "format": "WARC File Format 1.0"}))
        for number in range(count):
            url = f"https://bao.example/bai-{number}.html"
            page = PAGE.format(number=number, share=number % 97, filler="Bà con cùng làm đường, trồng rừng. " * (number % 40 + 5)).encode()
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            response = writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=http)
            request = writer.create_warc_record(url, "request", payload=io.BytesIO(b""),
                                                http_headers=StatusAndHeaders("GET / HTTP/1.1", [("Host", "bao.example")], is_http_request=True))
            writer.write_request_response_pair(request, response)
            if number % 10 == 0:
                moved = StatusAndHeaders("301 Moved Permanently", [("Location", url)], protocol="HTTP/1.1")
                writer.write_record(writer.create_warc_record(url.replace("https", "http"), "response", payload=io.BytesIO(b""), http_headers=moved))


def damage(path, number):
    """Overwrites the middle of the member that holds the page of a number."""
    with open(path, "rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            found = record.rec_type == "response" and record.rec_headers.get_header("WARC-Target-URI") == f"https://bao.example/bai-{number}.html"
            record.raw_stream.read()
            if found:
                offset, length = records.get_record_offset(), records.get_record_length()
                break
    with open(path, "r+b") as file:
        file.seek(offset + length // 2)
        file.write(b"\xff" * 32)


def main(program, count=10_000):
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, gzip, broken in [("plain.warc", False, None), ("members.warc.gz", True, None), ("damaged.warc.gz", True, count // 2)]:
            path = f"{folder}/{name}"
            write(path, count, gzip)
            if broken is not None:
                damage(path, broken)
            done = subprocess.run([program, "extract", path, "-o", f"{folder}/records.jsonl"], stderr=subprocess.PIPE, text=True)
            errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
            with open(f"{folder}/records.jsonl") as records:
                urls = [json.loads(line)["url"] for line in records]
            expected = [f"https://bao.example/bai-{number}.html" for number in range(count) if number != broken]
            right = urls == expected and len(errors) == (broken is not None) and done.returncode == (2 if errors else 0)
            failed |= not right
            print(f"{name}: {len(urls)} records, {len(errors)} failures, {'as it must be' if right else 'WRONG'}", *errors, sep="\n  ")
    return failed


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))

#!/usr/bin/env python3
"""Checks that warcio reads what a crawl writes: every record, every digest, and each line of the CDXJ index.

usage: crawl_warc_check.py BAOTINH
Serves a small site on this machine, crawls it twice, and reads the WARC. Needs warcio (pip install -r scripts/warc-requirements.txt).
"""
import base64
import collections
import hashlib
import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

from warcio.archiveiterator import ArchiveIterator

PAGES = 40


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        number = int(self.path.strip("/") or 0) if self.path.strip("/").isdigit() or self.path == "/" else None
        found = number is not None and number < PAGES
        links = "".join(f"<a href=/{other}>Bài {other}</a>" for other in range(1, PAGES + 1))
        body = f"<!DOCTYPE html><title>Bài {number}</title>{links}".encode() if found else b"none"
        tag = f'"{self.path}"'
        known = found and self.headers.get("If-None-Match") == tag
        head = f"HTTP/1.1 {304 if known else 200 if found else 404} x\r\nContent-Type: text/html; charset=utf-8\r\nETag: {tag}\r\n"
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        self.wfile.write(head.encode() + (b"\r\n" if known else b"Transfer-Encoding: chunked\r\n\r\n" + chunks))

    def log_message(self, *_):
        pass


def digest(data):
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def main(program):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kinds, wrong = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        start = f"http://127.0.0.1:{server.server_port}/"
        for more in [], ["--again"]:
            command = [program, "crawl", "--allow-private-hosts", "--delay", "0", "--start", start, "--corpus", folder, *more]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        [warc] = pathlib.Path(folder).glob("warc/*/*.warc.gz")
        responses, places = {}, {}
        with open(warc, "rb") as file:
            records = ArchiveIterator(file, check_digests=True)
            for record in records:
                headers = record.rec_headers
                url, date = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
                payload = record.content_stream().read()
                kinds[record.rec_type] += 1
                if record.digest_checker.passed is False:
                    wrong.append(f"{url}: {record.digest_checker.problems}")
                if record.rec_type == "response":
                    responses[url, date] = digest(payload)
                    if responses[url, date] != headers.get_header("WARC-Payload-Digest"):
                        wrong.append(f"{url}: another digest than that of its bytes")
                if record.rec_type == "revisit":
                    earlier = headers.get_header("WARC-Refers-To-Target-URI"), headers.get_header("WARC-Refers-To-Date")
                    if responses.get(earlier) != headers.get_header("WARC-Payload-Digest"):
                        wrong.append(f"{url}: a revisit of what is not there: {earlier}")
                if record.rec_type in ("response", "revisit"):
                    places[records.get_record_offset(), records.get_record_length()] = url
        lines = warc.with_name(warc.name.replace(".warc.gz", ".cdxj")).read_text().splitlines()
        fields = [json.loads(line.split(" ", 2)[2]) for line in lines]
        if {(int(line["offset"]), int(line["length"])): line["url"] for line in fields} != places:
            wrong.append("the index does not lead to the records")
        # Beside the pages, /sitemap.xml and the last link are asked for in the first crawl, and are not there.
        expected = {"warcinfo": 1, "response": PAGES + 2, "revisit": PAGES, "request": 2 * PAGES + 2}
    wrong += [f"{kinds[kind]} records of {kind}, not {count}" for kind, count in expected.items() if kinds[kind] != count]
    print(", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())), "WRONG" if wrong else "as it must be", *wrong, sep="\n  ")
    return bool(wrong)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

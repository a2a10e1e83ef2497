#!/usr/bin/env python3
"""Open an index of `baotinh index` from Python, with no baotinh: count, find a phrase, read the texts, count by a column.

usage: scripts/index_from_python.py INDEX [PHRASE]        (PyPI: tantivy==0.27.0)

The words of a phrase are lower case and in one spelling of the tone (hoà, thuỷ); text_folded holds them without diacritics.
The index's own tokenizers are not known to Python: build queries of terms, as here, and leave parse_query alone.
"""
import json, sys

import tantivy


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    index = tantivy.Index.open(sys.argv[1])
    schema, searcher = index.schema, index.searcher()
    phrase = (sys.argv[2] if len(sys.argv) > 2 else "nghi quyet").split()
    query = tantivy.Query.phrase_query(schema, "text_folded", phrase)
    found = searcher.search(query, 3)
    print(f"{searcher.num_docs} articles, {found.count} with the phrase {' '.join(phrase)!r}")
    for _, address in found.hits:
        document = searcher.doc(address)
        record = json.loads(document.get_first("rest"))
        print(f"{record['id']}: {document.get_first('title')} ({len(document.get_first('body'))} characters, {len(record['mentions'])} mentions)")
    counts = searcher.aggregate(query, {"sources": {"terms": {"field": "source", "size": 5}}})
    print(", ".join(f"{bucket['key']}: {bucket['doc_count']}" for bucket in counts["sources"]["buckets"]))


if __name__ == "__main__":
    main()

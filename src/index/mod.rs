//! Indexing: Records to `index/`. Schema, tokenizers, writer.

//! Postings: from documents in a row to terms in order, each with its documents.
//!
//! Tokens are counted, then put where their term's begin, a stretch of terms at a time: no table is asked and memory is
//! written in a few streams, where a table of terms costs three cache misses a token.

use super::texts::Texts;
use std::io;
use std::ops::Range;
use tantivy::postings::FieldSerializer;

/// Entries that are put in order at a time, of 8 bytes each.
const ROOM: usize = 8 << 20;

/// Writes the postings of terms, with positions; `terms` are in order and numbered by their place.
pub fn write_terms(texts: &Texts, terms: &[impl AsRef<str>], field: &mut FieldSerializer) -> io::Result<()> {
    let each =
        |take: &mut dyn FnMut(u32, u64)| texts.each_term(&mut |term, doc, position| take(term, join(doc, position)));
    let mut deltas = Vec::new();
    gather(terms.len(), ROOM, &each, &mut |term, entries| {
        field.new_term(terms[term].as_ref().as_bytes(), documents(entries), true)?;
        for document in entries.chunk_by(|a, b| high(*a) == high(*b)) {
            let mut last = 0;
            deltas.clear();
            deltas.extend(document.iter().map(|&entry| low(entry) - std::mem::replace(&mut last, low(entry))));
            field.write_doc(high(document[0]), document.len() as u32, &deltas);
        }
        field.close_term()
    })
}

/// Writes the postings of pairs, with frequencies; `terms` are in order and numbered by their place.
pub fn write_pairs(texts: &Texts, terms: &[impl AsRef<str>], field: &mut FieldSerializer) -> io::Result<()> {
    let each = |take: &mut dyn FnMut(u32, u64)| texts.each_pair(&mut |left, right, doc| take(left, join(right, doc)));
    let mut pair = String::new();
    gather(terms.len(), ROOM, &each, &mut |left, entries| {
        entries.sort_unstable();
        for entries in entries.chunk_by(|a, b| high(*a) == high(*b)) {
            pair.clear();
            pair.extend([terms[left].as_ref(), " ", terms[high(entries[0]) as usize].as_ref()]);
            let documents = entries.chunk_by(|a, b| a == b);
            field.new_term(pair.as_bytes(), documents.clone().count() as u32, true)?;
            for document in documents {
                field.write_doc(low(document[0]), document.len() as u32, &[]);
            }
            field.close_term()?;
        }
        Ok(())
    })
}

fn join(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

fn high(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn low(entry: u64) -> u32 {
    entry as u32
}

/// Counts the documents of a term's entries.
fn documents(entries: &[u64]) -> u32 {
    entries.chunk_by(|a, b| high(*a) == high(*b)).count() as u32
}

/// Goes over all entries in order of document; each belongs to a term.
type Each<'a> = dyn Fn(&mut dyn FnMut(u32, u64)) + 'a;

/// Calls `take` with every term that has entries, in order, and its entries as they came; `room` are held at a time.
fn gather(
    terms: usize,
    room: usize,
    each: &Each,
    take: &mut dyn FnMut(usize, &mut [u64]) -> io::Result<()>,
) -> io::Result<()> {
    let mut counts = vec![0_usize; terms];
    each(&mut |term, _| counts[term as usize] += 1);
    let mut entries = Vec::new();
    for stretch in stretches(&counts, room) {
        let mut total = 0;
        let mut next = Vec::with_capacity(stretch.len());
        for count in &counts[stretch.clone()] {
            next.push(total);
            total += count;
        }
        entries.resize(total, 0);
        each(&mut |term, entry| {
            if let Some(place) = (term as usize).checked_sub(stretch.start).and_then(|at| next.get_mut(at)) {
                entries[*place] = entry;
                *place += 1;
            }
        });
        let mut start = 0;
        for (term, end) in stretch.zip(next) {
            if end > start {
                take(term, &mut entries[start..end])?;
            }
            start = end;
        }
    }
    Ok(())
}

/// Parts terms into stretches of as many entries as there is room for, a term with more alone.
fn stretches(counts: &[usize], room: usize) -> Vec<Range<usize>> {
    let (mut stretches, mut start, mut total) = (Vec::new(), 0, 0);
    for (term, count) in counts.iter().enumerate() {
        if total + count > room && term > start {
            stretches.push(start..term);
            (start, total) = (term, 0);
        }
        total += count;
    }
    stretches.push(start..counts.len());
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_every_term_once() {
        assert_eq!(stretches(&[3, 0, 9, 1, 12, 2], 9), [0..2, 2..3, 3..4, 4..5, 5..6]);
    }

    #[test]
    fn entries_come_term_by_term_in_their_order_whatever_the_room() {
        let entries = [(2, 20), (0, 21), (2, 22), (5, 23), (2, 24), (0, 25)];
        let each = |take: &mut dyn FnMut(u32, u64)| entries.iter().for_each(|&(term, entry)| take(term, entry));
        for room in [1, 2, 3, 100] {
            let mut found = Vec::new();
            let gathered = gather(7, room, &each, &mut |term, entries| {
                found.push((term, entries.to_vec()));
                Ok(())
            });
            gathered.expect("gathered");
            assert_eq!(found, [(0, vec![21, 25]), (2, vec![20, 22, 24]), (5, vec![23])], "{room}");
        }
    }
}

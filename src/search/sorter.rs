//! Sorting more lines than memory should hold: runs on disk, merged.
//!
//! Invariant: lines of equal keys keep the order in which they came.

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::ops::ControlFlow;

/// Lines of a run that is kept in memory.
const RUN: usize = 50_000;

/// A line behind its key and its number in the order in which they came.
type Entry<T> = (String, u64, T);

/// Sorts lines in runs, the full ones on disk.
pub struct Sorter<T> {
    /// Lines of a run.
    limit: usize,
    run: Vec<Entry<T>>,
    runs: Vec<File>,
    next: u64,
}

impl<T> Default for Sorter<T> {
    fn default() -> Sorter<T> {
        Sorter { limit: RUN, run: Vec::new(), runs: Vec::new(), next: 0 }
    }
}

impl<T: Serialize + DeserializeOwned> Sorter<T> {
    /// Takes a line with its key.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add(&mut self, key: String, line: T) -> Result<()> {
        self.run.push((key, self.next, line));
        self.next += 1;
        if self.run.len() == self.limit {
            self.spill()?;
        }
        Ok(())
    }

    fn sort(&mut self) {
        self.run.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    }

    fn spill(&mut self) -> Result<()> {
        let named = || "a temporary file for sorting could not be written".to_string();
        self.sort();
        let mut out = BufWriter::new(tempfile::tempfile().with_context(named)?);
        for entry in self.run.drain(..) {
            serde_json::to_writer(&mut out, &entry).with_context(named)?;
            out.write_all(b"\n").with_context(named)?;
        }
        let mut file = out.into_inner().map_err(|error| error.into_error()).with_context(named)?;
        file.rewind().with_context(named)?;
        self.runs.push(file);
        Ok(())
    }

    /// Hands the lines over in order until `take` breaks off.
    ///
    /// # Errors
    /// When a temporary file cannot be read; passes on the error of `take`.
    pub fn merge(mut self, take: &mut dyn FnMut(T) -> Result<ControlFlow<()>>) -> Result<()> {
        self.sort();
        let mut runs: Vec<Box<dyn Iterator<Item = Result<Entry<T>>>>> = vec![Box::new(self.run.into_iter().map(Ok))];
        for file in self.runs {
            let entries = BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?));
            runs.push(Box::new(entries));
        }
        let mut heads = BinaryHeap::new();
        let mut waiting: Vec<Option<T>> = Vec::new();
        for (at, run) in runs.iter_mut().enumerate() {
            waiting.push(None);
            if let Some((key, number, line)) = run.next().transpose()? {
                waiting[at] = Some(line);
                heads.push(Reverse((key, number, at)));
            }
        }
        while let Some(Reverse((_, _, at))) = heads.pop() {
            let Some(line) = waiting[at].take() else { continue };
            if take(line)?.is_break() {
                break;
            }
            if let Some((key, number, line)) = runs[at].next().transpose()? {
                waiting[at] = Some(line);
                heads.push(Reverse((key, number, at)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_on_disk_merge_into_one_order_and_equals_keep_theirs() {
        let mut sorter = Sorter { limit: 2, ..Sorter::default() };
        for (at, key) in ["d", "a", "c", "b", "", "d", "b"].into_iter().enumerate() {
            sorter.add(key.into(), (key.to_string(), at)).expect("written");
        }
        assert_eq!(sorter.runs.len(), 3);
        let mut order = Vec::new();
        sorter
            .merge(&mut |line| {
                order.push(line);
                Ok(ControlFlow::Continue(()))
            })
            .expect("merged");
        let want = [("", 4), ("a", 1), ("b", 3), ("b", 6), ("c", 2), ("d", 0), ("d", 5)];
        assert_eq!(order, want.map(|(key, at)| (key.to_string(), at)));
    }
}

//! Tables: of data, whose rows are blocks, and those that only arrange a page or a picture with its caption.
//!
//! Invariant: a table is one or the other for what stands in its cells; no border, width or name is asked.

use super::{Block, Kind, Style, Walk, walk};
use crate::parse::cue::cue;
use scraper::ElementRef;

/// Longest caption in a table with a picture, in bytes.
const LONGEST_CAPTION: usize = 500;

impl<'a> Walk<'a, '_> {
    /// Reads a table: rows of a table of data, blocks of a table that only arranges the page.
    pub(super) fn table(&mut self, table: ElementRef<'a>, style: Style<'a>) {
        self.flush(style);
        if self.is_left_out(table, cue(table)) {
            return;
        }
        let start = self.found.len();
        let mut rows = Vec::new();
        collect_rows(table, &mut rows);
        let cells = |row: &ElementRef<'a>| {
            row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")).count()
        };
        let columns = rows.iter().map(cells).max().unwrap_or(0);
        if columns < 2 || rows.len() < 2 {
            let style = Style { block: table, ..style };
            self.children(table, style);
            self.flush(style);
            self.caption_of_picture_table(start);
            return;
        }
        for row in rows {
            let mut parts: Vec<Block<'a>> = Vec::new();
            let mut text = String::new();
            let mut arranges = false;
            for cell in row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
                let (inner, left_out) = walk(cell, self.rules, self.kept);
                self.left_out.extend(left_out);
                let words: Vec<_> =
                    inner.iter().filter(|block| block.kind != Kind::Picture).map(|block| block.text.as_str()).collect();
                if !words.is_empty() {
                    text.push_str(if text.is_empty() { "" } else { " | " });
                    text.push_str(&words.join(" "));
                }
                arranges |= arranges_page(&inner);
                parts.extend(inner);
            }
            if arranges || parts.iter().any(|block| block.kind == Kind::Picture) {
                self.found.extend(parts);
            } else if !text.is_empty() {
                let linked = parts.iter().map(|block| block.linked).sum();
                let first = parts.swap_remove(0);
                self.found.push(Block {
                    kind: Kind::Row,
                    text,
                    linked,
                    strong: false,
                    italic: false,
                    element: row,
                    ..first
                });
            }
        }
        self.caption_of_picture_table(start);
    }

    /// Makes captions of the short text that shares a table with a picture; a table with headings or long text arranges a page.
    fn caption_of_picture_table(&mut self, start: usize) {
        let inside = &mut self.found[start..];
        let is_text = |block: &Block<'_>| block.kind != Kind::Picture;
        let text: usize = inside.iter().filter(|block| is_text(block)).map(|block| block.text.len()).sum();
        let pictures = inside.iter().filter(|block| !is_text(block)).count();
        let arranges = inside
            .iter()
            .any(|block| block.kind == Kind::Heading || is_text(block) && block.text.len() > LONGEST_CAPTION);
        if pictures > 0 && text <= LONGEST_CAPTION * pictures && !arranges {
            inside.iter_mut().filter(|block| is_text(block)).for_each(|block| block.kind = Kind::Caption);
        }
    }
}

/// Says whether a cell is a part of the page rather than of a table of data: it holds a headline or running text.
fn arranges_page(cell: &[Block<'_>]) -> bool {
    let text = || cell.iter().filter(|block| block.kind != Kind::Picture);
    let headline = text().any(|block| block.element.value().name() == "h1");
    headline || text().any(|block| block.text.len() > 400) || text().filter(|block| block.text.len() > 120).count() > 1
}

fn collect_rows<'a>(element: ElementRef<'a>, rows: &mut Vec<ElementRef<'a>>) {
    for child in element.child_elements() {
        match child.value().name() {
            "tr" => rows.push(child),
            "tbody" | "thead" | "tfoot" => collect_rows(child, rows),
            _ => {}
        }
    }
}

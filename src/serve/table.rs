//! Rows of an answer as a table of a page: headings and numbers by language, one address a cell at most.

use super::request::Request;
use super::words;
use crate::answer::{Answer, Cell, Column, Shown};
use maud::{Markup, html};

/// Texts of a list that are shown.
const LISTED: usize = 3;

/// Finds the address that a cell leads to, by its column and its row.
pub type Link<'a> = dyn Fn(&str, &[Cell]) -> Option<String> + 'a;

/// Makes a table of the first rows of an answer; says so when there are more. Without names of columns it has all that
/// are for reading.
pub fn table(request: &Request, answer: &Answer, names: &[&str], most: usize, label: &str, link: &Link) -> Markup {
    let all = || answer.columns.iter().enumerate().filter(|(_, column)| column.shown != Shown::Files);
    let columns: Vec<_> = match names {
        [] => all().collect(),
        names => names.iter().filter_map(|name| all().find(|(_, column)| column.name == *name)).collect(),
    };
    let shown = answer.rows.len().min(most);
    html! {
        @if answer.rows.is_empty() {
            p.empty { (request.text(words::NOTHING_HERE)) }
        } @else {
            div.scroll role="region" tabindex="0" aria-label=(label) { table.rows {
                thead { tr { @for (_, column) in &columns {
                    th.r[is_number(column)] scope="col" { (heading(request, column)) }
                } } }
                tbody { @for row in answer.rows.iter().take(most) { tr {
                    @for (at, column) in &columns {
                        td.r[is_number(column)].none[is_unknown(&row[*at])] data-label=(heading(request, column)) {
                            @let text = written(request, &row[*at], column);
                            @match link(column.name, row).filter(|_| row[*at] != Cell::Integer(0)) {
                                Some(href) => a href=(href) { (text) },
                                None => (text),
                            }
                        }
                    }
                } } }
            } }
            @if (shown as u64) < answer.of_rows {
                @let (shown, all) = (request.number(shown as u64), request.number(answer.of_rows));
                p.meta { (words::FIRST_ROWS.with(request.language, &[("shown", &shown), ("all", &all)])) }
            }
        }
    }
}

/// Returns the heading of a column in the language of the page.
pub fn heading(request: &Request, column: &Column) -> &'static str {
    match request.language {
        super::language::Language::Vietnamese => column.vietnamese,
        super::language::Language::English => column.english,
    }
}

fn is_unknown(cell: &Cell) -> bool {
    match cell {
        Cell::Null => true,
        Cell::Text(text) => text.is_empty(),
        Cell::Texts(texts) => texts.is_empty(),
        _ => false,
    }
}

fn is_number(column: &Column) -> bool {
    use crate::answer::Kind;
    matches!(column.kind, Kind::Integer | Kind::Number)
}

/// Writes a cell in the language of the page.
fn written(request: &Request, cell: &Cell, column: &Column) -> String {
    match cell {
        Cell::Null if column.unknown.is_empty() => "–".to_string(),
        Cell::Null => request.text(words::UNKNOWN).to_string(),
        Cell::Text(_) | Cell::Texts(_) if is_unknown(cell) => "–".to_string(),
        Cell::Text(text) if column.name == "period" => request.language.period(text),
        Cell::Text(text) => text.clone(),
        Cell::Texts(texts) if texts.len() > LISTED => {
            format!("{} +{}", texts[..LISTED].join(", "), request.number((texts.len() - LISTED) as u64))
        }
        Cell::Texts(texts) => texts.join(", "),
        Cell::Integer(number) if *number >= 0 => request.number(number.unsigned_abs()),
        Cell::Integer(number) => request.language.decimal(*number as f64, 0),
        Cell::Number(number) => request.language.decimal(*number, 2),
        Cell::Day(day) => request.language.day(*day),
        Cell::Boolean(true) => request.text(words::YES).to_string(),
        Cell::Boolean(false) => request.text(words::NO).to_string(),
    }
}

/// Returns the text of a cell in a column of text.
pub fn text<'a>(answer: &Answer, row: &'a [Cell], name: &str) -> Option<&'a str> {
    match row.get(place(answer, name)?)? {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// Returns the number of a cell in a column of counts; 0 when there is none.
pub fn count(answer: &Answer, row: &[Cell], name: &str) -> u64 {
    match place(answer, name).and_then(|at| row.get(at)) {
        Some(Cell::Integer(number)) => number.unsigned_abs(),
        _ => 0,
    }
}

/// Returns the number of a cell in a column of numbers; 0 when there is none.
pub fn number(answer: &Answer, row: &[Cell], name: &str) -> f64 {
    match place(answer, name).and_then(|at| row.get(at)) {
        Some(Cell::Number(number)) => *number,
        Some(Cell::Integer(number)) => *number as f64,
        _ => 0.0,
    }
}

fn place(answer: &Answer, name: &str) -> Option<usize> {
    answer.columns.iter().position(|column| column.name == name)
}

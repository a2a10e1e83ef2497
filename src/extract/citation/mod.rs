//! Citations: references to legal, administrative and party documents.
//!
//! At a type word or a run of digits a chain of numbers is read by hand (`number`); the family of its symbol ([`FORMS`])
//! says how it is written canonically. What stands around gives the fields; short forms are resolved at the end.

mod context;
pub mod issued;
mod issuers;
mod laws;
mod list;
mod named;
mod number;
pub mod number_format;
mod phrases;
mod places;
mod provision;
mod short;
mod title;
mod types;

use super::scan::{Anchor, Kinds, What};
use super::{ArticleText, Found};
use crate::mention::{Citation, Flag, Level, Shape};
use crate::place::PlaceName;
use crate::text::fold;
use issued::IssueDate;
use number::Number;
pub use number_format::FORMS;
use std::collections::HashMap;
use std::ops::Range;
use types::Type;
pub use types::{CUES, beginning};

/// Holds a citation with what the last steps need to know of it.
struct Draft {
    found: Found<Citation>,
    issued: Option<Range<usize>>,
    /// Place that the words give, or its type word only.
    place: Option<PlaceName>,
    /// Whether the organ is one of a place.
    local: bool,
}

/// Finds the citations of a body, in the order of the text, and where their issue dates stand.
pub fn find(scene: &ArticleText<'_>) -> (Vec<Found<Citation>>, Vec<IssueDate>) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut taken = 0;
    for anchor in &scene.anchors {
        if anchor.start < taken {
            continue;
        }
        let end = match anchor.what {
            What::Digits => bare(scene, anchor, taken, &mut drafts),
            What::Cue(kinds) if kinds.has(Kinds::CITATION) => headed(scene, anchor, taken, &mut drafts),
            What::Cue(_) => None,
        };
        taken = end.unwrap_or(taken);
    }
    short::resolve(&mut drafts);
    places::place(scene, &mut drafts);
    key(&mut drafts);
    let mut dates = Vec::new();
    let mut found = Vec::with_capacity(drafts.len());
    for (citation, draft) in drafts.into_iter().enumerate() {
        dates.extend(draft.issued.map(|span| IssueDate { citation, span }));
        found.push(draft.found);
    }
    (found, dates)
}

/// Reads a number without a type word before it; returns the offset after it.
fn bare(scene: &ArticleText<'_>, anchor: &Anchor, floor: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
    let (text, bytes) = (scene.text, scene.text.as_bytes());
    // Cheap first: nearly every run of digits ends here.
    match bytes.get(anchor.end)? {
        b'/' | b'-' | 0xe2 | b'.' | b'a'..=b'e' => {}
        b' ' | b'\n' if matches!(bytes.get(anchor.end + 1)?, b'/' | b'-' | 0xe2 | b'A'..=b'Z' | b' ' | b'\n') => {}
        _ => return None,
    }
    let number = number::read(text, anchor.start).filter(Number::has_symbol)?;
    let before = &text[..anchor.start];
    if let Some(last) = before.chars().next_back() {
        let glued = last.is_alphanumeric() && !["số", "Số", "SỐ"].iter().any(|said| before.ends_with(said));
        let inside = matches!(last, '-' | '.' | '_' | '&' | '=')
            && before[..before.len() - last.len_utf8()].ends_with(char::is_alphanumeric);
        // Behind a slash stands the rest of a longer number, or of one that a draft leaves open: `số …/2025/TT-BTC`.
        if glued || inside || last == '/' {
            return None;
        }
    }
    if scene.masked(anchor.start) {
        return None;
    }
    let (start, said) = list::said_before(text, anchor.start);
    if list::is_form(&text[..start]) {
        return None;
    }
    // A type word that the scan does not know by its spelling: `Nghi quyet so`, `Nghị⏎định số`.
    if let Some((word, kind)) = list::unknown_word(text, anchor.start).filter(|(word, _)| word.start >= floor)
        && let Some(end) = chain(scene, kind, word, anchor.start, true, floor, drafts)
    {
        return Some(end);
    }
    // The code may be the end of the citation before.
    let head = list::code_before(text, start).filter(|&(at, _)| at >= floor);
    let from = head.map_or(anchor.start, |(at, _)| at);
    let kind = head.map(|(_, kind)| kind);
    let form = number_format::read(text, &number, kind, said)?;
    if list::is_form(&text[..from]) {
        return None;
    }
    let member = list::Member { span: from..number.span.end, number, range: false };
    Some(finish(scene, vec![(member, form)], floor, drafts))
}

/// Reads what a type word heads: a chain of numbers, a short form or a name; returns the offset after it.
fn headed(scene: &ArticleText<'_>, anchor: &Anchor, floor: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
    let text = scene.text;
    let kind = types::of_word(anchor.word)?;
    let cue = anchor.start..anchor.end;
    let law = matches!(kind.code, "L" | "BL" | "PL" | "HP");
    // `nq57.vn` is an address.
    let glued = kind.is_code() && text[cue.end..].starts_with(|c: char| c.is_ascii_digit());
    if (kind.short == types::Short::Code || glued) && text[cue.clone()].contains(char::is_lowercase) {
        return None;
    }
    // Digits behind a law are an article or a year, unless they carry a symbol: `Luật 56/2024/QH15`.
    let numbered = |at| number::read(text, at).is_some_and(|number| number.has_symbol());
    let Some((at, said)) =
        list::number_after(text, anchor.end, kind).filter(|&(at, said)| said || !law || numbered(at))
    else {
        return name(scene, kind, cue, floor, drafts);
    };
    if scene.masked(at) {
        return None;
    }
    chain(scene, kind, cue, at, said, floor, drafts)
}

/// Reads the chain of numbers that starts at a byte offset.
fn chain(
    scene: &ArticleText<'_>,
    kind: &'static Type,
    cue: Range<usize>,
    at: usize,
    said: bool,
    floor: usize,
    drafts: &mut Vec<Draft>,
) -> Option<usize> {
    let text = scene.text;
    let capital = text[cue.clone()].starts_with(char::is_uppercase);
    let mut members = list::chain(text, at);
    members.first_mut()?.span.start = cue.start;
    let mut read = Vec::with_capacity(members.len());
    let alone = members.len() == 1;
    for member in members {
        let mut member = member;
        let mut form =
            member.number.has_symbol().then(|| number_format::read(text, &member.number, Some(kind), true)).flatten();
        if form.is_none() && read.is_empty() && member.number.has_symbol() {
            // `Đề án 844– ISEV`: what looked like a symbol is none.
            let Some(digits) = number::only_digits(text, member.number.digits.start) else { break };
            member.span.end = digits.span.end;
            member.number = digits;
        }
        if !member.number.has_symbol() {
            let digits = &member.number.digits;
            let span = (digits.start, member.number.span.end);
            let number = short::is_number(text, kind, said || !alone, capital, span, member.number.year.is_some())
                && (capital || !short::is_foreign(text, kind, span.1));
            form = number.then(|| number_format::short(text, &member.number, kind));
        }
        match form {
            Some(form) => read.push((member, form)),
            None => break,
        }
    }
    if read.is_empty() { None } else { Some(finish(scene, read, floor, drafts)) }
}

/// Reads a name after a type word.
fn name(
    scene: &ArticleText<'_>,
    kind: &'static Type,
    cue: Range<usize>,
    floor: usize,
    drafts: &mut Vec<Draft>,
) -> Option<usize> {
    let text = scene.text;
    let name = match kind.code {
        "BL" if kind.word.starts_with("bl") => named::short_code(text, cue.clone())?,
        "L" | "BL" | "PL" | "HP" => named::law(text, kind, cue.clone())?,
        "NQ" => named::party(text, cue.clone())?,
        _ => return None,
    };
    // `Luật Giáo dục đại học số 125/2025/QH15`: one reference, by its number.
    if let Some((at, said)) = list::number_after(text, name.span.end, kind).filter(|&(_, said)| said)
        && number::read(text, at).is_some_and(|number| number.has_symbol())
    {
        let end = chain(scene, kind, cue.clone(), at, said, floor, drafts)?;
        if let Some(draft) = drafts.last_mut() {
            draft.found.fact.title.get_or_insert(name.value);
        }
        return Some(end);
    }
    let end = name.span.end;
    let issued = issued::after(scene, end, false).filter(|_| name.year.is_none() || kind.code != "NQ");
    let organ = match kind.code {
        "NQ" => None,
        "PL" => Some("UBTVQH"),
        _ => Some("QH"),
    };
    let party = kind.code == "NQ";
    let year = name.year.map(|year| year.to_string());
    let fact = Citation {
        value: name.value,
        shape: Shape::Named,
        type_: Some(kind.code.to_string()),
        issuer: organ.map(str::to_string),
        level: Some(if party { Level::Party } else { Level::Central }),
        issued: issued.as_ref().map(|issued| issued.value.clone()),
        provision: provision::read(text, cue.start, floor),
        key: (!party || name.identity.len() > 20).then(|| {
            format!("|{}|{}|{}|{}", organ.unwrap_or(""), kind.code, year.unwrap_or_default(), fold(&name.identity))
        }),
        ..Citation::default()
    };
    let found = Found { span: name.span, rule: name.rule, flags: Vec::new(), fact };
    let place = party.then(|| congress_place(scene, &found.span)).flatten();
    drafts.push(Draft { found, issued: issued.map(|issued| issued.span), local: place.is_some(), place });
    Some(end)
}

/// Makes drafts of the members of a chain: what follows the last is said of all that share it; returns the offset after them.
fn finish(
    scene: &ArticleText<'_>,
    members: Vec<(list::Member, number_format::Reading)>,
    floor: usize,
    drafts: &mut Vec<Draft>,
) -> usize {
    let text = scene.text;
    let start = members.first().map_or(0, |(member, _)| member.span.start);
    let end = members.last().map_or(0, |(member, _)| member.span.end);
    let yearless = members.iter().any(|(member, _)| member.number.year.is_none());
    let after = context::after(scene, start, end, yearless);
    let clause = if after.issued.is_none() { issued::from_clause(scene, start, floor) } else { None };
    let from_clause = clause.is_some();
    let issued = after.issued.or(clause);
    let generic = members.iter().any(|(_, reading)| reading.generic);
    let issuer = after.issuer.or_else(|| context::subject(scene, start, floor).filter(|_| generic));
    let provision = provision::read(text, start, floor);
    let said = after.place.or_else(|| context::before(scene, start, floor));
    for (index, (member, reading)) in members.into_iter().enumerate() {
        let mut flags = Vec::new();
        flags.extend(member.range.then_some(Flag::Range));
        flags.extend(from_clause.then_some(Flag::IssuedFromClause));
        flags.extend(issued.as_ref().is_some_and(|issued| issued.inferred).then_some(Flag::InferredYear));
        let mut fact = reading.citation;
        if let Some(issuer) =
            issuer.filter(|issuer| reading.generic || issuers::is_party(issuer) == Some(true) || fact.issuer.is_none())
        {
            fact.issuer = Some(issuer.to_string());
        }
        if fact.issuer.is_none() || fact.type_.as_deref() == Some("KHLN") {
            fact.issuer = list::bracketed(text, end).or(fact.issuer);
        }
        fact.level = fact.issuer.as_deref().and_then(issuers::level);
        fact.issued = issued.as_ref().map(|issued| issued.value.clone());
        fact.title = after.title.clone().filter(|_| index == 0 || end == member.span.end);
        fact.provision = provision.clone().filter(|_| index == 0);
        let unlisted = || context::unlisted(scene, end).filter(|_| fact.level.is_none());
        let place = said.clone().filter(|_| fact.issuer.as_deref().is_some_and(issuers::is_local)).or_else(unlisted);
        let local = places::is_local(fact.issuer.as_deref(), fact.level, place.as_ref());
        let found = Found { span: member.span, rule: reading.rule, flags, fact };
        let date = issued.as_ref().filter(|_| index == 0).map(|issued| issued.span.clone());
        drafts.push(Draft { found, issued: date, place, local });
    }
    end
}

/// Reads whose congress a resolution is of: `Đảng bộ tỉnh`, `Đảng bộ huyện Văn Bàn`; `None` for one of the whole Party.
fn congress_place(scene: &ArticleText<'_>, span: &Range<usize>) -> Option<PlaceName> {
    let name = &scene.text[span.clone()];
    let after = name.match_indices("ảng bộ ").map(|(at, word)| span.start + at + word.len());
    after.filter_map(|at| crate::place::read(scene.text, at)).map(|(place, _)| place.on(scene.published)).next()
}

/// Writes the identity keys; an issue date said once in the article counts for every mention of the same document.
fn key(drafts: &mut [Draft]) {
    let mut dates: HashMap<(String, Option<String>), String> = HashMap::new();
    for draft in drafts.iter() {
        let fact = &draft.found.fact;
        if let Some(issued) = fact.issued.as_ref().filter(|issued| fact.year.is_none() && !issued.starts_with('X')) {
            let known = dates.entry((fact.value.clone(), fact.place.clone())).or_default();
            if issued.len() > known.len() {
                known.clone_from(issued);
            }
        }
    }
    for draft in drafts.iter_mut() {
        let fact = &mut draft.found.fact;
        let Some(number) =
            fact.number.as_ref().filter(|_| fact.shape != Shape::Short || draft.found.flags.contains(&Flag::Resolved))
        else {
            continue;
        };
        let term = fact.symbol.as_deref().and_then(number_format::term);
        let when = match (fact.year, term) {
            (Some(year), _) => Some(year.to_string()),
            (None, Some(term)) => Some(term.to_string()),
            (None, None) => dates.get(&(fact.value.clone(), fact.place.clone())).cloned(),
        };
        fact.key = when.map(|when| {
            let or_empty = |field: &Option<String>| field.clone().unwrap_or_default();
            format!("{}|{}|{}|{when}|{number}", or_empty(&fact.place), or_empty(&fact.issuer), or_empty(&fact.type_))
        });
    }
}

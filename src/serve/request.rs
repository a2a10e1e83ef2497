//! One request that passed the guard: its route, language and parameters, the snapshot it is answered from, and its links.

use super::Options;
use super::gate::Gate;
use super::language::{Language, Words};
use super::parameter::{Asked, written};
use super::problem::Problem;
use super::route::{self, Route};
use super::snapshot::{Current, Snapshot};
use super::words;
use crate::answer::Answer;
use crate::search::query::{Term, Terms, Word};
use crate::search::{self, Archive, Query};
use jiff::civil::Date;
use std::net::SocketAddr;
use std::sync::Arc;

/// Code points that a query may have here.
const LONGEST_QUERY: usize = 2_000;
/// Letters before `*` that a prefix has at least.
const SHORTEST_PREFIX: usize = 2;

/// Holds what all requests share.
pub struct Site {
    /// What is served, where.
    pub options: Options,
    /// Host names with their ports that are answered to.
    pub hosts: Vec<String>,
    /// Bounds of work.
    pub gate: Gate,
    /// The state of the archive.
    pub current: Current,
}

impl Site {
    /// Makes what all requests share.
    pub fn new(options: Options, address: SocketAddr, archive: Archive) -> Site {
        let port = address.port();
        let loopback = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}"));
        let hosts = loopback.into_iter().chain(options.hosts.iter().cloned()).collect();
        let (gate, current) = (Gate::new(&options.limits), Current::new(Snapshot::new(archive)));
        Site { options, hosts, gate, current }
    }
}

/// Holds one request.
pub struct Request {
    /// What all share.
    pub site: Arc<Site>,
    /// The state of the archive that answers.
    pub snapshot: Arc<Snapshot>,
    /// Its archive, under the watch of this request.
    pub archive: Archive,
    /// Language of the page.
    pub language: Language,
    /// Route.
    pub route: &'static Route,
    /// What follows the route's name in the path.
    pub item: Option<String>,
    /// Parameters.
    pub asked: Asked,
}

impl Request {
    /// Returns a text in the language of the page.
    pub fn text(&self, words: Words) -> &'static str {
        words.in_(self.language)
    }

    /// Returns a number in the language of the page.
    pub fn number(&self, number: u64) -> String {
        self.language.number(number)
    }

    /// Returns a day in the language of the page, or the word for an unknown one.
    pub fn day(&self, day: Option<Date>) -> String {
        day.map_or_else(|| self.text(words::UNKNOWN).to_string(), |day| self.language.day(day))
    }

    /// Reads the query; none is every article.
    ///
    /// # Errors
    /// When it cannot be read, or is longer or wider than allowed here.
    pub fn query(&self) -> Result<Query, Problem> {
        match self.asked.get("q") {
            "" => Ok(Query::All),
            text => self.read(text),
        }
    }

    /// Reads a text as a query.
    ///
    /// # Errors
    /// When it cannot be read, or is longer or wider than allowed here.
    pub fn read(&self, text: &str) -> Result<Query, Problem> {
        if text.chars().count() > LONGEST_QUERY {
            return Err(Problem::new(422, "query-too-long", words::ERROR_QUERY_LONG).with("n", LONGEST_QUERY));
        }
        let expand = !self.route.takes("expand") || self.asked.is_on("expand");
        let query = search::parse(text, expand)?;
        if is_too_wide(&query) {
            return Err(Problem::new(422, "prefix-too-short", words::ERROR_PREFIX).with("n", SHORTEST_PREFIX));
        }
        Ok(query)
    }

    /// Returns the address of a page in this language.
    pub fn page(&self, name: &str, pairs: &[(&str, &str)]) -> String {
        self.address(&format!("{}/{name}", self.language.code()), pairs)
    }

    /// Returns the address of a file.
    pub fn file(&self, name: &str, ending: &str, pairs: &[(&str, &str)]) -> String {
        self.address(&format!("{name}.{ending}"), pairs)
    }

    /// Returns the address of this page's data with an ending.
    pub fn data(&self, ending: &str) -> String {
        self.file(&self.path(), ending, &self.asked.with("page", "").pairs())
    }

    /// Returns the address of this page with another value of a parameter, on its first page.
    pub fn this(&self, name: &str, value: &str) -> String {
        let asked = if name == "page" { self.asked.clone() } else { self.asked.with("page", "") };
        self.page(&self.path(), &asked.with(name, value).pairs())
    }

    /// Returns the address of this page in the other language.
    pub fn other_language(&self) -> String {
        self.address(&format!("{}/{}", self.language.other().code(), self.path()), &self.asked.pairs())
    }

    /// Returns the address of a page about a query, with what this request says of abbreviations.
    pub fn about(&self, name: &str, query: &str) -> String {
        self.page(name, &self.pairs_of(name, query))
    }

    fn pairs_of<'a>(&'a self, name: &str, query: &'a str) -> Vec<(&'static str, &'a str)> {
        let takes = |parameter| route::find(name).is_some_and(|route| route.takes(parameter));
        let given = |parameter| self.asked.pairs().into_iter().find(|(name, _)| *name == parameter);
        let mut pairs = Vec::new();
        if !query.is_empty() && takes("q") {
            pairs.push(("q", query));
        }
        pairs.extend(given("expand").filter(|_| takes("expand")));
        pairs
    }

    /// Returns the address of an article, its hits marked by the query of this request.
    pub fn article(&self, id: &str) -> String {
        let name = format!("article/{}", encoded(id));
        let query = self.asked.get("q");
        let takes = |(name, _): &(&str, &str)| ["q", "expand"].contains(name);
        let pairs: Vec<_> = self.asked.pairs().into_iter().filter(takes).collect();
        if query.is_empty() || query == "*" { self.page(&name, &[]) } else { self.page(&name, &pairs) }
    }

    /// Returns the route's name with what follows it.
    pub fn path(&self) -> String {
        match &self.item {
            Some(item) => format!("{}/{}", self.route.name, encoded(item)),
            None => self.route.name.to_string(),
        }
    }

    fn address(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        format!("{}{path}{}", self.site.options.base, written(pairs))
    }

    /// Returns the path of something that belongs to no language.
    pub fn root(&self, path: &str) -> String {
        self.address(path, &[])
    }

    /// Returns the answer of this request, made once a snapshot.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn answer(&self, make: impl FnOnce(&Archive) -> anyhow::Result<Answer>) -> Result<Arc<Answer>, Problem> {
        let shape = self.asked.with("page", "").with("at", "");
        let key = format!("{}{}", self.path(), written(&shape.pairs()));
        Ok(self.snapshot.answer(&key, || make(&self.archive))?)
    }
}

/// Says whether a query begins a word with too few letters.
fn is_too_wide(query: &Query) -> bool {
    let short = |terms: &Terms| {
        let open = |term: &Term| !matches!(term, Term::Is(_)) && term.text().chars().count() < SHORTEST_PREFIX;
        terms.terms.len() == 1 && terms.terms.iter().all(open)
    };
    match query {
        Query::Phrase(terms) => short(terms),
        Query::Words(words) => words.iter().any(|word| matches!(word, Word::Terms(terms) if short(terms))),
        Query::And(queries) | Query::Or(queries) => queries.iter().any(is_too_wide),
        Query::Not(query) => is_too_wide(query),
        _ => false,
    }
}

/// Writes a piece of a path: letters, digits and `.-_:`, all else as `~` and the two hexadecimal digits of each byte.
pub fn encoded(item: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_:".contains(byte);
    item.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("~{byte:02X}") }).collect()
}

/// Reads a piece of a path that [`encoded`] wrote.
pub fn decoded(piece: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(piece.len());
    let mut rest = piece.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        if byte == b'~' {
            let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &behind[2..];
        } else {
            bytes.push(byte);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_any_letters_is_one_piece_of_a_path() {
        for id in ["baolaocai.vn:9000005", "a/b?c#d", "bài 1~2", "", "%2F.."] {
            assert_eq!(decoded(&encoded(id)).as_deref(), Some(id));
            assert!(!encoded(id).contains(['/', '?', '#', '%', ' ']), "{id}");
        }
        assert_eq!(decoded("a~2"), None);
        assert_eq!(decoded("a~zz"), None);
        assert_eq!(decoded("~FF"), None);
    }
}

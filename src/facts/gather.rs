//! One pass over records: what is needed of each goes to a temporary file, and counts of keys stay in memory.
//!
//! Invariant: memory grows with the distinct documents and with 16 bytes an article, not with the text.

use super::identity::{Identity, identities};
use super::registry::{Evidence, Registry};
use super::relation::{Relation, relations};
use super::title;
use super::works::{Cite, Citing, Sum, Work};
use crate::article::Record;
use crate::mention::{Citation, Fact, Flag, Mention};
use crate::text::CodePoints;
use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Level of compression of the temporary file: speed before size.
const LEVEL: i32 = 1;

/// Holds what is needed of one record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Digest {
    /// Id of the article.
    pub id: String,
    /// Time of fetching, in seconds since 1970; 0 when unknown.
    fetched: i64,
    /// Hash of the text: of revisions fetched at once the greatest counts.
    revision: String,
    /// The article as one that cites.
    pub citing: Citing,
    /// Its citations in order.
    pub cites: Vec<Cite>,
    /// What it tells between two documents.
    pub relations: Vec<Relation>,
    /// Whether the rows of documents are to count it; the registry always does.
    pub wanted: bool,
}

impl Digest {
    /// Takes what is needed of a record.
    pub fn of(record: &Record) -> Digest {
        let article = &record.article;
        let identities = identities(record);
        let relations = relations(record, &identities);
        let cites = record.mentions.iter().zip(identities).enumerate();
        Digest {
            id: article.id.clone(),
            fetched: article.fetched.map_or(0, Timestamp::as_second),
            revision: article.revision.clone(),
            citing: Citing {
                day: article.published_day(),
                source: article.source.clone(),
                province: article.province_old.clone(),
            },
            cites: cites
                .filter_map(|(place, (mention, identity))| match &mention.fact {
                    Fact::Citation(citation) => Some(cite(record, place, mention, citation, identity?)),
                    _ => None,
                })
                .collect(),
            relations,
            wanted: true,
        }
    }
}

fn cite(record: &Record, place: usize, mention: &Mention, citation: &Citation, identity: Identity) -> Cite {
    let title = citation.title.as_ref().and_then(|_| {
        let points = CodePoints::new(record.article.part(mention.part));
        let before = points.slice(mention.start.saturating_sub(16), mention.start).unwrap_or_default();
        title::wording(citation, mention, before)
    });
    Cite {
        key: identity.key.to_string(),
        mention: place,
        text: mention.text.split_whitespace().collect::<Vec<_>>().join(" "),
        value: citation.value.clone(),
        type_: citation.type_.clone(),
        number: citation.number.clone(),
        symbol: citation.symbol.clone(),
        issuer: citation.issuer.clone(),
        level: citation.level,
        place: citation.place.clone(),
        issued: citation.issued.clone().map(|day| (day, !mention.flags.contains(&Flag::IssuedFromClause))),
        title,
    }
}

/// Gathers what records say.
pub struct Gatherer {
    spill: zstd::Encoder<'static, BufWriter<File>>,
    evidence: HashMap<String, Evidence>,
    /// Of each article, by the hash of its id: what tells its newest revision.
    newest: HashMap<u64, u64>,
    /// Whether an article came twice, so that counts of superseded revisions must be taken back.
    repeated: bool,
}

impl Gatherer {
    /// Starts a pass.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn new() -> Result<Gatherer> {
        let file = tempfile::tempfile().context("no temporary file could be made; TMPDIR names the folder")?;
        let spill = zstd::Encoder::new(BufWriter::new(file), LEVEL).context("zstd")?;
        Ok(Gatherer { spill, evidence: HashMap::new(), newest: HashMap::new(), repeated: false })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, digest: &Digest) -> Result<()> {
        let rank = rank(digest);
        let id = xxh3_64(digest.id.as_bytes());
        if let Some(known) = self.newest.get_mut(&id) {
            *known = rank.max(*known);
            self.repeated = true;
        } else {
            self.newest.insert(id, rank);
        }
        count(&mut self.evidence, digest);
        serde_json::to_writer(&mut self.spill, digest).context("the temporary file could not be written")?;
        self.spill.write_all(b"\n").context("the temporary file could not be written")
    }

    /// Makes the registry, and lets the pass be gone over again.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read.
    pub fn finish(self) -> Result<Gathered> {
        let mut file = self.spill.finish().context("zstd")?.into_inner().context("the temporary file")?;
        file.rewind().context("the temporary file")?;
        let mut gathered = Gathered { file, newest: self.newest, registry: Arc::default() };
        let mut evidence = self.evidence;
        if self.repeated {
            evidence.clear();
            gathered.each(&mut |digest| {
                count(&mut evidence, digest);
                Ok(())
            })?;
        }
        gathered.registry = Arc::new(Registry::of(&evidence));
        Ok(gathered)
    }
}

/// Counts the keys of an article.
fn count(evidence: &mut HashMap<String, Evidence>, digest: &Digest) {
    let mut seen = HashSet::new();
    for cite in &digest.cites {
        if !evidence.contains_key(&cite.key) {
            evidence.insert(cite.key.clone(), Evidence::default());
        }
        let Some(votes) = evidence.get_mut(&cite.key) else { continue };
        votes.articles += u64::from(seen.insert(&cite.key));
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        votes.add([&cite.value, &text(&cite.type_), &text(&cite.issuer), &text(&cite.place)], 1);
    }
}

/// Orders the revisions of an article: by the time of fetching, then by their hash.
fn rank(digest: &Digest) -> u64 {
    ((digest.fetched.max(0) as u64) << 16) | (xxh3_64(digest.revision.as_bytes()) & 0xffff)
}

/// Holds a pass that is done.
pub struct Gathered {
    file: File,
    newest: HashMap<u64, u64>,
    /// The documents of the records.
    pub registry: Arc<Registry>,
}

impl Gathered {
    /// Calls `take` with the newest revision of each article, once, in the order of the records.
    ///
    /// # Errors
    /// When the temporary file cannot be read; passes on the error of `take`.
    pub fn each(&mut self, take: &mut dyn FnMut(&Digest) -> Result<()>) -> Result<()> {
        self.file.rewind().context("the temporary file")?;
        let reader = zstd::Decoder::new(&self.file).context("the temporary file")?;
        let mut taken = HashSet::new();
        for line in BufReader::new(reader).lines() {
            let digest: Digest =
                serde_json::from_str(&line.context("the temporary file")?).context("the temporary file")?;
            let id = xxh3_64(digest.id.as_bytes());
            if self.newest.get(&id) == Some(&rank(&digest)) && taken.insert(id) {
                take(&digest)?;
            }
        }
        Ok(())
    }

    /// Makes the rows of all documents, the most cited first.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn works(&mut self) -> Result<Vec<Work>> {
        let registry = Arc::clone(&self.registry);
        let mut sums: Vec<Sum> = registry.heads().iter().map(|_| Sum::default()).collect();
        self.each(&mut |digest| {
            if !digest.wanted {
                return Ok(());
            }
            let mut of: HashMap<usize, Vec<&Cite>> = HashMap::new();
            for cite in &digest.cites {
                if let Some((_, resolved)) = registry.find(&cite.key) {
                    of.entry(resolved.head).or_default().push(cite);
                }
            }
            of.iter().for_each(|(head, cites)| sums[*head].add(&digest.citing, cites));
            Ok(())
        })?;
        let mut works: Vec<Work> = sums.into_iter().zip(registry.heads()).map(|(sum, head)| sum.work(head)).collect();
        works.retain(|work| work.articles > 0);
        works.sort_by(|a, b| {
            (b.articles, b.citations, &a.value, &a.id).cmp(&(a.articles, a.citations, &b.value, &b.id))
        });
        Ok(works)
    }

    /// Returns what articles tell between documents: of each name of a document the relations, both ways, and the names
    /// of the others.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn links(&mut self) -> Result<HashMap<String, Links>> {
        let registry = Arc::clone(&self.registry);
        let mut links: HashMap<String, Links> = HashMap::new();
        self.each(&mut |digest| {
            let name = |mention: usize| {
                let cite = digest.cites.iter().find(|cite| cite.mention == mention)?;
                registry.find(&cite.key).map(|(head, _)| head.name())
            };
            for relation in digest.relations.iter().filter(|_| digest.wanted) {
                let Some((from, to)) = name(relation.from).zip(name(relation.to)).filter(|(from, to)| from != to)
                else {
                    continue;
                };
                let (there, back) = (relation.type_.name(), relation.type_.inverse());
                links.entry(from.clone()).or_default().entry(there).or_default().insert(to.clone());
                links.entry(to).or_default().entry(back).or_default().insert(from);
            }
            Ok(())
        })?;
        Ok(links)
    }
}

/// The other documents of each relation of one document, by the relation's name: `amends`, `amended_by`.
pub type Links = BTreeMap<&'static str, BTreeSet<String>>;

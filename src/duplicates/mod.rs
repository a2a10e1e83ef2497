//! Duplicates: Records to clusters of articles that say the same, in the order in which they appeared. Pure.
//!
//! A provincial paper reprints the agency and its neighbours; who counts articles must know it. Nothing is dropped:
//! every member of a cluster keeps its place. Invariant: the clusters do not depend on the order of the records.

mod signature;

use crate::article::{Article, When};
use jiff::Timestamp;
use serde::Serialize;
use signature::BANDS;
pub use signature::Signature;
use std::collections::HashMap;

/// Estimated share of common shingles from which two articles are one text, when nothing else is asked for.
pub const THRESHOLD: f64 = 0.8;

/// Holds one article of a cluster: one row of the table of duplicates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// Id of the member that appeared first: the name of the cluster.
    pub cluster: String,
    /// Place in the order of first appearance, from 1: by publication, then by fetch, then by id; undated articles last.
    pub order: usize,
    /// Id of the article.
    pub id: String,
    /// Estimated share of shingles in common with the first member, from 0 to 1.
    pub similarity: f64,
    /// Whether title, lead and body are those of the first member to the letter.
    pub exact: bool,
    /// Name of the newspaper.
    pub source: Option<String>,
    /// Province of the newspaper on the publication day.
    pub province: Option<String>,
    /// Publication date.
    pub published: Option<When>,
    /// Headline.
    pub title: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
}

/// Holds what is kept of each article until the clusters are formed: about a kilobyte, whatever its length.
#[derive(Debug)]
struct Candidate {
    member: Member,
    revision: String,
    fetched: Option<Timestamp>,
    signature: Signature,
}

/// Collects articles and forms clusters of them.
#[derive(Debug, Default)]
pub struct Finder {
    /// By id: of several revisions the one fetched last.
    candidates: HashMap<String, Candidate>,
}

impl Finder {
    /// Takes an article and its signature; of two revisions of one article the newer is kept.
    pub fn add(&mut self, article: &Article, signature: Signature) {
        let known = self.candidates.get(&article.id);
        if known.is_some_and(|known| (known.fetched, &known.revision) > (article.fetched, &article.revision)) {
            return;
        }
        let member = Member {
            cluster: String::new(),
            order: 0,
            id: article.id.clone(),
            similarity: 1.0,
            exact: true,
            source: article.source.clone(),
            province: article.province.clone(),
            published: article.published.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
        };
        let candidate = Candidate { member, revision: article.revision.clone(), fetched: article.fetched, signature };
        self.candidates.insert(article.id.clone(), candidate);
    }

    /// Returns the number of articles taken, revisions of one article counted once.
    pub fn articles(&self) -> usize {
        self.candidates.len()
    }

    /// Forms the clusters of two articles and more, in the order in which their first members appeared.
    pub fn clusters(self, threshold: f64) -> Vec<Vec<Member>> {
        let mut candidates: Vec<Candidate> = self.candidates.into_values().collect();
        candidates.sort_by_cached_key(|candidate| {
            let published = candidate.member.published.as_ref().and_then(When::timestamp);
            (
                published.is_none(),
                published,
                candidate.fetched.is_none(),
                candidate.fetched,
                candidate.member.id.clone(),
            )
        });
        let mut clusters: Vec<Vec<Member>> = Vec::new();
        for group in groups(&candidates, threshold) {
            let first = &candidates[group[0]];
            let member = |(place, &at): (usize, &usize)| Member {
                cluster: first.member.id.clone(),
                order: place + 1,
                similarity: first.signature.similarity(&candidates[at].signature),
                exact: first.revision == candidates[at].revision,
                ..candidates[at].member.clone()
            };
            clusters.push(group.iter().enumerate().map(member).collect());
        }
        clusters
    }
}

/// Groups the indices of candidates that are alike; each group in order, groups by their first index.
fn groups(candidates: &[Candidate], threshold: f64) -> Vec<Vec<usize>> {
    let mut parents: Vec<usize> = (0..candidates.len()).collect();
    for band in 0..BANDS {
        let mut keys: Vec<(u64, usize)> = candidates
            .iter()
            .enumerate()
            .filter_map(|(at, candidate)| Some((candidate.signature.band(band)?, at)))
            .collect();
        keys.sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            // Each with the first and with the one before it: linear in a bucket that boilerplate fills.
            for pair in bucket.windows(2) {
                for other in [bucket[0].1, pair[0].1] {
                    let alike =
                        || candidates[other].signature.similarity(&candidates[pair[1].1].signature) >= threshold;
                    if root(&mut parents, other) != root(&mut parents, pair[1].1) && alike() {
                        join(&mut parents, other, pair[1].1);
                    }
                }
            }
        }
    }
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 0..candidates.len() {
        groups.entry(root(&mut parents, at)).or_default().push(at);
    }
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    groups
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn join(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b)] = a.min(b);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, published: Option<&str>, body: &str) -> Article {
        let published = published.map(|text| text.parse().expect("a date"));
        let mut article = Article { id: id.into(), published, body: body.into(), ..Article::default() };
        article.seal();
        article
    }

    fn clusters(articles: &[Article]) -> Vec<Vec<Member>> {
        let mut finder = Finder::default();
        for article in articles {
            finder.add(article, Signature::of(article));
        }
        finder.clusters(THRESHOLD)
    }

    fn text(from: usize) -> String {
        (from..from + 200).map(|n| format!("xã thứ {n} có {} hộ nghèo. ", n * 7 % 113)).collect()
    }

    #[test]
    fn a_reprint_follows_the_first_and_nothing_is_dropped() {
        let changed = text(0).replace("xã thứ 9 ", "thôn thứ 9 ");
        let articles = [
            article("c:3", None, &text(0)),
            article("b:2", Some("2024-05-02"), &changed),
            article("a:1", Some("2024-05-01T08:00:00+07:00"), &text(0)),
            article("d:4", Some("2024-05-01"), &text(5000)),
        ];
        let found = clusters(&articles);
        let ids = |found: &[Vec<Member>]| -> Vec<Vec<String>> {
            found.iter().map(|cluster| cluster.iter().map(|member| member.id.clone()).collect()).collect()
        };
        assert_eq!(ids(&found), [["a:1", "b:2", "c:3"]]);
        assert_eq!(
            found[0].iter().map(|member| (member.order, member.exact)).collect::<Vec<_>>(),
            [(1, true), (2, false), (3, true)]
        );
        assert!(found[0][1].similarity > THRESHOLD && found[0][1].similarity < 1.0);
        assert!(found[0].iter().all(|member| member.cluster == "a:1"));
        let turned: Vec<Article> = articles.into_iter().rev().collect();
        assert_eq!(clusters(&turned), found);
    }

    #[test]
    fn revisions_of_one_article_are_no_duplicates() {
        let (mut old, mut new) = (article("a:1", None, &text(0)), article("a:1", None, &text(1)));
        (old.fetched, new.fetched) = (Timestamp::from_second(1).ok(), Timestamp::from_second(2).ok());
        assert!(clusters(&[old, new]).is_empty());
    }

    #[test]
    fn articles_without_text_are_no_duplicates() {
        assert!(clusters(&[article("a:1", None, ""), article("b:2", None, " \n")]).is_empty());
    }

    #[test]
    fn tone_placement_case_and_missing_diacritics_do_not_hide_a_reprint() {
        let body = "Hòa Bình đẩy mạnh thi đua, thủy lợi nội đồng được nâng cấp ở mọi xã. ".repeat(3) + &text(0);
        let other = body.replace("Hòa", "Hoà").replace("thủy", "thuỷ").to_uppercase();
        assert_eq!(clusters(&[article("a:1", None, &body), article("b:2", None, &other)]).len(), 1);
    }
}

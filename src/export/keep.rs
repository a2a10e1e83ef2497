//! Which mentions of a record become rows of the tables of mentions and citations.

use crate::article::Record;
use crate::mention::{Fact, Mention};
use crate::text::fold;
use std::fmt;
use std::sync::Arc;

/// Says which mentions are wanted; the default wants all.
#[derive(Clone, Default)]
pub struct Keep {
    /// `citation`, `percent`, `date`; none: all.
    pub kinds: Vec<String>,
    /// Types of documents, by their abbreviations; none: all. With any, citations alone are wanted.
    pub types: Vec<String>,
    /// Issuers of documents, by their abbreviations; none: all. With any, citations alone are wanted.
    pub issuers: Vec<String>,
    /// Places of documents and figures, by their names or those of the province that they are in; none: all.
    pub places: Vec<String>,
    /// Says of each mention of a record whether it meets the conditions of a query.
    pub asked: Option<Asked>,
}

/// Says something of each mention of a record.
pub type Asked = Arc<dyn Fn(&Record) -> Vec<bool> + Send + Sync>;

impl fmt::Debug for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Keep { kinds, types, issuers, places, asked } = self;
        f.debug_struct("Keep")
            .field("kinds", kinds)
            .field("types", types)
            .field("issuers", issuers)
            .field("places", places)
            .field("asked", &asked.is_some())
            .finish()
    }
}

impl Keep {
    /// Says whether every mention is wanted.
    pub fn is_all(&self) -> bool {
        let Keep { kinds, types, issuers, places, asked } = self;
        asked.is_none() && [kinds, types, issuers, places].iter().all(|names| names.is_empty())
    }

    /// Returns for each mention of a record whether it is wanted.
    pub fn of(&self, record: &Record) -> Vec<bool> {
        let asked = match &self.asked {
            Some(asked) => asked(record),
            None => vec![true; record.mentions.len()],
        };
        record.mentions.iter().zip(asked).map(|(mention, asked)| asked && self.takes(mention)).collect()
    }

    fn takes(&self, mention: &Mention) -> bool {
        let named = |names: &[String], name: Option<&str>| {
            names.is_empty() || name.is_some_and(|name| names.iter().any(|wanted| fold(wanted) == fold(name)))
        };
        let (kind, type_, issuer, place) = match &mention.fact {
            Fact::Citation(citation) => {
                ("citation", citation.type_.as_deref(), citation.issuer.as_deref(), citation.place.as_deref())
            }
            Fact::Percent(percent) => ("percent", None, None, percent.place.as_deref()),
            Fact::Date(_) => ("date", None, None, None),
        };
        named(&self.kinds, Some(kind))
            && named(&self.types, type_)
            && named(&self.issuers, issuer)
            && (self.places.is_empty()
                || place.is_some_and(|place| {
                    place.split(", ").any(|part| named(&self.places, Some(part))) || named(&self.places, Some(place))
                }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::{CalendarDate, Citation, Part, Percent};

    fn citation(value: &str, type_: &str, issuer: &str, place: Option<&str>) -> Fact {
        let (type_, issuer, place) = (Some(type_.into()), Some(issuer.into()), place.map(Into::into));
        Fact::Citation(Citation { value: value.into(), type_, issuer, place, ..Citation::default() })
    }

    fn kept(keep: &Keep) -> Vec<String> {
        let facts = [
            citation("01/2022/NQ-HĐND", "NQ", "HĐND", Some("Quảng Ninh")),
            Fact::Date(CalendarDate::default()),
            citation("15/2020/NĐ-CP", "NĐ", "CP", None),
            Fact::Percent(Percent { value: Some(0.34), low: 0.34, high: 0.34, ..Percent::default() }),
        ];
        let mention = |fact: Fact| Mention {
            part: Part::Body,
            start: 0,
            end: 0,
            text: String::new(),
            rule: "by-hand".into(),
            flags: Vec::new(),
            sentence_start: 0,
            sentence_end: 0,
            fact,
        };
        let record = Record { mentions: facts.map(mention).to_vec(), ..Record::default() };
        let kept = keep.of(&record);
        record.mentions.iter().zip(kept).filter(|(_, kept)| *kept).map(|(mention, _)| mention.value().into()).collect()
    }

    #[test]
    fn names_narrow_kinds_types_issuers_and_places() {
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        assert_eq!(kept(&Keep::default()).len(), 4);
        assert_eq!(kept(&Keep { kinds: names(&["percent"]), ..Keep::default() }), ["0.34"]);
        assert_eq!(kept(&Keep { types: names(&["nđ"]), ..Keep::default() }), ["15/2020/NĐ-CP"]);
        let local = Keep { issuers: names(&["HĐND", "CP"]), places: names(&["quang ninh"]), ..Keep::default() };
        assert_eq!(kept(&local), ["01/2022/NQ-HĐND"]);
        let asked = Keep { asked: Some(Arc::new(|record| vec![false; record.mentions.len()])), ..Keep::default() };
        assert!(kept(&asked).is_empty() && !asked.is_all());
    }
}

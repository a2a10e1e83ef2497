//! Layouts: where the parts of an article stand on a page, as rows of `sites.toml` with every selector compiled.
//!
//! A family (`[[layout]]`) describes one content system; a newspaper (`[[site.layouts]]`) names a family and overrides what
//! differs. What no row says is unknown and left to the generic extractor, never guessed.

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use regex::Regex;
use scraper::Selector;
use serde::Deserialize;

/// Says where the parts of an article stand on a page.
///
/// A list of [`Field`]s is in order of preference: the first that yields text is the one. An empty list: not known.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Name for messages: a family's own, `family@site` for the family as a newspaper uses it, `own@site` for a system of its own.
    pub name: String,
    /// Matches only on pages of this content system; tells the family of a page whose newspaper is not in the table.
    pub mark: Option<Selector>,
    /// Headline.
    pub title: Vec<Field>,
    /// Lead (sapo).
    pub lead: Vec<Field>,
    /// The system has no element for the lead: a first paragraph of the body that is bold as a whole is it.
    pub lead_is_first_bold: bool,
    /// Element that holds the text; what it holds beside the text is in `drop`.
    ///
    /// An element that is there but holds no text means a body drawn by script: the article is empty, and nothing else on
    /// the page is taken for its text.
    pub body: Vec<Field>,
    /// Elements to take out of the body before reading it.
    pub drop: Option<Selector>,
    /// Section; of several elements (a breadcrumb) the last.
    pub section: Vec<Field>,
    /// Author.
    pub author: Vec<Field>,
    /// Tags, one an element.
    pub tags: Vec<Field>,
    /// Captions of pictures in the body, where they are not a `figcaption`.
    pub caption: Option<Selector>,
    /// Addresses of the pictures in the body, where they are not in `src`.
    pub image: Vec<Field>,
    /// Publication date, the most trustworthy first.
    pub date: Vec<DateField>,
    /// Clock of the visit in the page's header, and other dates that are not the article's.
    pub clock: Option<Selector>,
    /// Headings after which nothing belongs to the article (`Tin liên quan`); compared without case and closing colon.
    pub tail: Vec<String>,
    /// Pattern of a last line that names only the source: `(baoquangninh.vn)`.
    pub source_line: Option<Regex>,
    /// Pattern of an inline script that holds the body: where it matches and `body` is empty, the text is held in the script.
    pub script_body: Option<Regex>,
    /// First day on which pages had this layout.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_until: Option<Date>,
}

/// Points at text: the text of an element, or of one of its attributes.
///
/// Written `h1.name` or `meta[property="og:title"] @content`.
#[derive(Debug, Clone)]
pub struct Field {
    /// As the row writes it.
    pub written: String,
    /// Finds the element.
    pub selector: Selector,
    /// Attribute that holds the text; none: the element's own text.
    pub attribute: Option<String>,
}

/// Points at a date and says how it is written.
#[derive(Debug, Clone)]
pub struct DateField {
    /// Where it stands.
    pub field: Field,
    /// How it is written.
    pub format: DateFormat,
}

/// Names the ways in which the systems write a publication date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFormat {
    /// ISO 8601, with or without a time and a zone: `2024-04-25T08:00:00+0700`, `2024-04-25 08:00:00`.
    Iso,
    /// Day first, with or without a time, words around allowed: `Thứ Năm, 25/04/2024 - 08:00`.
    Dmy,
    /// Month first with a twelve-hour clock and no zone: `4/25/2024 8:00:00 AM`.
    MdyUs,
}

/// Holds a layout as a row writes it; what is missing is the family's, or unknown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Row {
    /// Own id of a family; of a newspaper's row the family it builds on, empty for a system of its own.
    pub family: String,
    mark: Option<String>,
    title: Option<Vec<String>>,
    lead: Option<Vec<String>>,
    lead_is_first_bold: Option<bool>,
    body: Option<Vec<String>>,
    drop: Option<Vec<String>>,
    section: Option<Vec<String>>,
    author: Option<Vec<String>>,
    tags: Option<Vec<String>>,
    caption: Option<Vec<String>>,
    image: Option<Vec<String>>,
    date: Option<Vec<DateRow>>,
    clock: Option<Vec<String>>,
    tail: Option<Vec<String>>,
    source_line: Option<String>,
    script_body: Option<String>,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DateRow {
    at: String,
    format: DateFormat,
}

impl Row {
    /// Fills what this row leaves out from the family's row.
    pub fn over(self, family: &Row) -> Row {
        let family = family.clone();
        Row {
            family: self.family,
            mark: self.mark.or(family.mark),
            title: self.title.or(family.title),
            lead: self.lead.or(family.lead),
            lead_is_first_bold: self.lead_is_first_bold.or(family.lead_is_first_bold),
            body: self.body.or(family.body),
            drop: self.drop.or(family.drop),
            section: self.section.or(family.section),
            author: self.author.or(family.author),
            tags: self.tags.or(family.tags),
            caption: self.caption.or(family.caption),
            image: self.image.or(family.image),
            date: self.date.or(family.date),
            clock: self.clock.or(family.clock),
            tail: self.tail.or(family.tail),
            source_line: self.source_line.or(family.source_line),
            script_body: self.script_body.or(family.script_body),
            valid_from: self.valid_from.or(family.valid_from),
            valid_until: self.valid_until.or(family.valid_until),
        }
    }

    /// Compiles every selector and pattern.
    ///
    /// # Errors
    /// Names the field and what is wrong with it.
    pub fn compile(self, name: String) -> Result<Layout> {
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && from > until
        {
            bail!("valid_from {from} is after valid_until {until}");
        }
        let dates = self.date.unwrap_or_default().into_iter().map(|row| {
            let field = Field::parse(&row.at).context("date")?;
            Ok(DateField { field, format: row.format })
        });
        Ok(Layout {
            name,
            mark: union(self.mark.map(|mark| vec![mark])).context("mark")?,
            title: fields(self.title).context("title")?,
            lead: fields(self.lead).context("lead")?,
            lead_is_first_bold: self.lead_is_first_bold.unwrap_or(false),
            body: fields(self.body).context("body")?,
            drop: union(self.drop).context("drop")?,
            section: fields(self.section).context("section")?,
            author: fields(self.author).context("author")?,
            tags: fields(self.tags).context("tags")?,
            caption: union(self.caption).context("caption")?,
            image: fields(self.image).context("image")?,
            date: dates.collect::<Result<_>>()?,
            clock: union(self.clock).context("clock")?,
            tail: self.tail.unwrap_or_default(),
            source_line: self.source_line.as_deref().map(Regex::new).transpose().context("source_line")?,
            script_body: self.script_body.as_deref().map(Regex::new).transpose().context("script_body")?,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        })
    }
}

impl Layout {
    /// Returns the content system: the family, or `own`.
    pub fn system(&self) -> &str {
        self.name.split('@').next().unwrap_or(&self.name)
    }

    /// Lists the parts of an article that the layout knows where to find.
    pub fn known(&self) -> Vec<&'static str> {
        let parts = [
            ("title", !self.title.is_empty()),
            ("lead", !self.lead.is_empty() || self.lead_is_first_bold),
            ("body", !self.body.is_empty()),
            ("section", !self.section.is_empty()),
            ("author", !self.author.is_empty()),
            ("tags", !self.tags.is_empty()),
            ("caption", self.caption.is_some()),
            ("image", !self.image.is_empty()),
            ("date", !self.date.is_empty()),
        ];
        parts.into_iter().filter(|(_, known)| *known).map(|(name, _)| name).collect()
    }

    /// Says whether pages had this layout on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}

impl Field {
    fn parse(text: &str) -> Result<Field> {
        let (css, attribute) = match text.rsplit_once(" @") {
            Some((css, attribute)) => (css, Some(attribute.trim().to_string())),
            None => (text, None),
        };
        Ok(Field { written: text.to_string(), selector: selector(css)?, attribute })
    }
}

fn fields(rows: Option<Vec<String>>) -> Result<Vec<Field>> {
    rows.unwrap_or_default().iter().map(|text| Field::parse(text)).collect()
}

/// Compiles several selectors into one that matches what any of them matches.
fn union(rows: Option<Vec<String>>) -> Result<Option<Selector>> {
    let rows = rows.unwrap_or_default();
    rows.iter().try_for_each(|css| selector(css).map(drop))?;
    if rows.is_empty() { Ok(None) } else { selector(&rows.join(", ")).map(Some) }
}

fn selector(css: &str) -> Result<Selector> {
    // The error of the selector crate borrows its input and cannot travel.
    Selector::parse(css).map_err(|error| anyhow::anyhow!("{css:?} is no selector: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_a_selector_and_perhaps_an_attribute() {
        assert_eq!(Field::parse("h1.name").expect("a field").attribute, None);
        let meta = Field::parse(r#"meta[property="og:title"] @content"#).expect("a field");
        assert_eq!(meta.attribute.as_deref(), Some("content"));
        assert!(Field::parse("h1..name").is_err());
    }

    #[test]
    fn an_override_keeps_what_it_does_not_name() {
        let family = Row { title: Some(vec!["h1".into()]), body: Some(vec!["#a".into()]), ..Row::default() };
        let own = Row { family: "a".into(), body: Some(vec!["#b".into()]), ..Row::default() };
        let layout = own.over(&family).compile("a@b".into()).expect("compiles");
        assert_eq!((layout.title.len(), layout.body.len()), (1, 1));
        assert_eq!(layout.body[0].selector, selector("#b").expect("a selector"));
    }
}

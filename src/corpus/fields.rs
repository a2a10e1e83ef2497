//! Which column of a table, or which name in JSON, stands for which field of an article: by mapping, by name, by guess.
//!
//! Invariant: no column stands for two fields, and what was guessed can be shown before it is believed.

use crate::text::fold;
use anyhow::{Result, ensure};
use std::str::FromStr;

/// Fields of an article, each with the names that others give it, folded and without signs; earlier ones go first.
#[rustfmt::skip]
const FIELDS: &[(&str, &[&str])] = &[
    ("author", &["tacgia", "nguoiviet", "phongvien", "butdanh", "authors", "byline", "writer", "creator", "reporter"]),
    ("body", &[
        "noidung", "noidungbaiviet", "noidungbai", "toanvan", "noidungchitiet", "vanban", "baiviet", "content", "text",
        "fulltext", "articlebody", "articletext", "bodytext", "maintext", "articlecontent", "contenttext", "article",
        "fullcontent", "textcontent", "contents",
    ]),
    ("fetched", &["ngaythuthap", "ngaytai", "ngaycrawl", "crawledat", "scrapedat", "fetchedat", "crawldate", "retrieved", "accessed"]),
    ("html", &["rawhtml", "contenthtml", "htmlcontent", "pagehtml", "mahtml"]),
    ("id", &["ma", "mabai", "mabaiviet", "articleid", "docid", "newsid", "postid", "uid", "guid"]),
    ("language", &["ngonngu", "lang"]),
    ("lead", &["sapo", "tomtat", "mota", "doandan", "loidan", "gioithieu", "summary", "description", "abstract", "excerpt", "subtitle", "intro", "standfirst"]),
    ("province", &["tinh", "tinhthanh", "tinhthanhpho", "diaphuong", "provincename"]),
    ("published", &[
        "ngaydang", "ngayxuatban", "ngaydangbai", "ngaydangtai", "thoigiandang", "thoigianxuatban", "ngayphathanh", "ngaygio",
        "thoigian", "ngay", "publishedat", "publishdate", "publisheddate", "datepublished", "publicationdate", "pubdate",
        "dateposted", "postdate", "posteddate", "postedat", "datetime", "date", "publishtime", "timestamp", "time",
        "createdat", "datecreated", "created",
    ]),
    ("section", &["chuyenmuc", "muc", "danhmuc", "theloai", "chude", "category", "categories", "topic", "rubric", "column"]),
    ("source", &["nguon", "tenbao", "bao", "toasoan", "coquanbaochi", "tobao", "newspaper", "publisher", "outlet", "paper", "media", "publication", "site", "sitename", "website"]),
    ("tags", &["tukhoa", "the", "nhan", "keywords", "keyword", "tag"]),
    ("title", &["tieude", "tieudebai", "tieudebaiviet", "tua", "tuade", "tit", "titbai", "tenbai", "tenbaiviet", "headline", "heading", "articletitle", "name", "subject"]),
    ("url", &["link", "lienket", "duongdan", "duonglink", "diachi", "diachiweb", "href", "permalink", "weburl", "pageurl", "articleurl", "sourceurl", "address", "uri"]),
];

/// Says which column stands for which field, where their names differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(String, String)>,
}

impl FromStr for Mapping {
    type Err = String;

    /// Reads `field=column,…`.
    fn from_str(text: &str) -> Result<Mapping, String> {
        let mut mapping = Mapping::default();
        for pair in text.split(',') {
            let Some((field, column)) = pair.split_once('=') else {
                return Err(format!("{pair:?} is not FIELD=COLUMN"));
            };
            mapping.add(field.trim(), column.trim())?;
        }
        Ok(mapping)
    }
}

impl Mapping {
    fn add(&mut self, field: &str, column: &str) -> Result<(), String> {
        if !FIELDS.iter().any(|(name, _)| *name == field) {
            let names: Vec<_> = FIELDS.iter().map(|(name, _)| *name).collect();
            return Err(format!("an article has no field {field:?}; it has {}", names.join(", ")));
        }
        if self.pairs.iter().any(|(known, _)| known == field) {
            return Err(format!("the field {field:?} is given twice"));
        }
        self.pairs.push((field.to_string(), column.to_string()));
        Ok(())
    }

    /// Puts several mappings together.
    ///
    /// # Errors
    /// When a field is mapped twice.
    pub fn all(mappings: &[Mapping]) -> Result<Mapping, String> {
        let mut whole = Mapping::default();
        for (field, column) in mappings.iter().flat_map(|mapping| &mapping.pairs) {
            whole.add(field, column)?;
        }
        Ok(whole)
    }

    /// Says whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// Holds where the fields of an article stand among columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Field and place of its column.
    pub fields: Vec<(&'static str, usize)>,
    /// Fields that were taken by the meaning of the column's name.
    guessed: Vec<&'static str>,
}

impl Places {
    /// Finds the column of each field: the mapped one, else the one of the field's name, else one of a name that means it.
    ///
    /// # Errors
    /// When a mapped column is not there, or none holds the text.
    pub fn of(columns: &[String], mapping: &Mapping) -> Result<Places> {
        let mut taken = vec![false; columns.len()];
        let mut places = Places::default();
        for (field, column) in &mapping.pairs {
            let at = columns.iter().position(|name| name == column);
            let at = at.or_else(|| columns.iter().position(|name| plain(name) == plain(column)));
            let Some(at) = at else { anyhow::bail!("no column {column:?}; there are {}", columns.join(", ")) };
            ensure!(!taken[at], "the column {column:?} is mapped twice");
            taken[at] = true;
            let field = FIELDS.iter().find(|(name, _)| name == field).map_or("", |(name, _)| name);
            places.fields.push((field, at));
        }
        let names: Vec<String> = columns.iter().map(|name| plain(name)).collect();
        let exact = |_: usize, field: &str, _: &[&str]| columns.iter().position(|name| name == field);
        let by_name = |_: usize, field: &str, _: &[&str]| names.iter().position(|name| name == field);
        let of_meaning = |rank: usize, _: &str, others: &[&str]| {
            let wanted = others.get(rank)?;
            names.iter().position(|name| name == wanted)
        };
        places.take(&mut taken, 1, false, exact);
        places.take(&mut taken, 1, true, by_name);
        let ranks = FIELDS.iter().map(|(_, others)| others.len()).max().unwrap_or(0);
        places.take(&mut taken, ranks, true, of_meaning);
        ensure!(
            places.fields.iter().any(|&(field, _)| field == "body" || field == "html"),
            "no column is called \"body\"; say which holds the text with --map body=COLUMN, or its markup with html=COLUMN (there are {})",
            columns.join(", ")
        );
        places.fields.sort_unstable();
        Ok(places)
    }

    /// Gives each field that has no column yet the first free one that `find` names, best rank first.
    fn take(
        &mut self,
        taken: &mut [bool],
        ranks: usize,
        guessed: bool,
        find: impl Fn(usize, &str, &[&str]) -> Option<usize>,
    ) {
        for rank in 0..ranks {
            for (field, others) in FIELDS {
                if self.fields.iter().any(|(known, _)| known == field) {
                    continue;
                }
                let Some(at) = find(rank, field, others).filter(|&at| !taken[at]) else { continue };
                taken[at] = true;
                self.fields.push((field, at));
                if guessed {
                    self.guessed.push(field);
                }
            }
        }
    }

    /// Says whether a field's column was taken by the meaning of its name.
    pub fn is_guess(&self, field: &str) -> bool {
        self.guessed.contains(&field)
    }

    /// Says what was guessed, and what is not read; nothing where all columns bear the names of fields.
    pub fn note(&self, columns: &[String]) -> Option<String> {
        if self.guessed.is_empty() {
            return None;
        }
        let read: Vec<_> = self.fields.iter().map(|&(field, at)| format!("{field} = {:?}", columns[at])).collect();
        let is_read = |at: usize| self.fields.iter().any(|&(_, other)| other == at);
        let left: Vec<_> = (0..columns.len()).filter(|&at| !is_read(at)).map(|at| columns[at].as_str()).collect();
        let left = if left.is_empty() { String::new() } else { format!("; not read: {}", left.join(", ")) };
        Some(format!("columns taken by their names: {}{left} (--map FIELD=COLUMN says otherwise)", read.join(", ")))
    }
}

/// Says whether a name stands for the text of an article or its markup.
pub(super) fn means_text(name: &str) -> bool {
    // Longer ones are texts themselves.
    name.len() <= 40
        && FIELDS.iter().filter(|(field, _)| matches!(*field, "body" | "html")).any(|(field, others)| {
            let name = plain(name);
            name == *field || others.contains(&name.as_str())
        })
}

/// Folds a name and leaves out its blanks and signs: `Ngày đăng` and `ngay_dang` are one.
fn plain(name: &str) -> String {
    fold(&crate::text::normalize(name)).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    fn places(names: &[&str], mapping: &str) -> Vec<(&'static str, usize)> {
        let mapping = if mapping.is_empty() { Mapping::default() } else { mapping.parse().expect("a mapping") };
        Places::of(&columns(names), &mapping).expect("a body").fields
    }

    #[test]
    fn names_are_folded_and_stand_for_one_field() {
        for (field, names) in FIELDS {
            for name in *names {
                assert_eq!(plain(name), *name);
                let others = FIELDS.iter().filter(|(other, names)| other == name || names.contains(name)).count();
                assert_eq!(others, 1, "{field}: {name}");
            }
        }
    }

    #[test]
    fn vietnamese_and_english_names_are_taken_for_what_they_mean() {
        let found = places(&["STT", "Tiêu đề", "Ngày đăng", "Nội dung", "Nguồn", "Chuyên mục"], "");
        assert_eq!(found, [("body", 3), ("published", 2), ("section", 5), ("source", 4), ("title", 1)]);
        let found = places(&["Headline", "Full Text", "Date", "created_at", "URL"], "");
        assert_eq!(found, [("body", 1), ("published", 2), ("title", 0), ("url", 4)]);
    }

    #[test]
    fn a_mapping_goes_before_a_name_and_a_name_before_a_guess() {
        let found = places(&["text", "body", "content", "title"], "body=content");
        assert_eq!(found, [("body", 2), ("title", 3)]);
        assert_eq!(places(&["text", "body"], ""), [("body", 1)]);
    }

    #[test]
    fn a_mapping_names_fields_that_exist_once() {
        assert!("title=headline, body=content".parse::<Mapping>().is_ok());
        for wrong in ["headline", "titel=headline", "title=a,title=b", ""] {
            assert!(wrong.parse::<Mapping>().is_err(), "{wrong}");
        }
        let twice: Vec<Mapping> = ["title=a", "title=b"].iter().map(|text| text.parse().expect("one")).collect();
        assert!(Mapping::all(&twice).is_err());
    }

    #[test]
    fn what_was_guessed_is_said_with_what_is_not_read() {
        let names = columns(&["Tiêu đề", "Nội dung", "Lượt xem"]);
        let note = Places::of(&names, &Mapping::default()).expect("a body").note(&names).expect("a note");
        assert!(note.contains("body = \"Nội dung\"") && note.contains("not read: Lượt xem"), "{note}");
        let names = columns(&["title", "body"]);
        assert_eq!(Places::of(&names, &Mapping::default()).expect("a body").note(&names), None);
    }
}

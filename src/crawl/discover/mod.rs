//! Discovery: what a fetched body says about other addresses. Pure.
//!
//! Feeds and sitemaps say which pages there are and when they were published; pages link to each other.

pub mod feed;
pub mod links;
pub mod sitemap;

use crate::article::When;
use jiff::civil::DateTime;

/// Reads a time as feeds, sitemaps and their careless authors write it; a time without zone is Vietnamese.
pub fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if let Ok(when) = text.parse::<When>() {
        return Some(when);
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(When::Moment(zoned));
    }
    // The day's name, often in Vietnamese, says nothing more.
    let bare = text.split_once(',').map_or(text, |(_, rest)| rest).trim();
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(bare) {
        return Some(When::Moment(zoned));
    }
    let bare = bare.replace(['-', '.'], "/").replace("GMT+7", "").replace(" / ", " ");
    let american = ["%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p"];
    let day_first = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%b %d, %Y %H:%M:%S"];
    let time = american.iter().chain(&day_first).find_map(|form| DateTime::strptime(form, bare.trim()).ok());
    time.and_then(When::local).or_else(|| jiff::civil::Date::strptime("%d/%m/%Y", bare.trim()).ok().map(When::Day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_any_usual_form_are_read() {
        for (text, read) in [
            ("Thu, 25 Apr 2024 08:00:00 +0700", "2024-04-25T08:00:00+07:00"),
            ("Thứ Năm, 25 Apr 2024 08:00:00 GMT", "2024-04-25T08:00:00+00:00"),
            ("2024-04-25T01:00:00Z", "2024-04-25T01:00:00+00:00"),
            ("25/04/2024 08:00", "2024-04-25T08:00:00+07:00"),
            ("Thứ năm, 25/04/2024 - 08:00", "2024-04-25T08:00:00+07:00"),
            ("4/25/2024 8:00:00 PM", "2024-04-25T20:00:00+07:00"),
            ("25/4/2024", "2024-04-25"),
            ("2024-04-25", "2024-04-25"),
        ] {
            assert_eq!(when(text).map(|when| when.to_string()).as_deref(), Some(read), "{text}");
        }
        assert_eq!(when("hôm qua"), None);
    }
}

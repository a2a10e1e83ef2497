//! Clocks: the dates in page headers that say when the page was visited, never when an article was published.
//!
//! One page cannot tell its clock from its date line for sure; several pages of a site can: the clock stands at the same
//! place and says the day of the visit, or one and the same day, on all of them.

use super::blocks::Block;
use super::plain::is_clock;
use crate::article::{Page, VIETNAM};
use crate::text::normalize;
use scraper::ElementRef;
use std::collections::{BTreeMap, BTreeSet};

/// Pages on which a place must say the day of the visit before it is a clock.
const ENOUGH: usize = 3;

/// Holds the places of clocks on a site's pages; empty when nothing was learned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clocks {
    places: BTreeSet<String>,
}

impl Clocks {
    /// Learns from several pages of one site, best of articles of different days.
    ///
    /// A place is a clock when on three pages or more it says the day of the visit, or the same day everywhere, while
    /// another claim of at least one of these pages says another day, or it stands above the headline.
    pub fn learn<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Clocks {
        let mut seen: BTreeMap<String, Vec<Sighting>> = BTreeMap::new();
        for page in pages {
            for sighting in super::sightings(page) {
                seen.entry(sighting.place.clone()).or_default().push(sighting);
            }
        }
        let is_clock = |sightings: &Vec<Sighting>| {
            let same = sightings.windows(2).all(|pair| pair[0].day == pair[1].day);
            let visit = sightings.iter().all(|sighting| sighting.visited == Some(sighting.day));
            let doubted = sightings.iter().any(|sighting| sighting.contradicted || sighting.above_title);
            sightings.len() >= ENOUGH && (same || visit) && doubted
        };
        Clocks {
            places: seen.into_iter().filter(|(_, sightings)| is_clock(sightings)).map(|(place, _)| place).collect(),
        }
    }

    /// Says whether a place is a clock's.
    pub(super) fn holds(&self, element: ElementRef<'_>) -> bool {
        !self.places.is_empty() && self.places.contains(&place_of(element))
    }
}

/// Holds one date printed on one page.
#[derive(Debug)]
pub(super) struct Sighting {
    /// Where it stands: names of the elements around.
    pub place: String,
    /// The day it says.
    pub day: jiff::civil::Date,
    /// The day the page was fetched.
    pub visited: Option<jiff::civil::Date>,
    /// It stands above the headline.
    pub above_title: bool,
    /// Meta elements, JSON-LD or the address say another day.
    pub contradicted: bool,
}

/// Returns the day a page was fetched, in Vietnam.
pub(super) fn visited(page: &Page) -> Option<jiff::civil::Date> {
    page.fetched.map(|fetched| VIETNAM.to_datetime(fetched).date())
}

/// Names a place on a page by the elements around it.
pub(super) fn place_of(element: ElementRef<'_>) -> String {
    let mut place = String::new();
    for element in std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take(5) {
        let value = element.value();
        place.push_str(value.name());
        if let Some(id) = value.id().filter(|id| !id.contains(|c: char| c.is_ascii_digit())) {
            place.push('#');
            place.push_str(id);
        }
        for class in value.classes() {
            place.push('.');
            place.push_str(class);
        }
        place.push('<');
    }
    place
}

/// Words in the names of elements that are the page's own header.
const HEADER: &[&str] = &["header", "masthead", "topbar", "top-bar", "top_bar", "navbar", "menu"];
/// Words in the names of elements that are clocks wherever they stand.
const CLOCK: &[&str] = &["clock", "datetimenow", "currentdate", "current-date", "current_date", "today"];

/// Words in the names of elements that head an article: `article__header__meta`.
const OF_ARTICLE: &[&str] = &["article", "post", "entry", "detail", "story", "blog"];

/// Says whether a block is a header clock by its form and place, for a page about which nothing was learned.
///
/// `title` is the headline's element: what holds it is no page header.
pub(super) fn is_header_clock(block: &Block<'_>, title: Option<ElementRef<'_>>, above_title: bool) -> bool {
    let around = std::iter::once(block.element).chain(block.element.ancestors().filter_map(ElementRef::wrap));
    for element in around.take(12) {
        let value = element.value();
        if matches!(value.name(), "body" | "html")
            || title.is_some_and(|title| title.ancestors().any(|above| above.id() == element.id()))
        {
            break;
        }
        let named = [value.attr("class"), value.id()].into_iter().flatten().any(|names| {
            let names = names.to_ascii_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| names.contains(word));
            // An icon of a clock stands beside many an article's own date; the line itself is not called after it.
            let clock = says(CLOCK) && (above_title || !names.contains("icon") && !names.contains("fa-"));
            (clock || above_title && says(HEADER)) && !says(OF_ARTICLE)
        });
        if value.name() == "header" || value.name() == "nav" || named {
            return true;
        }
    }
    // A weekday with a date and nothing else, above the headline, is the masthead's.
    above_title && is_clock(&normalize(&block.text))
}

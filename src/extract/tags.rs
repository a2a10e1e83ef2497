//! Tags: the parts that a word may play around a figure; a word may play several.
//!
//! A set of parts is one machine word, so that asking a token costs one instruction.

/// Holds the set of parts that a word may play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u64);

impl Roles {
    /// Returns the tag of a name.
    pub fn named(name: &str) -> Option<Roles> {
        NAMES.iter().position(|known| *known == name).map(|bit| Roles(1 << bit))
    }

    /// Returns the bits of the tags, the lowest first.
    pub fn bits(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(bit)
        })
    }

    /// Returns the name of the tag of a bit.
    pub fn name(bit: usize) -> Option<&'static str> {
        NAMES.get(bit).copied()
    }

    /// Returns the tags that stand both here and there.
    pub const fn and(self, of: Roles) -> Roles {
        Roles(self.0 & of.0)
    }

    /// Says whether there is no tag.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Says whether any of these parts is among those.
    pub const fn any(self, of: Roles) -> bool {
        self.0 & of.0 != 0
    }

    /// Returns these parts and those.
    pub const fn or(self, of: Roles) -> Roles {
        Roles(self.0 | of.0)
    }
}

/// A comma.
pub const COMMA: Roles = Roles(1 << 0);
/// A dash between blanks.
pub const DASH: Roles = Roles(1 << 1);
/// A semicolon, or a full stop inside the sentence.
pub const SEMICOLON: Roles = Roles(1 << 2);
/// A colon.
pub const COLON: Roles = Roles(1 << 3);
/// An opening bracket.
pub const OPEN: Roles = Roles(1 << 4);
/// A closing bracket.
pub const CLOSE: Roles = Roles(1 << 5);
/// A number without a unit of percentage.
pub const NUMBER: Roles = Roles(1 << 6);
/// A number with its percent sign.
pub const FIGURE: Roles = Roles(1 << 7);
/// Words of growth.
pub const RISE: Roles = Roles(1 << 8);
/// Words of decline.
pub const FALL: Roles = Roles(1 << 9);
/// Words of arrival at a figure.
pub const REACH: Roles = Roles(1 << 10);
/// Words that set a figure equal to its subject.
pub const IS: Roles = Roles(1 << 11);
/// Words of a share.
pub const SHARE: Roles = Roles(1 << 12);
/// Words of more than a plan.
pub const EXCEED: Roles = Roles(1 << 13);
/// Words that introduce what is counted.
pub const HAVE: Roles = Roles(1 << 14);
/// Words before the end of a change.
pub const TO: Roles = Roles(1 << 15);
/// Words before the start of a change or range.
pub const FROM: Roles = Roles(1 << 16);
/// Words before the end of a range or time.
pub const UNTIL: Roles = Roles(1 << 17);
/// Nouns that only carry the figure.
pub const LEVEL: Roles = Roles(1 << 18);
/// Words between subject and verb.
pub const AUX: Roles = Roles(1 << 19);
/// Words between verb and figure.
pub const ADVERB: Roles = Roles(1 << 20);
/// Words before a figure that is not exact.
pub const ABOUT: Roles = Roles(1 << 21);
/// Words before a figure that is passed.
pub const OVER: Roles = Roles(1 << 22);
/// Words before a figure that is not reached.
pub const UNDER: Roles = Roles(1 << 23);
/// Words before a lower limit.
pub const AT_LEAST: Roles = Roles(1 << 24);
/// Words before an upper limit.
pub const AT_MOST: Roles = Roles(1 << 25);
/// Words for what was planned.
pub const PLAN: Roles = Roles(1 << 26);
/// Words for what is aimed at.
pub const TARGET: Roles = Roles(1 << 27);
/// Words before what a figure is compared to.
pub const COMPARE: Roles = Roles(1 << 28);
/// Words that open a clause.
pub const LEAD: Roles = Roles(1 << 29);
/// Verbs after which another clause begins.
pub const REPORT: Roles = Roles(1 << 30);
/// Verbs whose object may be what is measured.
pub const VERB: Roles = Roles(1 << 31);
/// Words that can only open the verb of a clause.
pub const TENSE: Roles = Roles(1 << 32);
/// Words that tie a noun phrase to what stands before.
pub const PREPOSITION: Roles = Roles(1 << 33);
/// Words that join equals.
pub const CONJUNCTION: Roles = Roles(1 << 34);
/// Nouns of a rate or an amount: a noun phrase that is measured begins with one.
pub const RATE: Roles = Roles(1 << 35);
/// Nouns of rates and amounts that are as often part of another noun phrase.
pub const WEAK: Roles = Roles(1 << 36);
/// Rate nouns that are themselves a growth.
pub const GROWTH: Roles = Roles(1 << 37);
/// Rate nouns that are themselves a decline.
pub const SHRINKING: Roles = Roles(1 << 38);
/// Nouns of places and markets: alone they are measured by the noun of the clause before.
pub const PLACE: Roles = Roles(1 << 39);
/// Words that begin a phrase of time.
pub const TIME: Roles = Roles(1 << 40);
/// Words of magnitude and measure after a number.
pub const SCALE: Roles = Roles(1 << 41);
/// Words that only look like others in these lists.
pub const NONE: Roles = Roles(1 << 42);
/// A word of no entry.
pub const WORD: Roles = Roles(1 << 43);
/// A sign of no entry.
pub const MARK: Roles = Roles(1 << 44);
/// A line break.
pub const NEWLINE: Roles = Roles(1 << 45);
/// A quotation mark.
pub const QUOTE: Roles = Roles(1 << 46);
/// A hyphen or dash inside a name.
pub const HYPHEN: Roles = Roles(1 << 47);
/// What lies in a date.
pub const DATE: Roles = Roles(1 << 48);
/// The figure that is read.
pub const SELF: Roles = Roles(1 << 49);
/// Where the sentence begins or ends.
pub const EDGE: Roles = Roles(1 << 50);
/// A word that begins with a capital.
pub const CAPITAL: Roles = Roles(1 << 51);

/// A word of no entry that is mostly used as a verb.
pub const VERBAL: Roles = Roles(1 << 52);
/// A word of no entry that is mostly used as a noun.
pub const NOMINAL: Roles = Roles(1 << 53);
/// The second syllable of such a word: no phrase begins or ends before it.
pub const INNER: Roles = Roles(1 << 54);

/// Names of the tags, by their bit.
const NAMES: &[&str] = &[
    "comma",
    "dash",
    "semicolon",
    "colon",
    "open",
    "close",
    "number",
    "figure",
    "rise",
    "fall",
    "reach",
    "is",
    "share",
    "exceed",
    "have",
    "to",
    "from",
    "until",
    "level",
    "aux",
    "adverb",
    "about",
    "over",
    "under",
    "at_least",
    "at_most",
    "plan",
    "target",
    "compare",
    "lead",
    "report",
    "verb",
    "tense",
    "preposition",
    "conjunction",
    "rate",
    "weak",
    "growth",
    "shrinking",
    "place",
    "time",
    "scale",
    "none",
    "word",
    "mark",
    "newline",
    "quote",
    "hyphen",
    "date",
    "self",
    "edge",
    "capital",
    "verbal",
    "nominal",
    "inner",
];

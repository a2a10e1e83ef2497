//! Parameters of addresses: described once, read, checked, and written back in one order with the defaults left out.

use super::language::Words;
use super::problem::Problem;
use super::words;
use url::form_urlencoded;

/// Describes a parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Name.
    pub name: &'static str,
    /// Values it takes.
    pub kind: Kind,
    /// Value when it is not given.
    pub default: &'static str,
    /// What it says, for people.
    pub words: Words,
    /// Times that it may be given.
    pub most: usize,
}

/// Names the kinds of parameters.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Query of the language that the command line reads.
    Query,
    /// Any text.
    Text,
    /// Whole number.
    Whole(u64, u64),
    /// One of these values, each with its words.
    Choice(&'static [(&'static str, Words)]),
}

/// Holds the parameters of one request, in the order of their table.
#[derive(Debug, Clone)]
pub struct Asked(Vec<(&'static Parameter, Vec<String>)>);

const YES_NO: &[(&str, Words)] = &[("yes", words::YES), ("no", words::NO)];

impl Parameter {
    /// Makes a parameter that may be given once.
    pub const fn new(name: &'static str, kind: Kind, default: &'static str, words: Words) -> Parameter {
        Parameter { name, kind, default, words, most: 1 }
    }

    /// Makes a switch.
    pub const fn switch(name: &'static str, default: &'static str, words: Words) -> Parameter {
        Parameter::new(name, Kind::Choice(YES_NO), default, words)
    }

    /// Says what is wrong with a value.
    fn check(&self, value: &str) -> Result<(), String> {
        match self.kind {
            Kind::Query | Kind::Text => Ok(()),
            Kind::Whole(least, most) => match value.parse::<u64>() {
                Ok(number) if (least..=most).contains(&number) => Ok(()),
                _ => Err(format!("{}={value}: a whole number from {least} to {most}", self.name)),
            },
            Kind::Choice(values) if values.iter().any(|(known, _)| *known == value) => Ok(()),
            Kind::Choice(values) => {
                let known: Vec<_> = values.iter().map(|(known, _)| *known).collect();
                Err(format!("{}={value}: one of {}", self.name, known.join(", ")))
            }
        }
    }
}

impl Asked {
    /// Reads the parameters of an address; an empty one, as forms send it, is not given.
    ///
    /// # Errors
    /// Names the parameter that is not known, given twice, or has a wrong value.
    pub fn read(table: &[&'static Parameter], text: &str) -> Result<Asked, Problem> {
        let wrong = |why: String| Problem::new(400, "parameter", words::ERROR_PARAMETER).because(why);
        let mut asked = Asked(table.iter().map(|parameter| (*parameter, Vec::new())).collect());
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let Some((parameter, values)) = asked.0.iter_mut().find(|(parameter, _)| parameter.name == name) else {
                return Err(wrong(unknown(table, &name)));
            };
            if value.is_empty() {
                continue;
            }
            parameter.check(&value).map_err(wrong)?;
            if values.len() == parameter.most {
                return Err(wrong(format!("{name}: given more than {} times", parameter.most)));
            }
            values.push(value.into_owned());
        }
        Ok(asked)
    }

    /// Makes parameters of a table with these values, unchecked.
    pub fn of(table: &[&'static Parameter], values: &[(&str, &str)]) -> Asked {
        let row = |parameter: &&'static Parameter| {
            let given = values.iter().filter(|(name, value)| *name == parameter.name && !value.is_empty());
            (*parameter, given.map(|(_, value)| value.to_string()).collect())
        };
        Asked(table.iter().map(row).collect())
    }

    /// Returns the value of a parameter: the first one given, else its default.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(parameter, _)| parameter.name == name);
        found.map_or("", |(parameter, values)| values.first().map_or(parameter.default, String::as_str))
    }

    /// Returns a whole number; 0 for what is none.
    pub fn number(&self, name: &str) -> u64 {
        self.get(name).parse().unwrap_or_default()
    }

    /// Says whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    /// Returns names and values in the order of the table, defaults left out.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let given = self.0.iter().flat_map(|(parameter, values)| {
            values.iter().filter(|value| *value != parameter.default).map(|value| (parameter.name, value.as_str()))
        });
        given.collect()
    }

    /// Returns the same with another value of a parameter; an empty one takes it out.
    pub fn with(&self, name: &str, value: &str) -> Asked {
        let mut asked = self.clone();
        for (parameter, values) in &mut asked.0 {
            if parameter.name == name {
                *values = if value.is_empty() { Vec::new() } else { vec![value.to_string()] };
            }
        }
        asked
    }

    /// Says whether an address has these parameters in another spelling.
    pub fn is_spelled(&self, text: &str) -> bool {
        let given: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
        given.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).eq(self.pairs())
    }
}

/// Writes parameters as the end of an address, with the question mark; nothing when there is none.
pub fn written(pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut text = form_urlencoded::Serializer::new(String::from("?"));
    text.extend_pairs(pairs);
    text.finish().replacen("?&", "?", 1)
}

fn unknown(table: &[&'static Parameter], name: &str) -> String {
    let names: Vec<_> = table.iter().map(|parameter| parameter.name).collect();
    let near = names.iter().min_by_key(|known| distance(known, name)).filter(|known| distance(known, name) <= 2);
    match near {
        Some(near) => format!("there is no parameter {name}; did you mean {near}?"),
        None => format!("there is no parameter {name}; there are {}", names.join(", ")),
    }
}

/// Counts the letters to change, add or leave out to make one name of another (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let (mut diagonal, mut left) = (row[0], at + 1);
        row[0] = left;
        for (place, &d) in other.iter().enumerate() {
            let changed = diagonal + usize::from(c != d);
            diagonal = row[place + 1];
            left = changed.min(left + 1).min(diagonal + 1);
            row[place + 1] = left;
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    static Q: Parameter = Parameter::new("q", Kind::Query, "", words::QUERY);
    static PAGE: Parameter = Parameter::new("page", Kind::Whole(1, 50), "1", words::PAGE);
    static TABLE: [&Parameter; 2] = [&Q, &PAGE];

    #[test]
    fn an_address_is_written_in_one_way() {
        let asked = Asked::read(&TABLE, "page=2&q=h%E1%BB%99+ngh%C3%A8o").expect("parameters");
        assert_eq!((asked.get("q"), asked.number("page")), ("hộ nghèo", 2));
        assert_eq!(written(&asked.pairs()), "?q=h%E1%BB%99+ngh%C3%A8o&page=2");
        assert!(!asked.is_spelled("page=2&q=h%E1%BB%99+ngh%C3%A8o"));
        assert!(asked.is_spelled("q=h%e1%bb%99%20ngh%c3%a8o&page=2"));
        assert_eq!(written(&asked.with("page", "1").pairs()), "?q=h%E1%BB%99+ngh%C3%A8o");
        assert_eq!(written(&Asked::read(&TABLE, "q=&page=").expect("parameters").pairs()), "");
    }

    #[test]
    fn a_wrong_parameter_is_named_with_the_nearest() {
        for (text, why) in [
            ("pgae=2", "did you mean page?"),
            ("colour=red", "there are q, page"),
            ("q=a&q=b", "more than 1 times"),
            ("page=0", "from 1 to 50"),
            ("page=zwei", "from 1 to 50"),
        ] {
            let problem = Asked::read(&TABLE, text).expect_err(text);
            assert!(problem.detail.as_ref().is_some_and(|detail| detail.contains(why)), "{text}: {problem:?}");
        }
    }
}

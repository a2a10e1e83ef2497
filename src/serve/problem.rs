//! Why there is no answer: one value that is JSON by RFC 9457 for programs and a page with the same sentence for people.

use super::gate::Ended;
use super::language::{Language, Words};
use super::words;
use crate::search::QueryError;
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::ops::Deref;

/// Why there is no answer.
#[derive(Debug, Clone)]
pub struct Problem(Box<Why>);

/// Holds why there is no answer.
#[derive(Debug, Clone)]
pub struct Why {
    /// Status of the answer.
    pub status: StatusCode,
    /// Name of the kind, the same in every language.
    pub kind: &'static str,
    /// What is wrong.
    title: Words,
    /// Values of the title.
    values: Vec<(&'static str, String)>,
    /// What is wrong with this request.
    pub detail: Option<String>,
    /// The query and its first wrong character, counted from 0.
    pub place: Option<(String, usize)>,
    /// Seconds after which to ask again.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// Makes a problem of a kind.
    pub fn new(status: u16, kind: &'static str, title: Words) -> Problem {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (values, detail, place, retry_after) = (Vec::new(), None, None, None);
        Problem(Box::new(Why { status, kind, title, values, detail, place, retry_after }))
    }

    /// Adds a value of the title.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Problem {
        self.0.values.push((name, value.to_string()));
        self
    }

    /// Adds what is wrong with this request.
    pub fn because(mut self, detail: impl Into<String>) -> Problem {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds when to ask again.
    pub fn after(mut self, seconds: u32) -> Problem {
        self.0.retry_after = Some(seconds);
        self
    }
}

impl Deref for Problem {
    type Target = Why;

    fn deref(&self) -> &Why {
        &self.0
    }
}

impl Why {
    /// Returns what is wrong, in a language.
    pub fn title(&self, language: Language) -> String {
        let values: Vec<_> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.title.with(language, &values)
    }

    /// Returns the problem as RFC 9457 has it.
    pub fn json(&self, instance: &str) -> Value {
        let mut problem = json!({
            "type": format!("https://baotinh.invalid/problem/{}", self.kind),
            "title": self.title(Language::English),
            "status": self.status.as_u16(),
            "instance": instance,
        });
        if let Some(detail) = &self.detail {
            problem["detail"] = detail.as_str().into();
        }
        if let Some((query, at)) = &self.place {
            problem["query"] = query.as_str().into();
            problem["character"] = (at + 1).into();
        }
        problem
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Problem {
        let mut problem = Problem::new(400, "query", words::ERROR_QUERY).because(error.reason);
        problem.0.place = Some((error.query, error.at));
        problem
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Problem {
        let error = match error.downcast::<Problem>() {
            Ok(problem) => return problem,
            Err(error) => error,
        };
        match error.downcast_ref::<Ended>() {
            Some(Ended::Late(time)) => Problem::new(503, "too-slow", words::ERROR_SLOW).with("seconds", time.as_secs()),
            _ => Problem::new(500, "internal", words::ERROR_INTERNAL).because(format!("{error:#}")),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.title(Language::English))
    }
}

impl std::error::Error for Problem {}

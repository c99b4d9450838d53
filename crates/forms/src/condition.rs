//! Conditions of rules (JSON Forms): whether what was answered at a place fits a small part of JSON Schema.

use serde_json::Value;

use crate::refusal::Refusal;
use crate::source_text::{SourceText, child};

/// When a rule applies. The page's script reads the same, so both say the same.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The answer at this path fits.
    Answer {
        /// Names joined by dots.
        path: String,
        /// What fits.
        fits: Fits,
    },
    /// All of them apply.
    All(Vec<Condition>),
    /// One of them applies.
    Any(Vec<Condition>),
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Fits {
    /// This very answer.
    Const(Value),
    /// One of these.
    Enum(Vec<Value>),
    /// A number from here to there; what is no number does not fit.
    Range {
        /// The smallest.
        min: Option<f64>,
        /// The largest.
        max: Option<f64>,
    },
    /// Among several answers, this one.
    Contains(Value),
    /// What the other does not.
    Not(Box<Fits>),
}

impl Condition {
    /// Whether it applies to these answers; `answer` finds the answer at a path.
    pub fn applies<'a>(&self, answer: &dyn Fn(&str) -> Option<&'a Value>) -> bool {
        match self {
            Self::Answer { path, fits } => fits.fit(answer(path)),
            Self::All(all) => all.iter().all(|condition| condition.applies(answer)),
            Self::Any(any) => any.iter().any(|condition| condition.applies(answer)),
        }
    }

    /// Every comparison in it: the path and what is wanted there.
    pub fn comparisons(&self) -> Vec<(&str, &Fits)> {
        match self {
            Self::Answer { path, fits } => vec![(path, fits)],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::comparisons).collect(),
        }
    }

    /// The paths of all answers that it looks at.
    pub fn paths(&self) -> Vec<&str> {
        self.comparisons().into_iter().map(|(path, _)| path).collect()
    }

    /// The condition as the page's script reads it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Answer { path, fits } => serde_json::json!({ "path": path, "fits": fits.to_json() }),
            Self::All(all) => serde_json::json!({ "all": all.iter().map(Self::to_json).collect::<Vec<_>>() }),
            Self::Any(any) => serde_json::json!({ "any": any.iter().map(Self::to_json).collect::<Vec<_>>() }),
        }
    }

    /// Reads the condition at a pointer of a file.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(layout: &SourceText, pointer: &str) -> Result<Self, Refusal> {
        let kind = layout.object(pointer)?.get("type").and_then(Value::as_str);
        if let Some(kind @ ("AND" | "OR")) = kind {
            layout.allow(pointer, &["type", "conditions"])?;
            let place = child(pointer, "conditions");
            let count = layout.value.pointer(&place).and_then(Value::as_array).map_or(0, Vec::len);
            if count == 0 {
                return Err(layout.refuse(pointer, "\"conditions\" is missing or empty"));
            }
            let parts = (0..count).map(|index| Self::read(layout, &child(&place, &index.to_string())));
            let parts = parts.collect::<Result<_, _>>()?;
            return Ok(if kind == "AND" { Self::All(parts) } else { Self::Any(parts) });
        }
        layout.allow(pointer, &["scope", "schema"])?;
        let scope = layout.text(pointer, "scope")?;
        let path = path_of(scope).ok_or_else(|| layout.refuse(&child(pointer, "scope"), "no scope of a field"))?;
        Ok(Self::Answer { path, fits: Fits::read(layout, &child(pointer, "schema"))? })
    }
}

impl Fits {
    fn fit(&self, answer: Option<&Value>) -> bool {
        match self {
            Self::Const(wanted) => answer == Some(wanted),
            Self::Enum(wanted) => answer.is_some_and(|answer| wanted.contains(answer)),
            Self::Range { min, max } => answer
                .and_then(Value::as_f64)
                .is_some_and(|number| min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)),
            Self::Contains(wanted) => answer.and_then(Value::as_array).is_some_and(|answers| answers.contains(wanted)),
            Self::Not(inner) => !inner.fit(answer),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Const(wanted) => serde_json::json!({ "const": wanted }),
            Self::Enum(wanted) => serde_json::json!({ "enum": wanted }),
            Self::Range { min, max } => serde_json::json!({ "minimum": min, "maximum": max }),
            Self::Contains(wanted) => serde_json::json!({ "contains": wanted }),
            Self::Not(inner) => serde_json::json!({ "not": inner.to_json() }),
        }
    }

    fn read(layout: &SourceText, pointer: &str) -> Result<Self, Refusal> {
        layout.allow(pointer, &["const", "enum", "minimum", "maximum", "contains", "not"])?;
        let schema = layout.object(pointer)?;
        let number = |name: &str| schema.get(name).and_then(Value::as_f64);
        let found = match (schema.len(), schema.get("const"), schema.get("enum").and_then(Value::as_array)) {
            (1, Some(wanted), _) => Some(Self::Const(wanted.clone())),
            (1, _, Some(wanted)) if !wanted.is_empty() => Some(Self::Enum(wanted.clone())),
            (1, _, _) if schema.contains_key("not") => {
                Some(Self::Not(Box::new(Self::read(layout, &child(pointer, "not"))?)))
            }
            (1, _, _) if schema.contains_key("contains") => {
                schema["contains"].get("const").map(|wanted| Self::Contains(wanted.clone()))
            }
            _ => None,
        };
        let range = || {
            let names = schema.keys().filter(|name| matches!(name.as_str(), "minimum" | "maximum")).count();
            let (min, max) = (number("minimum"), number("maximum"));
            let given = usize::from(min.is_some()) + usize::from(max.is_some());
            (names == schema.len() && given == names && names > 0).then_some(Self::Range { min, max })
        };
        found.or_else(range).ok_or_else(|| {
            layout.refuse(pointer, "a condition is one of \"const\", \"enum\", \"contains\", \"not\", or a range")
        })
    }
}

/// The path of a scope: `#/properties/child/properties/full_name` is `child.full_name`.
pub(crate) fn path_of(scope: &str) -> Option<String> {
    let mut names = Vec::new();
    let mut rest = scope.strip_prefix('#')?;
    while !rest.is_empty() {
        rest = rest.strip_prefix("/properties/")?;
        let end = rest.find('/').unwrap_or(rest.len());
        names.push(&rest[..end]);
        rest = &rest[end..];
    }
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (!names.is_empty() && names.iter().all(is_name)).then(|| names.join("."))
}

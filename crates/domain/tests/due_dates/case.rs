//! A test vector as it is written in `content/vectors` (the README there explains the format).

use domain::calendar::{CalendarEntry, CalendarKind, CalendarStatus, OfficeHours, Window, WorkCalendar};
use domain::deadline::{
    CountedInterval, CountingPolicy, DeadlineRule, PauseCause, SkippedDay, TimeLimit, TimeUnit, due, milli,
};
use domain::time::{Day, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(crate) struct VectorFile {
    pub(crate) cases: Vec<Case>,
}

/// The calendars and offices that cases name.
#[derive(Clone, Serialize)]
pub(crate) struct Definitions {
    pub(crate) calendars: BTreeMap<String, Calendar>,
    pub(crate) offices: BTreeMap<String, Office>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Calendar {
    pub(crate) days: Vec<ListedDay>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ListedDay {
    pub(crate) day: Day,
    pub(crate) kind: CalendarKind,
    pub(crate) name: String,
    pub(crate) status: CalendarStatus,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Office {
    pub(crate) windows: Vec<[Clock; 2]>,
    #[serde(default)]
    pub(crate) saturday: Vec<[Clock; 2]>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    #[serde(default)]
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) vi: String,
    #[serde(default)]
    pub(crate) en: String,
    pub(crate) rule: Rule,
    pub(crate) calendar: String,
    pub(crate) office: String,
    #[serde(with = "written")]
    pub(crate) accepted_at: Instant,
    pub(crate) limit: Limit,
    #[serde(default)]
    pub(crate) pauses: Vec<Stretch>,
    #[serde(skip_serializing)]
    pub(crate) expect: Option<Answer>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) policy: CountingPolicy,
    pub(crate) cut_off: Clock,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Limit {
    pub(crate) amount: f64,
    pub(crate) unit: TimeUnit,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Stretch {
    #[serde(with = "written")]
    pub(crate) from: Instant,
    #[serde(with = "written")]
    pub(crate) to: Instant,
}

/// What comes out: the due time with its derivation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    #[serde(with = "written")]
    due_at: Instant,
    counted: Vec<Counted>,
    skipped: Vec<SkippedDay>,
    pauses: Vec<CountedPause>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Counted {
    #[serde(with = "written")]
    from: Instant,
    #[serde(with = "written")]
    to: Instant,
    counted_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct CountedPause {
    counted_ms: i64,
    #[serde(with = "written")]
    due_before: Instant,
    #[serde(with = "written")]
    due_after: Instant,
}

impl Case {
    /// What the program counts.
    pub(crate) fn answer(&self, definitions: &Definitions) -> Answer {
        let calendar = calendar(&self.calendar, &definitions.calendars[&self.calendar]);
        let hours = hours(&definitions.offices[&self.office]);
        let rule = DeadlineRule { policy: self.rule.policy, cut_off: self.rule.cut_off.0, version: String::new() };
        let limit = TimeLimit::new(milli::from_f64(self.limit.amount).unwrap(), self.limit.unit).unwrap();
        let mut due = due(self.accepted_at, limit, &rule, &calendar, &hours);
        let mut pauses = Vec::new();
        for pause in &self.pauses {
            due = due.after_pause(PauseCause::Supplement, pause.from, pause.to, &calendar, &hours);
            let counted = due.pauses.last().unwrap();
            pauses.push(CountedPause {
                counted_ms: counted.counted_ms,
                due_before: counted.due_before,
                due_after: due.due_at,
            });
        }
        let counted = |step: &CountedInterval| Counted { from: step.from, to: step.to, counted_ms: step.counted_ms };
        Answer { due_at: due.due_at, counted: due.steps.iter().map(counted).collect(), skipped: due.skipped, pauses }
    }
}

fn calendar(version: &str, calendar: &Calendar) -> WorkCalendar {
    let entries = calendar.days.iter().map(|listed| CalendarEntry {
        day: listed.day,
        name: listed.name.clone(),
        kind: listed.kind,
        status: listed.status,
        source: String::new(),
    });
    WorkCalendar::new(version, entries).unwrap()
}

fn hours(office: &Office) -> OfficeHours {
    let windows = |windows: &[[Clock; 2]]| -> Vec<Window> {
        windows.iter().map(|[opens, closes]| Window::new(opens.0, closes.0)).collect()
    };
    OfficeHours::new(windows(&office.windows)).unwrap().with_saturday(windows(&office.saturday)).unwrap()
}

/// A time of day, written `15:00`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Clock(pub(crate) u16);

impl TryFrom<String> for Clock {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
        let (hour, minute): (u16, u16) = parts.ok_or_else(|| format!("{text} is no time of day"))?;
        Ok(Self(hour * 60 + minute))
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> Self {
        format!("{:02}:{:02}", clock.0 / 60, clock.0 % 60)
    }
}

/// Moments in the form `2026-11-23T08:00:00.000+07:00`.
mod written {
    use domain::time::Instant;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&at.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        let text = String::deserialize(deserializer)?;
        Instant::parse_iso(&text).ok_or_else(|| serde::de::Error::custom(format!("{text} is no moment")))
    }
}

//! The rules by which dossiers are received and counted here, each with its source.

use domain::account::recovery::RecoveryRules;
use domain::calendar::{OfficeHours, Window};
use domain::codes::{AgencyCode, PhoneNumber};
use domain::deadline::{CountingPolicy, DeadlineRule};
use domain::time::Day;
use serde::Deserialize;

use crate::error::{ContentError, refuse};
use crate::files::Files;

const PATH: &str = "gia-lai/rules.toml";

/// The rules in force.
#[derive(Debug)]
pub struct Rules {
    /// The name of this set of rules.
    pub version: String,
    /// The day whose map of agencies and areas is shown.
    pub map_day: Day,
    /// The district that the demonstration is about.
    pub home_district: AgencyCode,
    /// Within how many working hours an online dossier is answered.
    pub answer_within_working_hours: u32,
    /// How limits are counted.
    pub deadline: DeadlineRule,
    /// When offices are open.
    pub office_hours: OfficeHours,
    /// Whom to call for help.
    pub help: Help,
    /// How many days a filer usually has for a supplement.
    pub supplement_usual_days: i16,
    /// How long drafts are kept.
    pub drafts: DraftRules,
    /// How long the recovery of an account at the desk takes.
    pub account_recovery: RecoveryRules,
    /// Each rule's source, in the order of the file.
    pub grounds: Vec<Ground>,
}

/// How long a draft is kept that nobody changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftRules {
    /// After so many days it is deleted.
    pub keep_days: u32,
    /// So many days before, its filer is told.
    pub remind_days: u32,
}

/// Whom to call for help (leaflet R44).
#[derive(Debug)]
pub struct Help {
    /// The desk.
    pub agency: AgencyCode,
    /// Its number.
    pub phone: PhoneNumber,
    /// The number as it is printed.
    pub display: String,
}

/// What a rule rests on.
#[derive(Debug, PartialEq, Eq)]
pub struct Ground {
    /// The rule, by its name in the file.
    pub rule: &'static str,
    /// The law, notice or practice.
    pub source: String,
    /// Whether a document confirms it.
    pub is_sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    version: String,
    map: MapDay,
    home: Home,
    answer: Answer,
    cut_off: CutOff,
    counting: Counting,
    office_hours: Hours,
    help: HelpLine,
    supplement: SupplementDays,
    drafts: Drafts,
    account_recovery: AccountRecovery,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapDay {
    day: toml::value::Datetime,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Home {
    agency: AgencyCode,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    within_working_hours: u32,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CutOff {
    time: Minute,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counting {
    policy: CountingPolicy,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    morning: [Minute; 2],
    afternoon: [Minute; 2],
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HelpLine {
    agency: AgencyCode,
    phone: PhoneNumber,
    display: String,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SupplementDays {
    usual_days: i16,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drafts {
    keep_days: u32,
    remind_days: u32,
    source: String,
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountRecovery {
    waiting_hours: u32,
    lapse_hours: u32,
    source: String,
    sure: bool,
}

/// A time of day written `15:00`, as minutes since midnight.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Minute(u16);

impl TryFrom<String> for Minute {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let time = text.split_once(':').and_then(|(hour, minute)| {
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        });
        time.map(Self).ok_or_else(|| format!("«{text}» is not a time such as 15:00"))
    }
}

impl Rules {
    pub(crate) fn load(files: &Files) -> Result<Self, ContentError> {
        let file: RulesFile = files.toml(PATH)?;
        let map_day = Day::parse(&file.map.day.to_string()).map_err(|error| refuse(PATH, 1, error.to_string()))?;
        let [opens, pauses] = file.office_hours.morning;
        let [resumes, closes] = file.office_hours.afternoon;
        let office_hours = OfficeHours::new(vec![Window::new(opens.0, pauses.0), Window::new(resumes.0, closes.0)])
            .map_err(|error| refuse(PATH, 1, format!("office_hours: {error}")))?;
        let ground = |rule, source, is_sure| Ground { rule, source, is_sure };
        Ok(Self {
            map_day,
            home_district: file.home.agency,
            answer_within_working_hours: file.answer.within_working_hours,
            deadline: DeadlineRule {
                policy: file.counting.policy,
                cut_off: file.cut_off.time.0,
                version: file.version.clone(),
            },
            office_hours,
            help: Help { agency: file.help.agency, phone: file.help.phone, display: file.help.display },
            supplement_usual_days: file.supplement.usual_days,
            drafts: DraftRules { keep_days: file.drafts.keep_days, remind_days: file.drafts.remind_days },
            account_recovery: RecoveryRules {
                waiting_hours: file.account_recovery.waiting_hours,
                lapse_hours: file.account_recovery.lapse_hours,
            },
            grounds: vec![
                ground("map", file.map.source, file.map.sure),
                ground("home", file.home.source, file.home.sure),
                ground("answer", file.answer.source, file.answer.sure),
                ground("cut_off", file.cut_off.source, file.cut_off.sure),
                ground("counting", file.counting.source, file.counting.sure),
                ground("office_hours", file.office_hours.source, file.office_hours.sure),
                ground("help", file.help.source, file.help.sure),
                ground("supplement", file.supplement.source, file.supplement.sure),
                ground("drafts", file.drafts.source, file.drafts.sure),
                ground("account_recovery", file.account_recovery.source, file.account_recovery.sure),
            ],
            version: file.version,
        })
    }
}

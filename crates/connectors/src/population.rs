//! The national population database, asked through the province's platform for sharing data (LGSP): whether number, name and
//! birth date are a registered person's, and what is registered of one who is (domain.md §5.5).
//!
//! The endpoints of the real service are not public; the shape here is that of such platforms: a token for a client's name and
//! secret, then one question at a time with purpose and asker. What is answered about a person is not kept here.

use std::fmt;
use std::time::Duration;

use domain::codes::{PersonName, PersonalNumber, Sex};
use domain::partial_date::PartialDate;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::http::{Endpoint, HttpError};

/// Where tokens are given, below the address of the service.
const TOKEN_PATH: &str = "/token";
/// Where questions are taken.
const QUESTION_PATH: &str = "/csdldc/xac-thuc-cong-dan";

/// The service.
#[derive(Clone)]
pub struct PopulationConfig {
    /// Its address, without a closing slash.
    pub url: String,
    /// The name that we are known by.
    pub client_id: String,
    /// The secret that goes with it.
    pub client_secret: String,
    /// Certificates in PEM to trust beside the public ones.
    pub extra_roots: Option<String>,
    /// How long one question may take, its token included: a person waits for it.
    pub timeout: Duration,
}

impl fmt::Debug for PopulationConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PopulationConfig").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A question about one person; every one is logged on both sides with purpose and asker.
#[derive(Clone, PartialEq, Eq)]
pub struct PopulationQuery {
    /// The person's number.
    pub number: PersonalNumber,
    /// The full name.
    pub name: PersonName,
    /// The birth date, as far as it is known.
    pub birth_date: PartialDate,
    /// What it is asked for: a procedure and, once there is one, a dossier.
    pub purpose: String,
    /// Who asks.
    pub requester: Requester,
    /// Under which the question is found in both logs.
    pub request_id: String,
}

impl fmt::Debug for PopulationQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PopulationQuery").field("request_id", &self.request_id).finish_non_exhaustive()
    }
}

/// Who asks, by an identifier of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Requester {
    /// The person that is asked about.
    Citizen(String),
    /// An officer.
    Officer(String),
}

/// What the register says.
#[derive(Clone, PartialEq, Eq)]
pub enum PopulationAnswer {
    /// All is as registered; what else is registered comes with it.
    Matches(Citizen),
    /// There is such a number; name or birth date are registered otherwise. No reason to reject anybody: registers hold old
    /// spellings too.
    Differs(Vec<Difference>),
    /// There is no such number.
    Unknown,
}

impl fmt::Debug for PopulationAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Matches(_) => "Matches",
            Self::Differs(_) => "Differs",
            Self::Unknown => "Unknown",
        })
    }
}

/// What is registered otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Difference {
    /// The name.
    FullName,
    /// The birth date.
    BirthDate,
}

/// What is registered of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Citizen {
    /// The sex.
    pub sex: Option<Sex>,
    /// The birth date, as far as it is registered.
    pub birth_date: Option<PartialDate>,
    /// The place of permanent residence, in one line; empty when none is registered.
    pub residence: String,
    /// The others of the household.
    pub household: Vec<HouseholdMember>,
}

/// Another member of a household.
#[derive(Clone, PartialEq, Eq)]
pub struct HouseholdMember {
    /// The name.
    pub name: String,
    /// How they stand to the head of the household, in the register's words.
    pub relation: String,
}

/// Why there is no answer. The reasons name nobody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PopulationError {
    /// The register cannot be asked at present.
    #[error("the population register does not answer: {reason}")]
    Unavailable {
        /// What happened.
        reason: String,
    },
    /// It answered something else than agreed, such as that it does not know us: an operator must look.
    #[error("the population register refuses: {reason}")]
    Refused {
        /// What happened.
        reason: String,
    },
    /// This portal has no register to ask.
    #[error("no population register is configured")]
    NotConfigured,
}

/// Asks the register.
pub struct PopulationRegister {
    service: Option<Service>,
}

struct Service {
    tokens: Endpoint,
    questions: Endpoint,
    client_id: String,
    client_secret: String,
    /// The token in use, until the service takes it no longer.
    token: Mutex<Option<String>>,
    patience: Duration,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    ma_yeu_cau: &'a str,
    so_dinh_danh: &'a str,
    ho_va_ten: &'a str,
    ngay_sinh: String,
    muc_dich: &'a str,
    nguoi_khai_thac: &'a Requester,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    ket_qua: Verdict,
    #[serde(default)]
    khac: Vec<Difference>,
    cong_dan: Option<ToldCitizen>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Verdict {
    Match,
    Mismatch,
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldCitizen {
    gioi_tinh: Option<String>,
    ngay_sinh: Option<String>,
    #[serde(default)]
    noi_thuong_tru: String,
    #[serde(default)]
    thanh_vien_ho: Vec<ToldMember>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldMember {
    ho_va_ten: String,
    quan_he: String,
}

impl PopulationRegister {
    /// Prepares to ask; connects only when there is a question.
    ///
    /// # Errors
    /// When the configuration cannot be used or would give people's data away.
    pub fn new(config: PopulationConfig) -> Result<Self, HttpError> {
        let is_key = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_key(&config.client_id) || !is_key(&config.client_secret) {
            return Err(HttpError::Key);
        }
        let below = |path: &str| {
            let address = format!("{}{path}", config.url.trim_end_matches('/'));
            Endpoint::new(&address, config.extra_roots.as_deref(), config.timeout)
        };
        let service = Service {
            tokens: below(TOKEN_PATH)?,
            questions: below(QUESTION_PATH)?,
            client_id: config.client_id,
            client_secret: config.client_secret,
            token: Mutex::new(None),
            patience: config.timeout,
        };
        Ok(Self { service: Some(service) })
    }

    /// For a portal that asks no register.
    pub fn absent() -> Self {
        Self { service: None }
    }

    /// Whether there is a register to ask.
    pub fn is_configured(&self) -> bool {
        self.service.is_some()
    }

    /// Asks whether what is said of a person is what is registered. One attempt, with a fresh token if need be: somebody waits.
    ///
    /// # Errors
    /// When there is no answer that can be trusted.
    pub async fn ask(&self, query: &PopulationQuery) -> Result<PopulationAnswer, PopulationError> {
        let service = self.service.as_ref().ok_or(PopulationError::NotConfigured)?;
        match timeout(service.patience, service.ask(query)).await {
            Ok(answer) => answer,
            Err(_) => Err(unavailable(format!("no answer within {} s", service.patience.as_secs_f32()))),
        }
    }
}

impl Service {
    async fn ask(&self, query: &PopulationQuery) -> Result<PopulationAnswer, PopulationError> {
        let question = Question {
            ma_yeu_cau: &query.request_id,
            so_dinh_danh: query.number.as_str(),
            ho_va_ten: query.name.as_str(),
            // `19850312`, `198503` or `1985`.
            ngay_sinh: query.birth_date.to_string().replace('-', ""),
            muc_dich: &query.purpose,
            nguoi_khai_thac: &query.requester,
        };
        let kept = self.token.lock().await.clone();
        let is_kept = kept.is_some();
        let token = match kept {
            Some(token) => token,
            None => self.fresh_token().await?,
        };
        let mut answer = self.questions.post(Some(&token), &question).await.map_err(unavailable)?;
        // A token that was kept may have ended: one more is fetched, and no third.
        if answer.status.as_u16() == 401 && is_kept {
            let token = self.fresh_token().await?;
            answer = self.questions.post(Some(&token), &question).await.map_err(unavailable)?;
        }
        match answer.status.as_u16() {
            200 => read(&answer.body),
            status => Err(of_status(status)),
        }
    }

    async fn fresh_token(&self) -> Result<String, PopulationError> {
        let grant = "grant_type=client_credentials";
        let answer = self.tokens.post_form(&self.client_id, &self.client_secret, grant).await.map_err(unavailable)?;
        if answer.status.as_u16() != 200 {
            return Err(of_status(answer.status.as_u16()));
        }
        let told: Option<Token> = serde_json::from_slice(&answer.body).ok();
        let token = told.map(|told| told.access_token);
        let is_sendable = |token: &String| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let token = token.filter(is_sendable).ok_or_else(|| refused("the answer is no token"))?;
        *self.token.lock().await = Some(token.clone());
        Ok(token)
    }
}

fn unavailable(reason: String) -> PopulationError {
    PopulationError::Unavailable { reason }
}

fn refused(reason: &str) -> PopulationError {
    PopulationError::Refused { reason: reason.to_owned() }
}

fn of_status(status: u16) -> PopulationError {
    match status {
        408 | 429 | 500.. => unavailable(format!("HTTP {status}")),
        _ => refused(&format!("HTTP {status}")),
    }
}

fn read(body: &[u8]) -> Result<PopulationAnswer, PopulationError> {
    // The register's own words are left out: in what is no verdict there could stand anything.
    let told: Told = serde_json::from_slice(body).map_err(|_| refused("the answer is no verdict"))?;
    match (told.ket_qua, told.khac.is_empty(), told.cong_dan) {
        (Verdict::Match, true, Some(citizen)) => Ok(PopulationAnswer::Matches(citizen_of(citizen)?)),
        (Verdict::Mismatch, false, None) => Ok(PopulationAnswer::Differs(told.khac)),
        (Verdict::Unknown, true, None) => Ok(PopulationAnswer::Unknown),
        _ => Err(refused("the verdict and its details contradict each other")),
    }
}

fn citizen_of(told: ToldCitizen) -> Result<Citizen, PopulationError> {
    let sex = match told.gioi_tinh.as_deref() {
        Some("1") => Some(Sex::Male),
        Some("2") => Some(Sex::Female),
        Some("0") | None => None,
        Some(_) => return Err(refused("no such sex is agreed")),
    };
    let birth_date = told.ngay_sinh.as_deref().map(|date| date_of(date).ok_or_else(|| refused("no such day")));
    let line = |text: &str, what: &str| domain::text::clean_line(text, 300).map_err(|_| refused(what));
    let member = |member: ToldMember| {
        let (name, relation) =
            (line(&member.ho_va_ten, "a name is none")?, line(&member.quan_he, "a relation is none")?);
        Ok(HouseholdMember { name, relation })
    };
    Ok(Citizen {
        sex,
        birth_date: birth_date.transpose()?,
        residence: line(&told.noi_thuong_tru, "the residence is no line")?,
        household: told.thanh_vien_ho.into_iter().map(member).collect::<Result<_, PopulationError>>()?,
    })
}

/// `19850312`, `198503` or `1985`.
fn date_of(text: &str) -> Option<PartialDate> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let written = match text.len() {
        4 => text.to_owned(),
        6 => format!("{}/{}", &text[4..], &text[..4]),
        8 => format!("{}/{}/{}", &text[6..], &text[4..6], &text[..4]),
        _ => return None,
    };
    PartialDate::parse(&written).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read() {
        let body = r#"{"ketQua":"MATCH","congDan":{"gioiTinh":"2","ngaySinh":"19850312","noiThuongTru":" Làng Jút,  xã Ia Dêr ",
            "thanhVienHo":[{"hoVaTen":"Siu H'Bia","quanHe":"Con"}]},"maTraCuu":"x"}"#;
        let Ok(PopulationAnswer::Matches(citizen)) = read(body.as_bytes()) else { panic!("a match") };
        assert_eq!(citizen.sex, Some(Sex::Female));
        assert_eq!(citizen.birth_date.map(|date| date.vietnamese()).as_deref(), Some("12/03/1985"));
        assert_eq!(
            (citizen.residence.as_str(), citizen.household[0].relation.as_str()),
            ("Làng Jút, xã Ia Dêr", "Con")
        );
        let differs = read(br#"{"ketQua":"MISMATCH","khac":["FULL_NAME","BIRTH_DATE"]}"#);
        assert_eq!(differs, Ok(PopulationAnswer::Differs(vec![Difference::FullName, Difference::BirthDate])));
        assert_eq!(read(br#"{"ketQua":"UNKNOWN"}"#), Ok(PopulationAnswer::Unknown));
        let bare = read(br#"{"ketQua":"MATCH","congDan":{}}"#);
        assert!(matches!(bare, Ok(PopulationAnswer::Matches(citizen)) if citizen.residence.is_empty()));
    }

    #[test]
    fn what_is_no_verdict_confirms_nobody() {
        for body in [
            "",
            "{}",
            "null",
            "<html>MATCH</html>",
            r#"{"ketQua":"match"}"#,
            r#"{"ketQua":"MATCH"}"#,
            r#"{"ketQua":"MATCH","khac":["FULL_NAME"],"congDan":{}}"#,
            r#"{"ketQua":"MISMATCH"}"#,
            r#"{"ketQua":"MISMATCH","khac":["FULL_NAME"],"congDan":{}}"#,
            r#"{"ketQua":"MISMATCH","khac":["SHOE_SIZE"]}"#,
            r#"{"ketQua":"UNKNOWN","congDan":{}}"#,
            r#"{"ketQua":"MATCH","congDan":{"gioiTinh":"9"}}"#,
            r#"{"ketQua":"MATCH","congDan":{"ngaySinh":"19851340"}}"#,
            r#"{"ketQua":"MATCH","congDan":{"ngaySinh":"năm"}}"#,
            "{\"ketQua\":\"MATCH\",\"congDan\":{\"noiThuongTru\":\"a\\u0000b\"}}",
        ] {
            assert!(matches!(read(body.as_bytes()), Err(PopulationError::Refused { .. })), "{body}");
        }
    }

    #[test]
    fn nothing_personal_and_no_key_is_printed() {
        let config = PopulationConfig {
            url: "https://lgsp.example".to_owned(),
            client_id: "motcua".to_owned(),
            client_secret: "bi-mat".to_owned(),
            extra_roots: None,
            timeout: Duration::from_secs(1),
        };
        assert!(!format!("{config:?}").contains("bi-mat"));
        for (url, id, secret) in [("https://lgsp.example", "", "k"), ("https://lgsp.example", "a", " ")] {
            let broken = PopulationConfig {
                client_id: id.into(),
                client_secret: secret.into(),
                url: url.into(),
                ..config.clone()
            };
            assert!(matches!(PopulationRegister::new(broken), Err(HttpError::Key)));
        }
        let clear = PopulationConfig { url: "http://lgsp.example".into(), ..config };
        assert!(matches!(PopulationRegister::new(clear), Err(HttpError::InClear)));
    }
}

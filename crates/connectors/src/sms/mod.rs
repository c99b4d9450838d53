//! Text messages through the gateways of providers (domain.md §5.6): one attempt, with an answer that a job can act on.

mod answer;
mod reports;
mod text;

use std::fmt;
use std::time::Duration;

use domain::codes::PhoneNumber;
use serde::Serialize;
use tracing::{info, warn};

use crate::SendError;
use crate::http::{Endpoint, HttpError};

pub use reports::{Delivery, Reports};
pub use text::{SmsText, SmsTextError};

/// Where a gateway takes messages, below its base address.
const PATH: &str = "/MainService.svc/json/SendMultipleMessage_V4_post_json/";
/// Messages to customers under a registered brandname, as against advertising.
const SERVICE_MESSAGE: &str = "2";

/// One provider's gateway.
#[derive(Clone)]
pub struct SmsConfig {
    /// What the log and the operator call it.
    pub name: String,
    /// The gateway's address, such as `https://rest.esms.vn`.
    pub base_url: String,
    /// The account's key.
    pub api_key: String,
    /// The account's secret.
    pub secret_key: String,
    /// The sender's name that carriers have registered.
    pub brandname: String,
    /// Where the gateway reaches the portal to report deliveries, when that is not the portal's own address.
    pub callback_url: Option<String>,
    /// Certificates in PEM to trust beside the public ones.
    pub extra_roots: Option<String>,
    /// How long one attempt may take, from connecting to the last byte of the answer.
    pub timeout: Duration,
}

impl fmt::Debug for SmsConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmsConfig")
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .field("brandname", &self.brandname)
            .finish_non_exhaustive()
    }
}

/// Why the gateways cannot be used as configured.
#[derive(Debug, thiserror::Error)]
#[error("the SMS gateway {name} cannot be used")]
pub struct SmsConfigError {
    /// Which gateway.
    pub name: String,
    /// Why.
    #[source]
    pub source: HttpError,
}

/// One text message to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingSms {
    /// Who gets it.
    pub to: PhoneNumber,
    /// What it says.
    pub text: SmsText,
    /// Up to 50 letters, digits and `-`. A second attempt has the same one, so that the gateway sends no message twice.
    pub request_id: String,
}

impl fmt::Debug for OutgoingSms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingSms").field("request_id", &self.request_id).finish_non_exhaustive()
    }
}

/// One gateway.
pub struct SmsGateway {
    config: SmsConfig,
    endpoint: Endpoint,
}

/// The gateway's own names of fields.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    api_key: &'a str,
    secret_key: &'a str,
    phone: String,
    content: &'a str,
    brandname: &'a str,
    sms_type: &'a str,
    is_unicode: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<String>,
    sandbox: &'a str,
}

impl SmsGateway {
    /// Prepares to send; connects only when there is a message.
    ///
    /// # Errors
    /// When the configuration cannot be used or would give its secrets away.
    pub fn new(config: SmsConfig) -> Result<Self, SmsConfigError> {
        let failed = |source| SmsConfigError { name: config.name.clone(), source };
        if [&config.api_key, &config.secret_key, &config.brandname].iter().any(|key| key.trim().is_empty()) {
            return Err(failed(HttpError::Key));
        }
        let address = format!("{}{PATH}", config.base_url.trim_end_matches('/'));
        let endpoint = Endpoint::new(&address, config.extra_roots.as_deref(), config.timeout).map_err(failed)?;
        Ok(Self { config, endpoint })
    }

    /// Tries once to hand the message to the gateway, which answers before it is delivered.
    ///
    /// # Errors
    /// Whether to try again or to give up, with the reason.
    pub async fn send(&self, sms: &OutgoingSms, reports: Option<&Reports>) -> Result<(), SendError> {
        if !sms.to.is_mobile() {
            return Err(SendError::Fail { reason: "a landline takes no text messages".to_owned() });
        }
        let request = Request {
            api_key: &self.config.api_key,
            secret_key: &self.config.secret_key,
            phone: sms.to.national().replace(' ', ""),
            content: sms.text.as_str(),
            brandname: &self.config.brandname,
            sms_type: SERVICE_MESSAGE,
            is_unicode: "0",
            request_id: &sms.request_id,
            callback_url: reports.map(|reports| {
                reports.address(self.config.callback_url.as_deref(), &self.config.name, &sms.request_id)
            }),
            sandbox: "0",
        };
        match self.endpoint.post(None, &request).await {
            Ok(answer) => answer::read(&answer),
            Err(reason) => Err(SendError::Retry { reason }),
        }
    }
}

/// The gateways in the order in which they are tried.
pub struct Sms {
    gateways: Vec<SmsGateway>,
    reports: Option<Reports>,
}

impl Sms {
    /// Prepares the gateways; there may be none where no act needs any.
    ///
    /// # Errors
    /// When one of them cannot be used as configured.
    pub fn new(configs: Vec<SmsConfig>) -> Result<Self, SmsConfigError> {
        Ok(Self { gateways: configs.into_iter().map(SmsGateway::new).collect::<Result<_, _>>()?, reports: None })
    }

    /// The same, told what becomes of the messages.
    #[must_use]
    pub fn reporting(self, reports: Reports) -> Self {
        Self { reports: Some(reports), ..self }
    }

    /// The name of the gateway that an address of a report was made for, with this message; none when nobody here made it.
    pub fn reporting_gateway(&self, gateway: &str, request_id: &str, token: &str) -> Option<&str> {
        let reports = self.reports.as_ref()?;
        let mut names = self.gateways.iter().map(|known| known.config.name.as_str());
        names.find(|name| reports::slug(name) == gateway && reports.is_ours(name, request_id, token))
    }

    /// Hands the message to the first gateway that takes it, and says which one did.
    ///
    /// A gateway that fell silent may have taken it all the same: the person then gets the same text twice.
    ///
    /// # Errors
    /// To try again, unless every gateway has refused it for good; with the reason of each.
    pub async fn send(&self, sms: &OutgoingSms) -> Result<&str, SendError> {
        let mut reasons = Vec::new();
        let mut may_pass = false;
        for gateway in &self.gateways {
            let (name, id) = (gateway.config.name.as_str(), &sms.request_id);
            match gateway.send(sms, self.reports.as_ref()).await {
                Ok(()) => {
                    info!(sms.request_id = %id, gateway = name, "Handed text message {id} to {name}");
                    return Ok(name);
                }
                Err(error) => {
                    let reason = error.reason();
                    warn!(sms.request_id = %id, gateway = name, reason, "{name} did not take text message {id}");
                    may_pass |= matches!(error, SendError::Retry { .. });
                    reasons.push(format!("{name}: {reason}"));
                }
            }
        }
        let reason = match reasons.is_empty() {
            true => "no SMS gateway is configured".to_owned(),
            false => reasons.join("; "),
        };
        Err(match may_pass {
            true => SendError::Retry { reason },
            false => SendError::Fail { reason },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> SmsConfig {
        SmsConfig {
            name: "esms".to_owned(),
            base_url: "https://rest.esms.vn/".to_owned(),
            api_key: "khoa-mo".to_owned(),
            secret_key: "bi-mat".to_owned(),
            brandname: "MOTCUA".to_owned(),
            callback_url: None,
            extra_roots: None,
            timeout: Duration::from_secs(5),
        }
    }

    #[test]
    fn a_configuration_that_cannot_work_is_refused_by_name() {
        assert!(SmsGateway::new(config()).is_ok());
        for broken in [
            SmsConfig { secret_key: " ".to_owned(), ..config() },
            SmsConfig { api_key: String::new(), ..config() },
            SmsConfig { brandname: String::new(), ..config() },
            SmsConfig { base_url: "http://rest.esms.vn".to_owned(), ..config() },
            SmsConfig { base_url: "rest.esms.vn".to_owned(), ..config() },
        ] {
            let error = Sms::new(vec![config(), broken]).err().unwrap();
            assert_eq!(error.to_string(), "the SMS gateway esms cannot be used");
        }
    }

    #[test]
    fn keys_are_never_printed() {
        let printed = format!("{:?}", config());
        assert!(!printed.contains("bi-mat") && !printed.contains("khoa-mo"), "{printed}");
    }
}

//! The outside systems as the configuration names them; secrets stand in files of their own.

use std::path::Path;
use std::time::Duration;

use connectors::mail::{Security, SmtpConfig};
use connectors::population::PopulationConfig;
use connectors::sms::SmsConfig;
use connectors::subscribers::SubscriberConfig;
use domain::codes::EmailAddress;

use crate::config::{GatewaySection, PopulationSection, SecurityName, SmtpSection, SubscribersSection};
use crate::start::Failure;

/// The mail server.
pub(crate) fn smtp(section: &SmtpSection) -> Result<SmtpConfig, Failure> {
    Ok(SmtpConfig {
        host: section.host.clone(),
        port: section.port,
        security: match section.security {
            SecurityName::None => Security::None,
            SecurityName::Starttls => Security::StartTls,
            SecurityName::Tls => Security::Tls,
        },
        user: section.user.clone(),
        password: section.password_file.as_deref().map(read_secret).transpose()?,
        from_name: section.from_name.clone(),
        from_address: EmailAddress::parse(&section.from_address)?,
        extra_roots: None,
        timeout: Duration::from_secs(20),
    })
}

/// One SMS gateway.
pub(crate) fn sms_gateway(section: &GatewaySection) -> Result<SmsConfig, Failure> {
    Ok(SmsConfig {
        name: section.name.clone(),
        base_url: section.base_url.clone(),
        api_key: read_secret(&section.api_key_file)?,
        secret_key: read_secret(&section.secret_key_file)?,
        brandname: section.brandname.clone(),
        callback_url: section.callback_url.clone(),
        extra_roots: section.extra_roots_file.as_deref().map(read_secret).transpose()?,
        timeout: Duration::from_secs(section.timeout_seconds.into()),
    })
}

/// The carrier, when there is one.
pub(crate) fn carrier(section: &SubscribersSection) -> Result<Option<SubscriberConfig>, Failure> {
    let (Some(url), Some(token_file)) = (&section.url, &section.token_file) else { return Ok(None) };
    Ok(Some(SubscriberConfig {
        url: url.clone(),
        token: read_secret(token_file)?,
        extra_roots: section.extra_roots_file.as_deref().map(read_secret).transpose()?,
        timeout: Duration::from_secs(section.timeout_seconds.into()),
    }))
}

/// The population register, when there is one.
pub(crate) fn population(section: &PopulationSection) -> Result<Option<PopulationConfig>, Failure> {
    let (Some(url), Some(client_id), Some(secret_file)) =
        (&section.url, &section.client_id, &section.client_secret_file)
    else {
        return Ok(None);
    };
    Ok(Some(PopulationConfig {
        url: url.clone(),
        client_id: client_id.clone(),
        client_secret: read_secret(secret_file)?,
        extra_roots: section.extra_roots_file.as_deref().map(read_secret).transpose()?,
        timeout: Duration::from_secs(section.timeout_seconds.into()),
    }))
}

/// A file that holds a secret alone.
pub(crate) fn read_secret(path: &Path) -> Result<String, Failure> {
    let read = std::fs::read_to_string(path);
    Ok(read.map_err(|error| format!("cannot read {}: {error}", path.display()))?.trim_end().to_owned())
}

//! The configuration of `motcua serve`: one TOML file, overridden by `MOTCUA_…` variables; unknown keys are refused.

mod registers;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::sign_on;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use web::secret::{FEWEST_CHARACTERS, Secret};

pub use registers::{PopulationSection, SubscribersSection};

/// Everything that can be set. The defaults are meant for one machine behind a proxy that speaks HTTPS.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `province` or `national` (R18, R19).
    pub role: RoleName,
    /// Address and port to listen on.
    pub listen: String,
    /// The address under which people reach the portal, without a closing slash; it stands in mails and QR codes.
    pub public_url: String,
    /// Address of the other portal (the province's for the nation's and the other way round), without a closing slash.
    pub other_portal_url: Option<String>,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Schema of this portal in PostgreSQL.
    pub database_schema: String,
    /// Folder of the uploaded files.
    pub blob_dir: PathBuf,
    /// The most bytes of one uploaded file.
    pub upload_limit_bytes: u64,
    /// How long a session lasts without being used, in minutes.
    pub session_minutes: u32,
    /// How long the link works with which an officer sets the first password, in hours.
    pub enrolment_hours: u16,
    /// The header in which a trusted proxy tells the caller's address.
    pub client_address_header: Option<String>,
    /// Whether people reach the portal over HTTPS (cookies are then `Secure`).
    pub https: bool,
    /// What only this portal's processes know, at least 32 characters; tokens on pages are signed with it.
    pub secret: Option<SecretText>,
    /// File that holds the secret alone, instead of `secret`.
    pub secret_file: Option<PathBuf>,
    /// The mail server.
    pub smtp: SmtpSection,
    /// Text messages.
    pub sms: SmsSection,
    /// The carrier's check of subscriptions.
    pub subscribers: SubscribersSection,
    /// The national population database, through the province's platform for sharing data.
    pub population: PopulationSection,
    /// Programs that may use the accounts of the national portal, each in an `[[oidc_clients]]`.
    pub oidc_clients: Vec<ClientSection>,
    /// Providers whose accounts a provincial portal takes, each in a `[[login_providers]]`, in the order of the sign-in page.
    pub login_providers: Vec<LoginProviderSection>,
}

/// A secret as the configuration gives it; never printed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// Which portal a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleName {
    /// Cổng Dịch vụ công quốc gia.
    National,
    /// A province's portal.
    Province,
}

/// How mails are sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmtpSection {
    /// Host name of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `none`, `starttls` or `tls`.
    pub security: SecurityName,
    /// User name, when the server wants one.
    pub user: Option<String>,
    /// File that holds the password alone.
    pub password_file: Option<PathBuf>,
    /// Sender's address.
    pub from_address: String,
    /// Sender's name.
    pub from_name: String,
}

/// How text messages are sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmsSection {
    /// The gateways, each in a `[[sms.gateway]]`, in the order in which they are tried. The national portal needs one.
    pub gateway: Vec<GatewaySection>,
}

/// One SMS gateway.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySection {
    /// What the log calls it.
    pub name: String,
    /// Its address, such as `https://rest.esms.vn`.
    pub base_url: String,
    /// File that holds the account's key alone.
    pub api_key_file: PathBuf,
    /// File that holds the account's secret alone.
    pub secret_key_file: PathBuf,
    /// The sender's name that carriers have registered.
    pub brandname: String,
    /// Where the gateway reaches the portal to report deliveries, when that is not `public_url`.
    pub callback_url: Option<String>,
    /// File with certificates in PEM to trust beside the public ones.
    pub extra_roots_file: Option<PathBuf>,
    /// How long one attempt may take, in seconds.
    #[serde(default = "patience")]
    pub timeout_seconds: u16,
}

/// A program that may use the accounts of the national portal (OpenID Connect).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientSection {
    /// Its name in the protocol.
    pub id: String,
    /// Its name on the page that asks people, in Vietnamese.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// File that holds its secret alone; without one it is a program that can keep none.
    pub secret_file: Option<PathBuf>,
    /// Where people may be sent back, letter by letter.
    pub redirect_uris: Vec<String>,
    /// Where people may be sent after they have signed out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it wants to be told that somebody has signed out.
    pub backchannel_logout_uri: Option<String>,
    /// What it may ask for, such as `openid profile vn`.
    pub scope: String,
    /// People are not asked whether it may know, because the law says so.
    #[serde(default)]
    pub first_party: bool,
    /// The portal's `public_url`, when programs may file dossiers there for those who agree.
    pub resource: Option<String>,
}

/// A provider whose accounts a provincial portal takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginProviderSection {
    /// Its name in addresses: `/dang-nhap/qua/dvcqg`.
    pub id: String,
    /// The button of the sign-in page, in Vietnamese.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Its issuer; the rest is found in the document under it.
    pub issuer: String,
    /// What it has registered this portal as.
    pub client_id: String,
    /// File that holds the secret alone which it has given this portal.
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for, in its words.
    #[serde(default = "openid")]
    pub scope: String,
    /// The levels of assurance that are asked for, in its words.
    pub acr_values: Option<String>,
    /// The algorithms by which it may sign.
    #[serde(default = "algorithms")]
    pub algorithms: Vec<AlgorithmName>,
    /// What its words for levels mean here; without any, `LoA1`, `LoA2` and `LoA3` mean `ial1`, `ial2` and `ial3`.
    #[serde(default)]
    pub levels: BTreeMap<String, LevelName>,
    /// Programs to which it has given access tokens for this portal may file dossiers for people.
    #[serde(default)]
    pub programs: bool,
}

/// An algorithm by which ID tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlgorithmName {
    /// ECDSA on P-256.
    #[serde(rename = "ES256")]
    Es256,
    /// RSA.
    #[serde(rename = "RS256")]
    Rs256,
}

/// A level of assurance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelName {
    /// Self-declared.
    Ial1,
    /// Checked against a register.
    Ial2,
    /// In person or by certificate.
    Ial3,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecurityName {
    /// Not at all; for a server on the same machine.
    None,
    /// STARTTLS is required.
    Starttls,
    /// TLS from the first byte.
    Tls,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            role: RoleName::Province,
            listen: "127.0.0.1:8001".into(),
            public_url: "http://127.0.0.1:8001".into(),
            other_portal_url: None,
            database: "sqlite:motcua.db".into(),
            database_schema: "motcua".into(),
            blob_dir: "blobs".into(),
            upload_limit_bytes: 100_000_000,
            session_minutes: 120,
            enrolment_hours: 72,
            client_address_header: None,
            https: true,
            secret: None,
            secret_file: None,
            smtp: SmtpSection::default(),
            sms: SmsSection::default(),
            subscribers: SubscribersSection::default(),
            population: PopulationSection::default(),
            oidc_clients: Vec::new(),
            login_providers: Vec::new(),
        }
    }
}

fn openid() -> String {
    "openid".into()
}

fn algorithms() -> Vec<AlgorithmName> {
    vec![AlgorithmName::Es256, AlgorithmName::Rs256]
}

/// Ten seconds: a person waits for the code, and for the next gateway when the first falls silent.
fn patience() -> u16 {
    10
}

impl Default for SmtpSection {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".into(),
            port: 25,
            security: SecurityName::None,
            user: None,
            password_file: None,
            from_address: "khong-tra-loi@localhost".into(),
            from_name: "Cổng Dịch vụ công".into(),
        }
    }
}

impl Config {
    /// The portal's secret, from whichever of the two keys gives it; what serves no pages does without.
    ///
    /// # Errors
    /// When it is missing, given twice, too short, or its file cannot be read.
    pub fn secret(&self) -> Result<Secret, ConfigError> {
        let wrong = |key, reason: String| ConfigError::Sense { key, reason };
        let short = |key| {
            wrong(key, format!("must have at least {FEWEST_CHARACTERS} characters; `openssl rand -hex 32` makes one"))
        };
        match (&self.secret, &self.secret_file) {
            (Some(SecretText(text)), None) => Secret::parse(text).ok_or_else(|| short("secret")),
            (None, Some(path)) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| wrong("secret_file", format!("cannot read {}: {error}", path.display())))?;
                Secret::parse(&text).ok_or_else(|| short("secret_file"))
            }
            (None, None) => Err(wrong("secret", "is missing; give secret or secret_file".into())),
            (Some(_), Some(_)) => Err(wrong("secret", "is given beside secret_file; give one of them".into())),
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("cannot read {}: {reason}", path.display())]
    File {
        /// The file that was asked for.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A key is unknown, or a value has the wrong kind.
    #[error("{0}")]
    Value(Box<figment::Error>),
    /// A value is of the right kind and still makes no sense.
    #[error("{key}: {reason}")]
    Sense {
        /// The key in the file.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// Reads the file, lets `MOTCUA_KEY` and `MOTCUA_SMTP__KEY` override it, and checks what can be checked without starting.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError::File { path: path.to_owned(), reason: error.to_string() })?;
    let config: Config = Figment::from(Serialized::defaults(Config::default()))
        .merge(Toml::string(&text))
        .merge(Env::prefixed("MOTCUA_").filter(|name| is_of_the_configuration(name.as_str())).split("__"))
        .extract()
        .map_err(|error| ConfigError::Value(Box::new(error)))?;
    check(config)
}

/// `MOTCUA_LOG` is for the log, `MOTCUA_TEST_…` and `MOTCUA_SHOTS` for test runs; every other variable must be a key.
fn is_of_the_configuration(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name != "log" && name != "shots" && !name.starts_with("test_")
}

fn check(config: Config) -> Result<Config, ConfigError> {
    let sense = |key, reason: String| Err(ConfigError::Sense { key, reason });
    if let Err(error) = config.listen.parse::<std::net::SocketAddr>() {
        return sense("listen", format!("{} is not an address with a port ({error})", config.listen));
    }
    if !(config.public_url.starts_with("http://") || config.public_url.starts_with("https://")) {
        return sense("public_url", "must start with http:// or https://".into());
    }
    if config.public_url.ends_with('/') {
        return sense("public_url", "must not end with a slash".into());
    }
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|kind| config.database.starts_with(kind)) {
        return sense("database", "must start with sqlite: or postgres://".into());
    }
    let schema = &config.database_schema;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if schema.is_empty() || !schema.chars().all(plain) {
        return sense("database_schema", "may hold a-z, 0-9 and _ only".into());
    }
    check_outside(&config)?;
    check_sign_on(&config)?;
    if config.upload_limit_bytes < 1_000_000 {
        return sense("upload_limit_bytes", "must be at least 1000000".into());
    }
    Ok(config)
}

/// What a portal cannot do without, and what cannot work, told before anybody needs it.
fn check_outside(config: &Config) -> Result<(), ConfigError> {
    let sense = |key, reason: String| Err(ConfigError::Sense { key, reason });
    let asks_telephones = config.role == RoleName::National;
    if asks_telephones && config.sms.gateway.is_empty() {
        return sense("sms", "the national portal sends codes to telephones: name at least one [[sms.gateway]]".into());
    }
    if asks_telephones && config.subscribers.url.is_none() {
        return sense(
            "subscribers",
            "the national portal asks the carrier who registers: give url and token_file".into(),
        );
    }
    if config.subscribers.url.is_some() != config.subscribers.token_file.is_some() {
        return sense("subscribers", "url and token_file go together".into());
    }
    let population = &config.population;
    let given = [population.url.is_some(), population.client_id.is_some(), population.client_secret_file.is_some()];
    if given.contains(&true) && given.contains(&false) {
        return sense("population", "url, client_id and client_secret_file go together".into());
    }
    let mut names = Vec::new();
    for gateway in &config.sms.gateway {
        if gateway.name.trim().is_empty() || names.contains(&&gateway.name) {
            return sense("sms.gateway", "each gateway has a name of its own".into());
        }
        names.push(&gateway.name);
    }
    // The worker must be through with all gateways before its lease on the message ends.
    let patiences = config.sms.gateway.iter().map(|gateway| gateway.timeout_seconds);
    if patiences
        .chain([config.subscribers.timeout_seconds, population.timeout_seconds])
        .any(|seconds| !(1..=30).contains(&seconds))
    {
        return sense("timeout_seconds", "must be 1 to 30".into());
    }
    Ok(())
}

/// What cannot work about single sign-on.
fn check_sign_on(config: &Config) -> Result<(), ConfigError> {
    let sense = |key, reason: String| Err(ConfigError::Sense { key, reason });
    let is_national = config.role == RoleName::National;
    if is_national && let Err(error) = oidc::Issuer::parse(&config.public_url) {
        return sense("public_url", format!("other portals sign people in through it, and it is {error}"));
    }
    if !is_national && !config.oidc_clients.is_empty() {
        return sense("oidc_clients", "only the national portal is a provider".into());
    }
    if is_national && !config.login_providers.is_empty() {
        return sense("login_providers", "the national portal takes its own accounts".into());
    }
    let mut names = Vec::new();
    for provider in &config.login_providers {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if provider.id.is_empty() || !provider.id.chars().all(is_plain) || names.contains(&&provider.id) {
            return sense("login_providers", "each id is its own and has a-z, 0-9 and - only".into());
        }
        names.push(&provider.id);
        sign_on::login_provider(provider, &config.public_url)
            .map_err(|error| ConfigError::Sense { key: "login_providers", reason: error.to_string() })?;
    }
    for client in &config.oidc_clients {
        sign_on::client(client)
            .map_err(|error| ConfigError::Sense { key: "oidc_clients", reason: error.to_string() })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "secret = \"0123456789abcdef0123456789abcdef\"\n";

    fn read_text(text: &str) -> Result<Config, String> {
        let file = tempfile::NamedTempFile::new().expect("temporary file");
        std::fs::write(file.path(), text).expect("writes");
        read(file.path()).map_err(|error| error.to_string())
    }

    fn gateway(name: &str, more: &str) -> String {
        format!(
            "[[sms.gateway]]\nname = \"{name}\"\nbase_url = \"https://rest.esms.vn\"\napi_key_file = \"khoa\"\n\
             secret_key_file = \"bi-mat\"\nbrandname = \"MOTCUA\"\n{more}\n"
        )
    }

    #[test]
    fn a_national_portal_names_its_gateways_in_order_and_its_carrier() {
        let carrier = "[subscribers]\nurl = \"https://nha-mang.example/check\"\ntoken_file = \"khoa\"\n";
        let text =
            format!("role = \"national\"\n{}{}{carrier}", gateway("mot", "timeout_seconds = 3"), gateway("hai", ""));
        let config = read_text(&text).expect("valid");
        let named: Vec<_> = config.sms.gateway.iter().map(|it| (it.name.as_str(), it.timeout_seconds)).collect();
        assert_eq!(named, [("mot", 3), ("hai", 10)]);
        assert_eq!(config.subscribers.timeout_seconds, 10);
    }

    fn national(more: &str) -> String {
        let carrier = "[subscribers]\nurl = \"https://nha-mang.example/check\"\ntoken_file = \"khoa\"\n";
        let address = "public_url = \"https://dvcqg.vidu.vn\"";
        format!("role = \"national\"\n{address}\n{}{carrier}{more}", gateway("mot", ""))
    }

    fn client(more: &str) -> String {
        let addresses = "redirect_uris = [\"https://gialai.vidu.vn/dang-nhap/ve/dvcqg\"]";
        format!(
            "[[oidc_clients]]\nid = \"gia-lai\"\nname = \"a\"\nname_en = \"a\"\nscope = \"openid\"\n{addresses}\n{more}\n"
        )
    }

    fn provider(id: &str, more: &str) -> String {
        let known = "name = \"a\"\nname_en = \"a\"\nclient_id = \"gia-lai\"";
        format!("[[login_providers]]\nid = \"{id}\"\nissuer = \"https://dvcqg.vidu.vn\"\n{known}\n{more}\n")
    }

    #[test]
    fn providers_and_clients_are_read() {
        let levels = "[login_providers.levels]\n\"urn:muc-do-02\" = \"ial3\"";
        let text =
            format!("{}{}", provider("dvcqg", ""), provider("vneid", &format!("algorithms = [\"RS256\"]\n{levels}")));
        let config = read_text(&text).expect("valid");
        assert_eq!(config.login_providers[0].algorithms, [AlgorithmName::Es256, AlgorithmName::Rs256]);
        assert_eq!(config.login_providers[1].levels["urn:muc-do-02"], LevelName::Ial3);
        assert_eq!(read_text(&national(&client(""))).expect("valid").oidc_clients.len(), 1);
    }

    #[test]
    fn single_sign_on_that_cannot_work_is_named() {
        for (text, part) in [
            (provider("dvcqg", "") + &provider("dvcqg", ""), "its own"),
            (provider("DVCQG", ""), "a-z"),
            (provider("dvcqg", "").replace("https://dvcqg", "http://dvcqg"), "neither https"),
            (provider("dvcqg", "algorithms = [\"HS256\"]"), "HS256"),
            (provider("dvcqg", "client_secret = \"bi-mat\""), "client_secret"),
            (client(""), "only the national"),
            (national(&provider("dvcqg", "")), "its own accounts"),
            (national(&client("")).replace("https://gialai", "http://gialai"), "neither https"),
            (national(&client("")).replace("dang-nhap/ve", "../ve"), "as browsers write it"),
            (national("").replace("https://dvcqg.vidu.vn", "http://dvcqg.vidu.vn"), "public_url"),
        ] {
            let error = read_text(&text).expect_err(&text);
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        let config = read_text("").expect("valid");
        assert_eq!(config.role, RoleName::Province);
        assert_eq!(config.upload_limit_bytes, 100_000_000);
    }

    #[test]
    fn unknown_keys_and_senseless_values_are_named() {
        for (text, part) in [
            ("rol = \"province\"", "rol"),
            ("role = \"district\"", "district"),
            ("listen = \"8001\"", "listen"),
            ("public_url = \"https://a.vn/\"", "slash"),
            ("database = \"mysql://x\"", "sqlite:"),
            ("[smtp]\nport = 99999", "port"),
            ("database_schema = \"a-b\"", "a-z"),
            ("role = \"national\"", "[[sms.gateway]]"),
            (&format!("role = \"national\"\n{}", gateway("esms", "")), "carrier"),
            (&format!("{}{}", gateway("esms", ""), gateway("esms", "")), "name of its own"),
            (&gateway("", ""), "name of its own"),
            (&gateway("esms", "timeout_seconds = 0"), "1 to 30"),
            (&gateway("esms", "secret_key = \"bi-mat\""), "secret_key"),
            ("[[sms.gateway]]\nname = \"esms\"", "base_url"),
            ("[subscribers]\nurl = \"https://nha-mang.example\"", "go together"),
            ("[subscribers]\ntoken_file = \"khoa\"", "go together"),
            ("[subscribers]\ntimeout_seconds = 31", "1 to 30"),
            ("[population]\nurl = \"https://lgsp.example\"", "go together"),
            ("[population]\nclient_id = \"motcua\"", "go together"),
            ("[population]\ntimeout_seconds = 0", "1 to 30"),
            ("[population]\nclient_secret = \"bi-mat\"", "client_secret"),
        ] {
            let error = read_text(text).expect_err(text);
            assert!(error.contains(part), "{text}: {error}");
        }
    }
    #[test]
    fn a_secret_is_needed_once_and_long_enough() {
        let file = tempfile::NamedTempFile::new().expect("temporary file");
        let by_file = format!("secret_file = {:?}", file.path());
        for (text, part) in [
            (String::new(), "secret: is missing"),
            ("secret = \"short\"".into(), "at least 32"),
            (format!("secret = \"{}\"", " ".repeat(40)), "at least 32"),
            (by_file.clone(), "at least 32"),
            ("secret_file = \"/nowhere/secret\"".into(), "cannot read"),
            (format!("{SECRET}{by_file}"), "one of them"),
        ] {
            let error = read_text(&text).expect("readable").secret().expect_err(&text).to_string();
            assert!(error.contains(part), "{text}: {error}");
            assert!(!error.contains("0123456789abcdef") && !error.contains("short\""), "{error}");
        }
        std::fs::write(file.path(), format!("{}\n", "k".repeat(32))).expect("writes");
        read_text(&by_file).expect("readable").secret().expect("long enough");
        read_text(SECRET).expect("readable").secret().expect("long enough");
    }

    #[test]
    fn a_secret_is_not_printed() {
        let config = read_text(SECRET).expect("valid");
        assert!(!format!("{config:?}").contains("0123456789abcdef"));
    }
}

//! Single sign-on as the configuration describes it: the programs that may use the national portal's accounts, and the
//! providers whose accounts a portal takes.

use domain::account::Assurance;
use oidc::client::Registration;
use oidc::jose::Algorithm;
use oidc::provider::{ClientAuthentication, ClientId, RegisteredClient};
use oidc::{Address, Issuer, Scopes, Secret};
use usecases::Ctx;
use usecases::login_providers::LoginProvider;
use usecases::oidc_provider::register_client;
use web::portal::Portal;

use crate::config::{AlgorithmName, ClientSection, LevelName, LoginProviderSection};
use crate::outside::read_secret;
use crate::start::Failure;

/// The shortest secret of a program, in characters.
const LEAST_SECRET: usize = 32;

/// Where a provider sends people back, on the portal at this address.
pub fn callback_address(public_url: &str, provider: &str) -> String {
    format!("{public_url}/dang-nhap/ve/{provider}")
}

/// Where a provider tells the portal at this address that somebody has signed out.
pub fn told_address(public_url: &str, provider: &str) -> String {
    format!("{public_url}/dang-nhap/da-ra/{provider}")
}

/// A provider of the sign-in page.
pub(crate) fn login_provider(section: &LoginProviderSection, public_url: &str) -> Result<LoginProvider, Failure> {
    let wrong = |what: &str, error: &dyn std::fmt::Display| format!("login_providers, {}: {what}: {error}", section.id);
    let callback = callback_address(public_url, &section.id);
    let registration = Registration {
        issuer: Issuer::parse(&section.issuer).map_err(|error| wrong("issuer", &error))?,
        client_id: section.client_id.clone(),
        client_secret: section.client_secret_file.as_deref().map(read_secret).transpose()?.map(Secret::of),
        redirect_uri: Address::parse(&callback).map_err(|error| wrong("public_url", &error))?,
        scope: section.scope.clone(),
        acr_values: section.acr_values.clone(),
        algorithms: section.algorithms.iter().map(algorithm).collect(),
    };
    let mut provider =
        LoginProvider::new(section.id.clone(), section.name.clone(), section.name_en.clone(), registration);
    provider.admits_programs = section.programs;
    if !section.levels.is_empty() {
        provider.levels = section.levels.iter().map(|(word, level)| (word.clone(), assurance(*level))).collect();
    }
    Ok(provider)
}

/// A program that may use the portal's accounts.
pub(crate) fn client(section: &ClientSection) -> Result<RegisteredClient, Failure> {
    let wrong = |what: &str, error: &dyn std::fmt::Display| format!("oidc_clients, {}: {what}: {error}", section.id);
    let address = |text: &String| Address::parse(text).map_err(|error| Failure::from(wrong(text, &error)));
    let secret = section.secret_file.as_deref().map(read_secret).transpose()?.map(Secret::of);
    if secret.as_ref().is_some_and(|secret| secret.as_str().len() < LEAST_SECRET) {
        // Only its digest is stored, and nobody counts the tries: it must not be guessed.
        return Err(wrong("secret_file", &format!("a secret has at least {LEAST_SECRET} characters")).into());
    }
    Ok(RegisteredClient {
        id: ClientId::parse(&section.id).map_err(|error| wrong("id", &error))?,
        name: section.name.clone(),
        name_en: section.name_en.clone(),
        authentication: secret.as_ref().map_or(ClientAuthentication::Public, ClientAuthentication::by),
        redirect_uris: section.redirect_uris.iter().map(address).collect::<Result<_, _>>()?,
        post_logout_redirect_uris: section.post_logout_redirect_uris.iter().map(address).collect::<Result<_, _>>()?,
        backchannel_logout_uri: section.backchannel_logout_uri.as_ref().map(address).transpose()?,
        scopes: Scopes::parse(&section.scope),
        is_first_party: section.first_party,
        resource: section
            .resource
            .as_deref()
            .map(Issuer::parse)
            .transpose()
            .map_err(|error| wrong("resource", &error))?,
    })
}

/// Registers the programs that may use the portal's accounts.
///
/// # Errors
/// When the database refuses.
pub async fn register_clients(portal: &Portal, clients: &[RegisteredClient]) -> Result<(), Failure> {
    let ctx = Ctx::of_system((portal.source().now)(), (portal.source().seed)());
    for client in clients {
        register_client(portal.app(), &ctx, client).await?;
    }
    Ok(())
}

/// Both ends of the link between the two portals of a demonstration: the province as the nation's client, and the nation as
/// the province's provider. The secret between them is made anew at every start.
///
/// # Errors
/// When the addresses are none that people are sent to.
pub fn demonstration(
    national_url: &str,
    provincial_url: &str,
    secret: [u8; 32],
) -> Result<(RegisteredClient, LoginProvider), Failure> {
    const PROVIDER: &str = "dvcqg";
    let secret = Secret::from_random(secret);
    let scopes = "openid profile email phone vn";
    let redirect_uri = Address::parse(&callback_address(provincial_url, PROVIDER))?;
    let client = RegisteredClient {
        id: ClientId::parse("gia-lai")?,
        name: "Cổng Dịch vụ công tỉnh Gia Lai".into(),
        name_en: "Gia Lai Public Service Portal".into(),
        authentication: ClientAuthentication::by(&secret),
        redirect_uris: vec![redirect_uri.clone()],
        post_logout_redirect_uris: vec![Address::parse(&format!("{provincial_url}/"))?],
        backchannel_logout_uri: Some(Address::parse(&told_address(provincial_url, PROVIDER))?),
        scopes: Scopes::parse(scopes),
        is_first_party: false,
        resource: Some(Issuer::parse(provincial_url)?),
    };
    let registration = Registration {
        issuer: Issuer::parse(national_url)?,
        client_id: client.id.to_string(),
        client_secret: Some(secret),
        redirect_uri,
        scope: scopes.into(),
        acr_values: Some("LoA2".into()),
        algorithms: vec![Algorithm::Es256],
    };
    let names = ("Tài khoản cấp bởi Cổng DVCQG".into(), "Account of the National Public Service Portal".into());
    let mut provider = LoginProvider::new(PROVIDER.into(), names.0, names.1, registration);
    provider.admits_programs = true;
    Ok((client, provider))
}

fn algorithm(name: &AlgorithmName) -> Algorithm {
    match name {
        AlgorithmName::Es256 => Algorithm::Es256,
        AlgorithmName::Rs256 => Algorithm::Rs256,
    }
}

fn assurance(name: LevelName) -> Assurance {
    match name {
        LevelName::Ial1 => Assurance::Ial1,
        LevelName::Ial2 => Assurance::Ial2,
        LevelName::Ial3 => Assurance::Ial3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_could_be_guessed_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let section = |secret: &str| {
            std::fs::write(&path, secret).unwrap();
            let path = path.display();
            let text = format!(
                "id = \"x\"\nname = \"x\"\nname_en = \"x\"\nscope = \"openid\"\nredirect_uris = []\nsecret_file = \"{path}\""
            );
            toml::from_str::<ClientSection>(&text).unwrap()
        };
        assert!(client(&section(&"a".repeat(32))).is_ok());
        let refused = client(&section("mat-khau\n")).unwrap_err().to_string();
        assert!(refused.contains("oidc_clients, x: secret_file: a secret has at least 32 characters"), "{refused}");
    }
}

//! The parts of single sign-on: the portal as a provider for others, and the providers through which people sign in here.

use connectors::fetch::Fetcher;

use crate::login_providers::LoginProvider;
use crate::oidc_provider::OidcProvider;

/// What the program that starts a portal hands over for single sign-on.
#[derive(Debug)]
pub struct SingleSignOn {
    /// The portal as a provider; none when it is none.
    pub provider: Option<OidcProvider>,
    /// The providers through which people sign in here, in the order of the sign-in page.
    pub login_providers: Vec<LoginProvider>,
    /// Asks other machines.
    pub fetcher: Fetcher,
}

impl SingleSignOn {
    /// Neither a provider nor a client of any.
    pub fn none(fetcher: Fetcher) -> Self {
        Self { provider: None, login_providers: Vec::new(), fetcher }
    }
}

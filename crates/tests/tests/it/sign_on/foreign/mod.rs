//! Programs that others have written meet our portals over the network: their clients our provider, their provider our
//! client. What is changed on the way, one of the two must notice.

mod clients;
mod provider;

use url::Url;

/// The address with another value of this parameter; without one it is left out.
fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let mut url = Url::parse(address).unwrap();
    let kept: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    assert_ne!(kept.len(), url.query_pairs().count(), "{address} has no {name}");
    url.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(value.map(|value| (name, value)));
    url.into()
}

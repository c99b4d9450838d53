//! What becomes of a text message after a gateway took it: the gateway calls an address of ours that nobody else can make up.

use std::fmt;

use domain::codes::constant_time_eq;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Where reports are taken, below the portal's address.
const PATH: &str = "/bao-phat/sms";
/// Gateways' word for a message whose sending has ended; the counts beside it say how.
const ENDED: &str = "5";
/// Gateways' word for a message that they refused after all.
const REFUSED: &str = "4";

/// The addresses to which gateways report, one for each message; a leaked one tells of that message alone.
pub struct Reports {
    base_url: String,
    key: [u8; 32],
}

impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reports").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Reports {
    /// Reports to the portal that is reached here; the key is the portal's alone.
    pub fn new(base_url: &str, key: [u8; 32]) -> Self {
        Self { base_url: base_url.trim_end_matches('/').to_owned(), key }
    }

    /// Where this gateway reports on this message, below `base` when the gateway reaches the portal otherwise.
    pub(super) fn address(&self, base: Option<&str>, gateway: &str, request_id: &str) -> String {
        let base = base.map_or(self.base_url.as_str(), |base| base.trim_end_matches('/'));
        let (gateway, token) = (slug(gateway), self.token(gateway, request_id));
        format!("{base}{PATH}/{gateway}/{request_id}/{token}")
    }

    /// Whether the last part of an address was made for this gateway and this message.
    pub(super) fn is_ours(&self, gateway: &str, request_id: &str, token: &str) -> bool {
        constant_time_eq(self.token(gateway, request_id).as_bytes(), token.as_bytes())
    }

    fn token(&self, gateway: &str, request_id: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(format!("{}\0{request_id}", slug(gateway)).as_bytes());
        mac.finalize().into_bytes()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A gateway's name as it stands in an address.
pub(super) fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// What a gateway reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The telephone has it.
    Delivered,
    /// It will not arrive.
    Undelivered,
}

impl Delivery {
    /// Reads the fields of a report (`SendStatus`, `SendSuccess`, `SendFailed`); none while the gateway is still at it, or
    /// when it says nothing that can be understood.
    pub fn read(status: &str, succeeded: &str, failed: &str) -> Option<Self> {
        let count = |text: &str| text.trim().parse::<u32>().unwrap_or(0);
        match (status.trim(), count(succeeded), count(failed)) {
            (REFUSED, _, _) => Some(Self::Undelivered),
            (ENDED, 1.., _) => Some(Self::Delivered),
            (ENDED, 0, 1..) => Some(Self::Undelivered),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_for_one_gateway_and_one_message() {
        let reports = Reports::new("https://cong.example/", [7; 32]);
        let address = reports.address(None, "Nhà mạng 1", "0f");
        let (start, token) = address.rsplit_once('/').unwrap();
        assert_eq!(start, "https://cong.example/bao-phat/sms/nh--m-ng-1/0f");
        assert!(reports.is_ours("Nhà mạng 1", "0f", token));
        for (gateway, id, token) in [
            ("Nhà mạng 2", "0f", token),
            ("Nhà mạng 1", "0e", token),
            ("Nhà mạng 1", "0f", ""),
            ("Nhà mạng 1", "0f", &token[1..]),
            ("Nhà mạng 1", "0f", &token.to_uppercase()),
        ] {
            assert!(!reports.is_ours(gateway, id, token), "{gateway} {id} {token}");
        }
        assert!(!Reports::new("https://cong.example/", [8; 32]).is_ours("Nhà mạng 1", "0f", token));
        assert!(!format!("{reports:?}").contains('7'));
        assert!(
            reports.address(Some("https://trong.example/"), "a", "0f").starts_with("https://trong.example/bao-phat/")
        );
    }

    #[test]
    fn only_an_end_is_a_report() {
        for (fields, expected) in [
            (["5", "1", "0"], Some(Delivery::Delivered)),
            (["5", "0", "1"], Some(Delivery::Undelivered)),
            (["4", "0", "0"], Some(Delivery::Undelivered)),
            (["7", "0", "0"], None),
            (["1", "1", "0"], None),
            (["5", "0", "0"], None),
            (["5", "-1", "x"], None),
            (["", "", ""], None),
        ] {
            assert_eq!(Delivery::read(fields[0], fields[1], fields[2]), expected, "{fields:?}");
        }
    }
}

//! Which host is this machine, where nobody listens on the way.

use std::net::IpAddr;

/// Whether secrets may go to this host unencrypted.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "localhost.vn", "128.0.0.1", "0.0.0.0", "::2", "rest.esms.vn", "127.0.0.1.vn"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}

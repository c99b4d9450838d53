//! Building addresses: percent-encoding, and following only addresses of our own after a sign-in.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\');

/// The text as a value in a query string.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEEP).to_string()
}

/// The address to go back to when it is a path of this portal, `fallback` otherwise; never an address of another site.
pub fn own_path(address: &str, fallback: &str) -> String {
    let own = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n', '\0']);
    if own { utf8_percent_encode(address, PATH).to_string() } else { fallback.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for foreign in
            ["https://evil.example", "//evil.example", "/\\evil", "javascript:alert(1)", "", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(own_path(foreign, "/ho-so"), "/ho-so", "{foreign:?}");
        }
        assert_eq!(own_path("/nop-ho-so/1.001193?co-quan=H21.58.51", "/"), "/nop-ho-so/1.001193?co-quan=H21.58.51");
        assert_eq!(encode("khai sinh&a=ứ"), "khai%20sinh%26a%3D%E1%BB%A9");
    }
}

//! When two ways of writing a recipient mean the same one.

/// One spelling for a phone number (`84…`) or an address, so that both sides of a comparison agree.
pub(crate) fn canonical(to: &str) -> String {
    let to = to.trim();
    if to.contains('@') {
        // A `+` that was put into a query unescaped arrives as a space; no address has one.
        return to.replace(' ', "+").to_lowercase();
    }
    let is_separator = |c: char| matches!(c, '+' | ' ' | '.' | '-' | '(' | ')');
    let digits: String = to.chars().filter(|c| !is_separator(*c)).collect();
    match digits.strip_prefix('0') {
        Some(national) if !national.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            format!("84{national}")
        }
        _ => digits.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_recipient_agree() {
        let cases = [
            ("0912345678", "+84912345678"),
            ("0912345678", "84912345678"),
            ("0912 345 678", " 84912345678"), // `?to=+84912345678`, unescaped
            ("(0269) 3844.789", "842693844789"),
            ("An.Nguyen@Example.VN", "an.nguyen@example.vn"),
            ("an+mot@example.vn", "an mot@example.vn"),
        ];
        for (left, right) in cases {
            assert_eq!(canonical(left), canonical(right), "{left} and {right}");
        }
    }

    #[test]
    fn different_recipients_differ() {
        for (left, right) in [("0912345678", "0912345679"), ("a@b.vn", "a@c.vn"), ("0", ""), ("84", "0")] {
            assert_ne!(canonical(left), canonical(right), "{left} and {right}");
        }
    }
}

//! Finding procedures by their codes, typed whole or in part.

/// The code that a query asks for, when it asks for one: `1.001193`, `001193`, `1.001193.000.00.00.H21`, `mã 1.0011`.
pub(crate) fn code_in(query: &str) -> Option<String> {
    let token = query.split_whitespace().find(|token| {
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        digits >= 4 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    })?;
    // A province's instance of a procedure carries the province's code behind.
    let base: Vec<&str> = token.split('.').take(2).collect();
    let code = base.join(".").trim_end_matches(|letter: char| !letter.is_ascii_digit()).to_owned();
    let is_code = code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_code && code.bytes().filter(u8::is_ascii_digit).count() >= 4).then_some(code)
}

/// How well a code answers: whole, without its group (`001193`), from its beginning, or somewhere in it.
pub(crate) fn rate(code: &str, asked: &str) -> Option<f32> {
    let number = code.split_once('.').map_or(code, |(_, number)| number);
    if code == asked {
        Some(4.0)
    } else if number == asked {
        Some(3.5)
    } else if code.starts_with(asked) {
        Some(3.0)
    } else if number.starts_with(asked) {
        Some(2.5)
    } else if code.contains(asked) {
        Some(2.0)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_recognised_in_queries() {
        let cases = [
            ("1.001193", Some("1.001193")),
            (" mã 1.0011 ", Some("1.0011")),
            ("001193", Some("001193")),
            ("1.001193.000.00.00.H21", Some("1.001193")),
            ("1.012784.H21", Some("1.012784")),
            ("thông tư 22", None),
            ("nghị định 123/2020", None),
            ("khai sinh", None),
        ];
        for (query, expected) in cases {
            assert_eq!(code_in(query).as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn the_more_of_a_code_is_typed_the_better_it_answers() {
        let rates: Vec<Option<f32>> = ["1.001193", "001193", "1.0011", "0011", "1193", "9999"]
            .iter()
            .map(|asked| rate("1.001193", asked))
            .collect();
        assert!(rates.windows(2).all(|pair| pair[0] > pair[1]), "{rates:?}");
        assert_eq!(rates[5], None);
    }
}

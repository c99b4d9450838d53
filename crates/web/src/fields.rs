//! The fields of a submitted form or of a query string, decoded strictly.

use percent_encoding::percent_decode;

/// Decoded fields in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

/// Why a body could not be read as form fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldsError {
    /// A name or a value is not UTF-8 after percent-decoding.
    #[error("a field is not valid UTF-8")]
    NotUtf8,
    /// More fields than any form of ours has.
    #[error("too many fields")]
    TooMany,
}

const MOST_FIELDS: usize = 500;

impl Fields {
    /// Decodes `application/x-www-form-urlencoded` bytes; refuses what is not UTF-8 instead of guessing.
    pub fn parse(body: &[u8]) -> Result<Self, FieldsError> {
        let mut fields = Vec::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == MOST_FIELDS {
                return Err(FieldsError::TooMany);
            }
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &b""[..]),
            };
            fields.push((decode(name)?, decode(value)?));
        }
        Ok(Self(fields))
    }

    /// The fields of a query string; one that cannot be decoded counts as empty.
    pub fn of_query(query: Option<&str>) -> Self {
        query.and_then(|query| Self::parse(query.as_bytes()).ok()).unwrap_or_default()
    }

    /// Adds one field, as a multipart form is read field by field.
    pub fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// Puts another value in place of those that came under a name.
    pub fn replace(&mut self, name: &str, value: String) {
        self.0.retain(|(key, _)| key != name);
        self.push(name.to_owned(), value);
    }

    /// The first value of the name without surrounding white space; empty when absent.
    pub fn text(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default().trim()
    }

    /// The first value exactly as it was typed (for passwords); empty when absent.
    pub fn raw(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The first value of the name, when the field is there at all.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name, for check boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn decode(bytes: &[u8]) -> Result<String, FieldsError> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).decode_utf8().map(|text| text.into_owned()).map_err(|_| FieldsError::NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_and_trimmed() {
        let fields =
            Fields::parse("ten=Nguy%E1%BB%85n+V%C4%83n+A+&mat-khau=+x+&a=1&a=2&trong".as_bytes()).expect("valid");
        assert_eq!(fields.text("ten"), "Nguyễn Văn A");
        assert_eq!(fields.raw("mat-khau"), " x ");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.find("trong"), Some(""));
        assert_eq!(fields.find("không có"), None);
    }

    #[test]
    fn wrong_utf8_and_floods_are_refused() {
        assert_eq!(Fields::parse(b"a=%ff%fe").err(), Some(FieldsError::NotUtf8));
        assert_eq!(Fields::parse(&b"a&".repeat(501)).err(), Some(FieldsError::TooMany));
    }
}

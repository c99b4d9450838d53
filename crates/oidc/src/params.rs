//! Parameters of a request, from a query or a form: each at most once, none too long.

use url::form_urlencoded;

const MOST_BYTES: usize = 16 * 1024;
const MOST_PARAMS: usize = 64;

/// The parameters of a request in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

/// Parameters that nobody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more parameters than anybody needs")]
pub struct ParamsError;

/// A parameter that was given more than once. RFC 6749, 3.1: it must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the parameter {0} is given more than once")]
pub struct Repeated(pub &'static str);

impl Params {
    /// Reads a query or the body of a form.
    ///
    /// # Errors
    /// When there are more than 64 parameters or 16 KiB.
    pub fn parse(encoded: &str) -> Result<Self, ParamsError> {
        if encoded.len() > MOST_BYTES {
            return Err(ParamsError);
        }
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(encoded.as_bytes()).into_owned().take(MOST_PARAMS + 1).collect();
        if pairs.len() > MOST_PARAMS { Err(ParamsError) } else { Ok(Self(pairs)) }
    }

    /// The value of a parameter. RFC 6749, 3.1: one without a value counts as absent.
    ///
    /// # Errors
    /// When it is given more than once.
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, Repeated> {
        let mut values = self.0.iter().filter(|(given, _)| given == name);
        let first = values.next();
        if values.next().is_some() {
            return Err(Repeated(name));
        }
        Ok(first.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()))
    }

    /// The same parameters without some of them, encoded anew: only letters, digits and `-._*+%&=` are in it.
    pub fn encoded_without(&self, names: &[&str]) -> String {
        let kept = self.0.iter().filter(|(given, _)| !names.contains(&given.as_str()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_empty_ones_are_absent() {
        let params = Params::parse("a=1&b=&c=x%20y+z&d=%C4%91&e&f=%FF").unwrap();
        let cases = [("a", Some("1")), ("b", None), ("c", Some("x y z")), ("d", Some("đ")), ("e", None), ("g", None)];
        for (name, expected) in cases {
            assert_eq!(params.one(name), Ok(expected), "{name}");
        }
        assert_eq!(params.one("f"), Ok(Some("\u{fffd}")));
    }

    #[test]
    fn a_parameter_given_twice_is_refused_even_when_one_is_empty() {
        for query in ["state=1&state=2", "state=1&state=1", "state=&state=1", "state=1&st%61te"] {
            assert_eq!(Params::parse(query).unwrap().one("state"), Err(Repeated("state")), "{query}");
        }
    }

    #[test]
    fn floods_are_refused() {
        assert!(Params::parse(&"a=1&".repeat(64)).is_ok());
        assert_eq!(Params::parse(&"a=1&".repeat(65)), Err(ParamsError));
        assert_eq!(Params::parse(&"a".repeat(16 * 1024 + 1)), Err(ParamsError));
    }

    #[test]
    fn some_parameters_can_be_left_out() {
        let params = Params::parse("a=1&luc=2&b=x%26y%5C&dau=3").unwrap();
        assert_eq!(params.encoded_without(&["luc", "dau"]), "a=1&b=x%26y%5C");
        assert_eq!(Params::parse(&params.encoded_without(&[])), Ok(params));
    }
}

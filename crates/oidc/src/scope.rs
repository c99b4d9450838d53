//! What a client may learn of a person, in the words of the protocol.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that a client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Who it is, as a stable subject; without it nothing is answered.
    OpenId,
    /// Name, birth date, kind of account.
    Profile,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The numbers of the state: identity number, tax number.
    Vn,
    /// Filing dossiers in the person's name, and reading them, at the portal that the request names.
    Dossiers,
    /// Fresh tokens while the person is away.
    OfflineAccess,
}

impl Scope {
    /// All scopes, in the order of documents.
    pub const ALL: [Self; 7] =
        [Self::OpenId, Self::Profile, Self::Email, Self::Phone, Self::Vn, Self::Dossiers, Self::OfflineAccess];

    /// Its name in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Vn => "vn",
            Self::Dossiers => "dossiers",
            Self::OfflineAccess => "offline_access",
        }
    }
}

/// A set of scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads a list with spaces between. OpenID Connect Core, 3.1.2.1: names that nobody knows are ignored.
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter_map(|name| Scope::ALL.into_iter().find(|scope| scope.as_str() == name)).collect()
    }

    /// Whether this scope is among them.
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether all of these are among the others.
    pub fn are_within(&self, others: &Self) -> bool {
        self.0.is_subset(&others.0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These without one.
    #[must_use]
    pub fn without(mut self, scope: Scope) -> Self {
        self.0.remove(&scope);
        self
    }

    /// Each scope, in the order of documents.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }

    /// These and the others.
    #[must_use]
    pub fn with(&self, others: &Self) -> Self {
        Self(self.0.union(&others.0).copied().collect())
    }
}

impl From<String> for Scopes {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Scope::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_nobody_knows_are_ignored_and_the_rest_is_ordered() {
        let cases = [
            ("", ""),
            ("openid", "openid"),
            ("vn  openid profile openid", "openid profile vn"),
            ("OpenID open id admin", ""),
            ("openid\tprofile", ""),
            ("offline_access openid", "openid offline_access"),
        ];
        for (text, expected) in cases {
            assert_eq!(Scopes::parse(text).to_string(), expected, "{text:?}");
        }
    }

    #[test]
    fn sets_are_compared() {
        let (few, many) = (Scopes::parse("openid"), Scopes::parse("openid vn"));
        assert!(few.are_within(&many) && !many.are_within(&few) && Scopes::default().are_within(&few));
        assert_eq!(few.with(&Scopes::parse("vn")), many);
        assert_eq!(many.clone().without(Scope::Vn), few);
        assert!(many.contains(Scope::Vn) && !few.contains(Scope::Vn) && Scopes::default().is_empty());
    }
}

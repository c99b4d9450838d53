//! Passwords that thieves try first: the world's, and those of Vietnam.

use std::collections::HashSet;

use domain::account::common_forms;

use crate::error::ContentError;
use crate::files::Files;

/// A list of common passwords.
#[derive(Debug)]
pub struct CommonPasswords {
    words: HashSet<Box<str>>,
}

impl CommonPasswords {
    pub(crate) fn load(files: &Files) -> Result<Self, ContentError> {
        let (world, vietnam) = (files.text("passwords/common.txt.br")?, files.text("passwords/vietnamese.txt")?);
        let words = [world, vietnam]
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.is_empty() && !line.starts_with("# "))
            .map(Box::from)
            .collect();
        Ok(Self { words })
    }

    /// Whether the password is one of them, or hides one of them behind signs, figures and a few more characters.
    pub fn hide_in(&self, password: &str) -> bool {
        common_forms(password).iter().any(|form| self.words.contains(form.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_take_first_is_known() {
        let list = CommonPasswords::load(&Files::Embedded).expect("the lists are packaged");
        for password in
            ["P@ssw0rd", "Qwerty123!", "Matkhau1!", "Mật khẩu 1!", "Anhyeuem@1", "Pleiku#2026", "Sunshine7!"]
        {
            assert!(list.hide_in(password), "{password}");
        }
        for password in ["Rẫy-cà-phê-9!", "kV7#mQ2!xp", "Trâu-trắng-Ia-Grai-5"] {
            assert!(!list.hide_in(password), "{password}");
        }
    }
}

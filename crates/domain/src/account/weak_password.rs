//! Passwords that keep the rule of R32 and are guessed all the same: common ones, and those made of the holder's own data.

use crate::text::fold;

/// The fewest characters of a word of the holder's that a password may not contain; shorter ones are in too many words.
const SHORTEST_PERSONAL: usize = 5;
/// The most figures beside parts of a name that make a password no better: a date.
const FEW_FIGURES: usize = 8;
/// How many characters around a common word do not make it less common.
const DECORATION: usize = 6;

/// Why a password is too weak although it keeps the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// It is, or hides, one of the passwords that thieves try first.
    Common,
    /// It contains the holder's name, number, telephone, address or birth date.
    Personal,
    /// A program guesses it quickly.
    Guessable,
}

/// The forms under which a password is looked up in a list of common ones: without marks, case, spaces and signs, with
/// figures read as the letters they stand for, and without the few characters around a word.
pub fn common_forms(password: &str) -> Vec<String> {
    let folded = fold(password);
    let unsigned = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let spelled =
        ['i', 'l'].map(|one| unsigned(&folded.chars().map(|figure| letter_of(figure, one)).collect::<String>()));
    let whole = unsigned(&folded);
    let mut forms = vec![folded.replace(' ', ""), core(&whole).to_owned(), whole];
    for spelled in spelled {
        forms.push(core(&spelled).to_owned());
        forms.push(spelled);
    }
    let length = folded.chars().count();
    forms.retain(|form| form.chars().count() + DECORATION >= length && !form.is_empty());
    forms.sort();
    forms.dedup();
    forms
}

/// Whether a password contains one of the holder's own words, however marks, case and signs differ.
pub fn is_personal(password: &str, own_words: &[&str]) -> bool {
    let reduced = |text: &str| fold(text).chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let password = reduced(password);
    if is_made_of_parts(
        &password,
        &own_words.iter().flat_map(|word| word.split_whitespace()).map(reduced).collect::<Vec<_>>(),
    ) {
        return true;
    }
    own_words.iter().map(|word| reduced(word)).any(|word| {
        let length = word.chars().count();
        length >= SHORTEST_PERSONAL && password.contains(&word)
    })
}

/// Whether the letters of a password are parts of a name and nothing else, with few figures: *NguyenHoa1985*.
fn is_made_of_parts(password: &str, words: &[String]) -> bool {
    let letters: Vec<char> = password.chars().filter(|character| character.is_alphabetic()).collect();
    let figures = password.chars().count() - letters.len();
    if letters.is_empty() || figures > FEW_FIGURES {
        return false;
    }
    let parts: Vec<Vec<char>> = words
        .iter()
        .map(|word| word.chars().collect::<Vec<char>>())
        .filter(|part| !part.is_empty() && part.iter().all(|character| character.is_alphabetic()))
        .collect();
    // Up to where the letters can be read as parts, one after the other.
    let mut reached = vec![false; letters.len() + 1];
    reached[0] = true;
    for start in 0..letters.len() {
        for part in &parts {
            if reached[start] && letters[start..].starts_with(part) {
                reached[start + part.len()] = true;
            }
        }
    }
    reached[letters.len()]
}

/// The word in the middle, without what is no letter before and after it.
fn core(text: &str) -> &str {
    text.trim_matches(|character: char| !character.is_alphabetic())
}

fn letter_of(figure: char, one: char) -> char {
    match figure {
        '0' => 'o',
        '1' | '!' => one,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_common_word_is_found_under_what_hides_it() {
        for (password, word) in [
            ("Matkhau1!", "matkhau"),
            ("Mật khẩu 123", "matkhau"),
            ("M@tkh4u#9", "matkhau"),
            ("P@ssw0rd", "password"),
            ("Vietnam@2026", "vietnam"),
            ("!!Anhyeuem1", "anhyeuem"),
            ("1qaz!QAZ", "1qaz!qaz"),
            ("Abc.123.Def", "abc123def"),
        ] {
            let forms = common_forms(password);
            assert!(forms.iter().any(|form| form == word), "{password}: {forms:?}");
        }
        // A common word is no reason when there is much more beside it.
        assert!(!common_forms("Matkhau-trên-đồi-cà-phê-7").iter().any(|form| form == "matkhau"));
    }

    #[test]
    fn own_words_are_found_whatever_their_marks() {
        let own = ["Nguyễn Thị Hòa", "064185001234", "hoa.nguyen", "12/03/1985", "Hòa"];
        for password in ["NguyenThiHoa#1", "x064185001234X!", "Hoa_Nguyen!9", "Ngày-12-03-1985"] {
            assert!(is_personal(password, &own), "{password}");
        }
        for password in ["Hòa-bình-99!", "Rẫy-cà-phê-9!"] {
            assert!(!is_personal(password, &own), "{password}");
        }
        assert!(!is_personal("Rẫy-cà-phê-9!", &["", " ", "!!!!!!"]));
        // Parts of a name, in any order, with a year or a date.
        for (password, name) in [
            ("NguyenHoa1985!", "Nguyễn Thị Hòa"),
            ("Hòa_Nguyễn_12031985", "Nguyễn Thị Hòa"),
            ("Nguyen@1985", "Nguyễn Thị Hòa"),
            ("HLanRoCham1969!", "Rơ Châm H'Lan"),
            ("H'Lan#Châm#69", "Rơ Châm H'Lan"),
        ] {
            assert!(is_personal(password, &[name]), "{password}");
        }
        for password in ["NguyenHoa-rẫy-9!", "Hoa-837465019283", "12345678!"] {
            assert!(!is_personal(password, &["Nguyễn Thị Hòa", "12/03/1985"]), "{password}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_forms_and_none_is_empty(password in "\\PC{0,140}") {
            prop_assert!(common_forms(&password).iter().all(|form| !form.is_empty()));
        }
    }
}

//! What the portals of one run of tests have logged, and whether any of it is personal: every test writes its log beside a
//! list of the personal values that it has used, and each log is searched for those.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The environment variable that names the folder of a run.
pub const LOG_FOLDER: &str = "MOTCUA_TEST_LOGS";

/// How a file of logs ends.
const LOG: &str = "log";
/// How a file of personal values ends; its logs begin with the same name.
const VALUES: &str = "values";
/// Shorter texts stand in logs by chance.
const SHORTEST: usize = 6;
/// Digits of a code are looked for by themselves, since every log is full of numbers.
const CODE_DIGITS: usize = 6;

/// What kind of thing a personal value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The number of a person or an enterprise.
    Number,
    /// A telephone.
    Phone,
    /// A name, an address, anything that is told in words.
    Words,
    /// A mailbox.
    Email,
    /// A code of six digits.
    Code,
    /// A password, or the token of a session, a form or a link.
    Secret,
}

const KINDS: [(Kind, &str); 6] = [
    (Kind::Number, "number"),
    (Kind::Phone, "telephone"),
    (Kind::Words, "words"),
    (Kind::Email, "e-mail"),
    (Kind::Code, "code"),
    (Kind::Secret, "secret"),
];

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = KINDS.iter().find(|(kind, _)| kind == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

/// A value that no log may hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Personal {
    kind: Kind,
    /// As it is looked for.
    text: String,
}

impl Personal {
    /// The value as it is looked for; `None` when it is too short, or not of its kind, to be told from other things.
    pub fn new(kind: Kind, text: &str) -> Option<Self> {
        let digits = || text.chars().filter(char::is_ascii_digit).collect::<String>();
        let text = match kind {
            Kind::Number => Some(digits()).filter(|digits| digits.len() >= 9)?,
            // However it is written: 0912…, +84912…
            Kind::Phone => {
                let digits = digits();
                let tail = digits.len().checked_sub(9).map(|from| digits[from..].to_owned());
                tail.filter(|_| text.chars().all(|c| c.is_ascii_digit() || " +.-()".contains(c)))?
            }
            Kind::Code => Some(text.to_owned()).filter(|text| text.len() == CODE_DIGITS && digits() == *text)?,
            Kind::Words | Kind::Email | Kind::Secret => {
                let text = text.trim();
                let is_long = text.chars().count() >= SHORTEST && text.len() <= 200;
                let is_plain = !text.contains(char::is_control);
                Some(text.to_owned()).filter(|_| is_long && is_plain)?
            }
        };
        Some(Self { kind, text })
    }

    /// As one line of the list.
    pub fn line(&self) -> String {
        format!("{}\t{}\n", self.kind, self.text)
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, text) = line.split_once('\t')?;
        let kind = KINDS.iter().find(|(_, known)| *known == name)?.0;
        Some(Self { kind, text: text.to_owned() })
    }

    /// How it may be written: as it is, and as it stands in an address or in the text of JSON.
    fn spellings(&self) -> BTreeSet<String> {
        let encoded = |keep: &str| {
            let bytes = self.text.bytes();
            let written = bytes.map(|byte| match byte.is_ascii_alphanumeric() || keep.as_bytes().contains(&byte) {
                true => char::from(byte).to_string(),
                false => format!("%{byte:02X}"),
            });
            written.collect::<String>()
        };
        let in_json = self.text.replace('\\', "\\\\").replace('"', "\\\"");
        let in_form = encoded("-._~*").replace("%20", "+");
        [self.text.clone(), in_json, encoded("-._~"), encoded("-._~!'()*"), in_form].into()
    }

    /// Where a line may hold it.
    fn is_in(&self, line: &str) -> bool {
        match self.kind {
            Kind::Code => numbers(line).any(|run| run == self.text),
            _ => self.spellings().iter().any(|spelling| line.contains(spelling.as_str())),
        }
    }
}

/// The runs of digits that stand by themselves; how long a request took is none of them.
fn numbers(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    let mut before = "";
    words.filter(move |word| {
        let is_time = before == "micros";
        if !word.is_empty() {
            before = word;
        }
        !is_time && word.len() == CODE_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A line of a log that holds something personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The file; empty for a text.
    pub file: PathBuf,
    /// The line, 1 for the first.
    pub line: usize,
    /// What it holds.
    pub kind: Kind,
    /// The whole line.
    pub text: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: a {} in the log: {}", self.file.display(), self.line, self.kind, self.text)
    }
}

/// The lines of this log that hold one of the values.
pub fn leaks_in(log: &str, values: &BTreeSet<Personal>) -> Vec<Leak> {
    // Most logs hold none, which is seen without looking at each line.
    let suspects: Vec<&Personal> = values.iter().filter(|value| value.is_in(log)).collect();
    let lines = log.lines().enumerate();
    let found = lines.flat_map(|(at, text)| {
        let held = suspects.iter().filter(|value| value.is_in(text));
        held.map(move |value| Leak { file: PathBuf::new(), line: at + 1, kind: value.kind, text: text.to_owned() })
    });
    found.collect()
}

/// What a folder of logs came to.
#[derive(Debug, Default)]
pub struct Searched {
    /// How many logs there were.
    pub logs: usize,
    /// How many bytes they have.
    pub bytes: usize,
    /// How many values were looked for.
    pub values: usize,
    /// The lines that hold one.
    pub leaks: Vec<Leak>,
}

/// Searches every log of the folder for the values of its own test.
///
/// # Errors
/// When a file cannot be read.
pub fn search(folder: &Path) -> io::Result<Searched> {
    let mut searched = Searched::default();
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.path());
    }
    names.sort();
    let ending = |path: &Path, ending: &str| path.extension().is_some_and(|found| found == ending);
    for list in names.iter().filter(|path| ending(path, VALUES)) {
        let values: BTreeSet<Personal> = fs::read_to_string(list)?.lines().filter_map(Personal::parse).collect();
        searched.values += values.len();
        let owner = format!("{}-", list.file_stem().unwrap_or_default().to_string_lossy());
        let is_own = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&owner));
        for path in names.iter().filter(|path| ending(path, LOG) && is_own(path)) {
            let log = String::from_utf8_lossy(&fs::read(path)?).into_owned();
            searched.logs += 1;
            searched.bytes += log.len();
            let found = leaks_in(&log, &values);
            searched.leaks.extend(found.into_iter().map(|leak| Leak { file: path.clone(), ..leak }));
        }
    }
    Ok(searched)
}

/// Where one test writes its log; a test has several when it starts several programs.
pub fn log_file(folder: &Path, test: &str, program: &str) -> PathBuf {
    folder.join(format!("{test}-{program}.{LOG}"))
}

/// Where one test lists the personal values that it has used.
pub fn values_file(folder: &Path, test: &str) -> PathBuf {
    folder.join(format!("{test}.{VALUES}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Folder;

    fn values() -> BTreeSet<Personal> {
        let used = [
            (Kind::Number, "064190000123"),
            (Kind::Phone, "0912 345 678"),
            (Kind::Words, "Rơ Châm H'Lan"),
            (Kind::Email, "nguoi-1@vi-du.example"),
            (Kind::Code, "482913"),
            (Kind::Secret, "Mật-khẩu-9!"),
            (Kind::Secret, "0123456789abcdef0123456789abcdef"),
            (Kind::Secret, "a\"b\\c-d"),
        ];
        used.into_iter().filter_map(|(kind, text)| Personal::new(kind, text)).collect()
    }

    #[test]
    fn a_line_with_something_personal_is_found_however_it_is_written() {
        for (line, kind) in [
            (r#"{"level":"INFO","fields":{"message":"Signed 064190000123 in"}}"#, Kind::Number),
            ("INFO phone=+84912345678 Sent", Kind::Phone),
            ("INFO phone=0912345678 Sent", Kind::Phone),
            ("INFO phone=84912345678", Kind::Phone),
            ("WARN name=\"Rơ Châm H'Lan\"", Kind::Words),
            ("WARN uri=/x?ten=R%C6%A1%20Ch%C3%A2m%20H%27Lan", Kind::Words),
            ("WARN body=full_name=R%C6%A1+Ch%C3%A2m+H%27Lan&x", Kind::Words),
            ("DEBUG to <nguoi-1@vi-du.example>", Kind::Email),
            ("DEBUG email=nguoi-1%40vi-du.example", Kind::Email),
            ("DEBUG code=482913", Kind::Code),
            (r#"{"text":"Ma xac nhan la 482913."}"#, Kind::Code),
            ("DEBUG password=M%E1%BA%ADt-kh%E1%BA%A9u-9%21", Kind::Secret),
            ("DEBUG cookie: motcua-province=0123456789abcdef0123456789abcdef; x", Kind::Secret),
            (r#"{"password":"a\"b\\c-d"}"#, Kind::Secret),
        ] {
            let log = format!("INFO Started\n{line}\nINFO Stopped\n");
            let leaks = leaks_in(&log, &values());
            assert_eq!(leaks.len(), 1, "{line}");
            assert_eq!((leaks[0].line, leaks[0].kind), (2, kind), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_none() {
        for line in [
            "INFO micros=482913 Answered a request",
            r#"{"route":"/dang-nhap","status":303,"micros":482913}"#,
            "INFO id=00482913ff Answered",
            "2026-11-23T01:00:00.482913Z  INFO Started",
            "INFO job=4829131",
            "INFO Mat-khau",
        ] {
            assert_eq!(leaks_in(line, &values()), Vec::new(), "{line}");
        }
        for (kind, text) in [
            (Kind::Number, "abc"),
            (Kind::Number, "12345678"),
            (Kind::Phone, "12ab"),
            (Kind::Words, "An"),
            (Kind::Secret, "sai"),
            (Kind::Secret, "a\nbcdefg"),
            (Kind::Code, "12345"),
            (Kind::Code, "abcdef"),
        ] {
            assert_eq!(Personal::new(kind, text), None, "{text}");
        }
    }

    #[test]
    fn each_log_of_a_folder_is_searched_for_the_values_of_its_test() {
        let folder = Folder::create("motcua-run-logs-").unwrap();
        let write = |path: PathBuf, text: &str| fs::write(path, text).unwrap();
        let list: String = values().iter().map(Personal::line).collect();
        write(values_file(folder.path(), "1"), &list);
        write(log_file(folder.path(), "1", "portal"), "INFO Started\nINFO Stopped\n");
        // Another test's, in which the same six digits mean nothing.
        write(values_file(folder.path(), "11"), "");
        write(log_file(folder.path(), "11", "portal"), "DEBUG code=482913\n");
        let clean = search(folder.path()).unwrap();
        assert_eq!((clean.logs, clean.values, clean.leaks), (2, 8, Vec::new()));
        write(log_file(folder.path(), "1", "motcua-1"), "INFO Started\n\nWARN number=064190000123\n");
        let searched = search(folder.path()).unwrap();
        assert_eq!(searched.leaks.len(), 1);
        let told = searched.leaks[0].to_string();
        assert!(told.contains("1-motcua-1.log:3: a number in the log: WARN number="), "{told}");
    }
}

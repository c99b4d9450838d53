//! Reads SMTP commands (RFC 5321, with SIZE, 8BITMIME and SMTPUTF8).

/// RFC 5321, section 4.5.3.1.3: a path has at most 256 octets, its brackets included.
const MOST_ADDRESS_BYTES: usize = 254;

/// What the client wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Hello(String),
    ExtendedHello(String),
    Mail(MailCommand),
    Recipient(String),
    Data,
    Reset,
    Noop,
    Quit,
    Verify,
    Help,
}

/// `MAIL FROM:<sender> parameters`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct MailCommand {
    /// Empty for a notice that must not be answered.
    pub(crate) sender: String,
    pub(crate) size: Option<u64>,
    pub(crate) is_utf8: bool,
}

/// Why a line is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misread {
    Unknown,
    NotOffered,
    Syntax,
    Parameter,
    Sender,
    Recipient,
    NeedsUtf8,
}

impl Misread {
    pub(crate) fn reply(self) -> &'static str {
        match self {
            Self::Unknown => "500 5.5.2 I do not know this command",
            Self::NotOffered => "502 5.5.1 I do not offer this command",
            Self::Syntax => "501 5.5.4 This command has another form",
            Self::Parameter => "555 5.5.4 I do not know this parameter",
            Self::Sender => "501 5.1.7 This sender is not an address",
            Self::Recipient => "501 5.1.3 This recipient is not an address",
            Self::NeedsUtf8 => "553 5.6.7 This address needs SMTPUTF8",
        }
    }
}

/// Reads one line; `utf8_agreed` says whether this mail was announced with SMTPUTF8.
pub(crate) fn parse(line: &[u8], utf8_agreed: bool) -> Result<Command, Misread> {
    let line = str::from_utf8(line).map_err(|_| Misread::Unknown)?;
    if line.chars().any(|c| c.is_control() && c != '\t') {
        return Err(Misread::Unknown);
    }
    let (verb, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let rest = rest.trim();
    match verb.to_ascii_uppercase().as_str() {
        "HELO" => parse_name(rest).map(Command::Hello),
        "EHLO" => parse_name(rest).map(Command::ExtendedHello),
        "MAIL" => parse_mail(rest).map(Command::Mail),
        "RCPT" => parse_recipient(rest, utf8_agreed).map(Command::Recipient),
        "DATA" => without_argument(rest, Command::Data),
        "RSET" => without_argument(rest, Command::Reset),
        "QUIT" => without_argument(rest, Command::Quit),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Verify),
        "HELP" => Ok(Command::Help),
        "EXPN" | "STARTTLS" | "AUTH" | "BDAT" | "ETRN" => Err(Misread::NotOffered),
        _ => Err(Misread::Unknown),
    }
}

fn without_argument(rest: &str, command: Command) -> Result<Command, Misread> {
    if rest.is_empty() { Ok(command) } else { Err(Misread::Syntax) }
}

fn parse_name(name: &str) -> Result<String, Misread> {
    let is_name = !name.is_empty() && name.len() <= 255 && name.bytes().all(|byte| byte.is_ascii_graphic());
    if is_name { Ok(name.to_owned()) } else { Err(Misread::Syntax) }
}

fn parse_mail(rest: &str) -> Result<MailCommand, Misread> {
    let (sender, parameters) = split_path(rest, "FROM:", Misread::Sender)?;
    let mut mail = MailCommand { sender: sender.to_owned(), ..MailCommand::default() };
    for parameter in parameters.split_whitespace() {
        let (keyword, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (keyword.to_ascii_uppercase().as_str(), value) {
            ("SIZE", digits) => {
                let is_number = (1..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
                if !is_number {
                    return Err(Misread::Syntax);
                }
                mail.size = Some(digits.parse().unwrap_or(u64::MAX));
            }
            ("BODY", body) if body.eq_ignore_ascii_case("8BITMIME") || body.eq_ignore_ascii_case("7BIT") => {}
            ("BODY", _) => return Err(Misread::Syntax),
            ("SMTPUTF8", "") => mail.is_utf8 = true,
            _ => return Err(Misread::Parameter),
        }
    }
    if !mail.sender.is_empty() {
        check_address(&mail.sender, mail.is_utf8, Misread::Sender)?;
    }
    Ok(mail)
}

fn parse_recipient(rest: &str, utf8_agreed: bool) -> Result<String, Misread> {
    let (recipient, parameters) = split_path(rest, "TO:", Misread::Recipient)?;
    if !parameters.trim().is_empty() {
        return Err(Misread::Parameter);
    }
    // RFC 5321, section 4.1.1.3: the one recipient that needs no domain.
    if !recipient.eq_ignore_ascii_case("postmaster") {
        check_address(recipient, utf8_agreed, Misread::Recipient)?;
    }
    Ok(recipient.to_owned())
}

/// `FROM:<path> parameters` as path and parameters; a source route is left out, as the RFC says.
fn split_path<'a>(rest: &'a str, keyword: &str, malformed: Misread) -> Result<(&'a str, &'a str), Misread> {
    let start = rest.get(..keyword.len()).ok_or(Misread::Syntax)?;
    if !start.eq_ignore_ascii_case(keyword) {
        return Err(Misread::Syntax);
    }
    let path = rest[keyword.len()..].trim_start().strip_prefix('<').ok_or(Misread::Syntax)?;
    let end = end_of_path(path).ok_or(Misread::Syntax)?;
    let parameters = &path[end + 1..];
    if !parameters.is_empty() && !parameters.starts_with([' ', '\t']) {
        return Err(Misread::Syntax);
    }
    let path = &path[..end];
    match path.strip_prefix('@') {
        Some(route) => route.split_once(':').map(|(_, address)| (address, parameters)).ok_or(malformed),
        None => Ok((path, parameters)),
    }
}

/// The closing bracket, which does not count within a quoted name.
fn end_of_path(path: &str) -> Option<usize> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (index, c) in path.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return Some(index),
            _ => {}
        }
    }
    None
}

fn check_address(address: &str, is_utf8: bool, malformed: Misread) -> Result<(), Misread> {
    if !address.is_ascii() && !is_utf8 {
        return Err(Misread::NeedsUtf8);
    }
    let (local, domain) = address.rsplit_once('@').ok_or(malformed)?;
    let is_quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    let local_fits = is_quoted
        || (!local.is_empty() && !local.contains([' ', '\t', '"', '<', '>', '(', ')', ',', ';', ':', '@', '\\']));
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    let domain_fits = is_literal
        || domain
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || !c.is_ascii()));
    if local_fits && domain_fits && address.len() <= MOST_ADDRESS_BYTES { Ok(()) } else { Err(malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(sender: &str, size: Option<u64>, is_utf8: bool) -> Result<Command, Misread> {
        Ok(Command::Mail(MailCommand { sender: sender.to_owned(), size, is_utf8 }))
    }

    #[test]
    fn commands_are_read_in_any_case() {
        let cases = [
            ("EHLO may-chu.vn", Ok(Command::ExtendedHello("may-chu.vn".to_owned()))),
            ("helo [127.0.0.1]", Ok(Command::Hello("[127.0.0.1]".to_owned()))),
            ("mail from:<a@b.vn>", mail("a@b.vn", None, false)),
            ("MAIL FROM: <a@b.vn> size=10 body=8BITMIME", mail("a@b.vn", Some(10), false)),
            ("MAIL FROM:<>", mail("", None, false)),
            ("MAIL FROM:<ngân@b.vn> SMTPUTF8", mail("ngân@b.vn", None, true)),
            ("MAIL FROM:<@x.vn,@y.vn:a@b.vn>", mail("a@b.vn", None, false)),
            ("RCPT TO:<\"a > b\"@c.vn>", Ok(Command::Recipient("\"a > b\"@c.vn".to_owned()))),
            ("RCPT TO:<Postmaster>", Ok(Command::Recipient("Postmaster".to_owned()))),
            ("RCPT TO:<a@[127.0.0.1]>", Ok(Command::Recipient("a@[127.0.0.1]".to_owned()))),
            ("DATA ", Ok(Command::Data)),
            ("NOOP anything", Ok(Command::Noop)),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line.as_bytes(), false), expected, "{line}");
        }
    }

    #[test]
    fn misread_lines_say_why() {
        let long = format!("RCPT TO:<{}@b.vn>", "a".repeat(300));
        let cases: [(&[u8], Misread); 26] = [
            (b"", Misread::Unknown),
            (b"\xff\xfe", Misread::Unknown),
            (b"NOOP\0", Misread::Unknown),
            (b"GET / HTTP/1.1", Misread::Unknown),
            (b"STARTTLS", Misread::NotOffered),
            (b"AUTH PLAIN AAA=", Misread::NotOffered),
            (b"EHLO", Misread::Syntax),
            (b"EHLO a b", Misread::Syntax),
            (b"DATA now", Misread::Syntax),
            (b"MAIL", Misread::Syntax),
            (b"MAIL FROM:a@b.vn", Misread::Syntax),
            (b"MAIL FROM:<a@b.vn", Misread::Syntax),
            (b"MAIL FROM:<a@b.vn>SIZE=1", Misread::Syntax),
            (b"MAIL FROM:<a@b.vn> SIZE=-1", Misread::Syntax),
            (b"MAIL FROM:<a@b.vn> BODY=BINARYMIME", Misread::Syntax),
            (b"MAIL FROM:<a@b.vn> RET=FULL", Misread::Parameter),
            (b"MAIL FROM:<a>", Misread::Sender),
            (b"MAIL FROM:<@x.vn>", Misread::Sender),
            (b"MAIL FROM:<\xc3\xa2@b.vn>", Misread::NeedsUtf8),
            (b"RCPT TO:<>", Misread::Recipient),
            (b"RCPT TO:<a b@c.vn>", Misread::Recipient),
            (b"RCPT TO:<a@b..vn>", Misread::Recipient),
            (b"RCPT TO:<a@>", Misread::Recipient),
            (b"RCPT TO:<\xc3\xa2@b.vn>", Misread::NeedsUtf8),
            (b"RCPT TO:<a@b.vn> NOTIFY=NEVER", Misread::Parameter),
            (long.as_bytes(), Misread::Recipient),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line, false), Err(expected), "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn a_size_beyond_all_numbers_is_the_largest() {
        assert_eq!(parse(b"MAIL FROM:<> SIZE=99999999999999999999", false), mail("", Some(u64::MAX), false));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_parsing_fail(line in "((?i)mail|rcpt|ehlo|data)?( FROM:| TO:)?(<|>|\"|\\\\|@|:| |=|\\.|ở|[a-z]|\\PC){0,30}") {
            let _ = parse(line.as_bytes(), true);
        }
    }
}

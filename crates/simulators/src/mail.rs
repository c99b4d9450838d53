//! Reads a received mail: the subject, the text and the links that its recipient would see.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use crate::links;

/// What a mail says.
pub(crate) struct ReadMail {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) links: Vec<String>,
}

/// Decodes the mail; what is not a mail at all is shown as it came.
pub(crate) fn read(raw: &[u8]) -> ReadMail {
    let Some(mail) = MessageParser::default().parse(raw) else {
        let text = with_plain_newlines(&String::from_utf8_lossy(raw));
        let links = links::collect(&text, None);
        return ReadMail { subject: String::new(), text, links };
    };
    let subject = mail.subject().unwrap_or_default().to_owned();
    let text = with_plain_newlines(&mail.body_text(0).unwrap_or_default());
    let html = mail.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) if part.attachment_name().is_none() => Some(html.as_ref()),
        _ => None,
    });
    let links = links::collect(&text, html);
    ReadMail { subject, text, links }
}

/// Lines ended by `\n`, none of them empty at the end: transport adds line ends there.
fn with_plain_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALTERNATIVE: &str = "From: =?utf-8?b?TeG7mXQgQ+G7rWE=?= <mot.cua@gialai.example>\r\n\
        To: an@example.vn\r\n\
        Subject: =?utf-8?b?WMOhYyBuaOG6rW4=?= =?utf-8?q?_t=C3=A0i_kho=E1=BA=A3n?=\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\
        \r\n\
        --=_b\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        \r\n\
        M=E1=BB=9F https://a.vn/x?y=3D1 =\r\n\
        để xác nhận.\r\n\
        --=_b\r\n\
        Content-Type: text/html; charset=utf-8\r\n\
        Content-Transfer-Encoding: base64\r\n\
        \r\n\
        PGEgaHJlZj0iaHR0cHM6Ly9hLnZuL3oiPng8L2E+\r\n\
        --=_b--\r\n";

    #[test]
    fn both_encodings_and_encoded_words_are_decoded() {
        let mail = read(ALTERNATIVE.as_bytes());
        assert_eq!(mail.subject, "Xác nhận tài khoản");
        assert_eq!(mail.text, "Mở https://a.vn/x?y=1 để xác nhận.");
        assert_eq!(mail.links, ["https://a.vn/x?y=1", "https://a.vn/z"]);
    }

    #[test]
    fn a_formatted_mail_without_text_still_has_one() {
        let mail = read(b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Ch\xc3\xa0o <b>An</b></p>\r\n");
        assert_eq!(mail.text.trim(), "Chào An");
    }

    #[test]
    fn what_is_no_mail_is_shown_as_it_came() {
        assert_eq!(read(b"").text, "");
        let _ = read(b"\xff\xfe\x00\x01");
        let _ = read(&[b'\n'; 1000]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_reading_fail(raw in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let _ = read(&raw);
        }
    }
}

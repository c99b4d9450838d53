//! Finds the web addresses in a text and in a formatted mail.

/// More links than this in one message are not kept.
const MOST_LINKS: usize = 200;

/// A stretch of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

/// The links of a message: those of the text, then those that only the formatted version has.
pub(crate) fn collect(text: &str, html: Option<&str>) -> Vec<String> {
    let in_text = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Link(link) => Some(link.to_owned()),
        Piece::Words(_) => None,
    });
    let in_html = html.map(hyperlinks).unwrap_or_default();
    let mut links: Vec<String> = Vec::new();
    for link in in_text.chain(in_html) {
        if links.len() < MOST_LINKS && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Cuts a text into words and links; together they are the text again.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, length)) = find_link(rest) {
        if start > 0 {
            pieces.push(Piece::Words(&rest[..start]));
        }
        pieces.push(Piece::Link(&rest[start..start + length]));
        rest = &rest[start + length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// Where the first link starts, and how many bytes it has.
fn find_link(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + find_ignoring_case(&text[from..], "http")?;
        let rest = &text[start..];
        if let Some(scheme) = scheme_length(rest) {
            let end = rest.find(ends_link).unwrap_or(rest.len());
            let link = without_closing_marks(&rest[..end]);
            if link.len() > scheme {
                return Some((start, link.len()));
            }
        }
        from = start + "http".len();
    }
}

fn scheme_length(text: &str) -> Option<usize> {
    ["http://", "https://"].into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(scheme.len())
    })
}

fn ends_link(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '“' | '”' | '«' | '»')
}

/// A sentence's marks after a link are not part of it; a bracket is when it was opened within.
fn without_closing_marks(link: &str) -> &str {
    let mut link = link;
    while let Some(last) = link.chars().next_back() {
        let closes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '*' | '_' => true,
            ')' => link.matches(')').count() > link.matches('(').count(),
            ']' => link.matches(']').count() > link.matches('[').count(),
            _ => false,
        };
        if !closes {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link
}

/// The web addresses in `href` attributes.
fn hyperlinks(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut rest = html;
    while let Some(at) = find_ignoring_case(rest, "href") {
        rest = &rest[at + "href".len()..];
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
            None => value.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default(),
        };
        let link = without_character_references(value.trim());
        if scheme_length(&link).is_some() && links.len() < MOST_LINKS {
            links.push(link);
        }
    }
    links
}

/// The few references that occur in addresses.
fn without_character_references(value: &str) -> String {
    let value = value.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    value.replace("&#38;", "&").replace("&#x26;", "&").replace("&amp;", "&")
}

fn find_ignoring_case(text: &str, ascii: &str) -> Option<usize> {
    // Every byte of `ascii` is a whole character, so a match starts and ends between characters.
    text.as_bytes().windows(ascii.len()).position(|window| window.eq_ignore_ascii_case(ascii.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_end_where_a_reader_would_end_them() {
        let cases = [
            ("Mở http://127.0.0.1:8001/xac-nhan?ma=abc&x=1 để xác nhận", "http://127.0.0.1:8001/xac-nhan?ma=abc&x=1"),
            ("Xem https://a.vn/b.", "https://a.vn/b"),
            ("(xem https://a.vn/b)", "https://a.vn/b"),
            ("https://a.vn/b_(c)", "https://a.vn/b_(c)"),
            ("<https://a.vn/b>,", "https://a.vn/b"),
            ("HTTPS://A.vn/ hết", "HTTPS://A.vn/"),
            ("“https://a.vn/hồ-sơ”", "https://a.vn/hồ-sơ"),
            ("https://a.vn?", "https://a.vn"),
        ];
        for (text, link) in cases {
            assert_eq!(collect(text, None), [link], "{text}");
        }
    }

    #[test]
    fn other_schemes_and_empty_addresses_are_words() {
        for text in [
            "",
            "http://",
            "https:// a",
            "http",
            "httphttp",
            "javascript:alert(1)",
            "ftp://a.vn",
            "http:/a",
            "http://.",
        ] {
            assert_eq!(collect(text, None), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            collect("", Some("<a href='javascript:alert(1)'>x</a><a href>y</a><a href=\"")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn formatted_links_follow_the_texts_and_each_comes_once() {
        let html =
            "<a HREF = \"https://a.vn/?x=1&amp;y=2\">a</a> <a href='https://b.vn/'>b</a> <a href=https://c.vn/>c</a>";
        let links = collect("https://b.vn/ https://b.vn/", Some(html));
        assert_eq!(links, ["https://b.vn/", "https://a.vn/?x=1&y=2", "https://c.vn/"]);
    }

    proptest::proptest! {
        #[test]
        fn the_pieces_are_the_text_again(text in "(h|t|p|s|:|/|\\.|\\(|\\)| |ở|http://|HTTPS://|\\PC){0,40}") {
            let again: String = pieces(&text).iter().map(|piece| match piece {
                Piece::Words(words) => *words,
                Piece::Link(link) => *link,
            }).collect();
            proptest::prop_assert_eq!(again, text);
        }
    }
}

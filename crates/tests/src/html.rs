//! Just enough HTML to read what our own pages say: elements, forms, links and the text that a person sees.

/// One opening tag with its attributes, in document order.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The name in lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, empty when it stands without one.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the attribute stands there, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub enum Piece {
    /// An opening tag.
    Open(Tag),
    /// A closing tag.
    Close(String),
    /// Text between tags, its entities decoded.
    Text(String),
}

/// Cuts a page into tags and text; comments, scripts and styles are left out.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(decode(&rest[..at])));
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = after(comment, "-->");
        } else if let Some(closing) = rest.strip_prefix("</") {
            let end = closing.find('>').unwrap_or(closing.len());
            pieces.push(Piece::Close(closing[..end].trim().to_ascii_lowercase()));
            rest = after(closing, ">");
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, remaining) = open_tag(&rest[1..]);
            rest = match tag.name.as_str() {
                "script" => after(remaining, "</script>"),
                "style" => after(remaining, "</style>"),
                _ => remaining,
            };
            pieces.push(Piece::Open(tag));
        } else {
            // A doctype, or a lone `<`.
            rest = if rest.starts_with("<!") { after(rest, ">") } else { &rest[1..] };
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(decode(rest)));
    }
    pieces
}

/// The text of the page's body as a person reads it: one space between words, blocks apart.
pub fn visible_text(html: &str) -> String {
    let mut text = String::new();
    let mut in_head = false;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name == "head" => in_head = true,
            Piece::Close(name) if name == "head" => in_head = false,
            Piece::Text(part) if !in_head => text.push_str(&part),
            Piece::Open(tag) if !is_inline(&tag.name) => text.push(' '),
            Piece::Close(name) if !is_inline(&name) => text.push(' '),
            _ => {}
        }
    }
    one_spaced(&text)
}

/// The text inside every element called `name`.
pub fn texts_of(html: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name == name => open = Some(String::new()),
            Piece::Close(closed) if closed == name => found.extend(open.take().map(|text| one_spaced(&text))),
            Piece::Text(part) => {
                if let Some(text) = &mut open {
                    text.push_str(&part);
                }
            }
            _ => {}
        }
    }
    found
}

/// Every link with its text.
pub fn links(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name == "a" => {
                open = tag.attribute("href").map(|href| (String::new(), href.to_owned()));
            }
            Piece::Close(name) if name == "a" => {
                found.extend(open.take().map(|(text, href)| (one_spaced(&text), href)));
            }
            Piece::Text(part) => {
                if let Some((text, _)) = &mut open {
                    text.push_str(&part);
                }
            }
            _ => {}
        }
    }
    found
}

/// Text with every run of white space made one space.
pub fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 14] =
        ["a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "time"];
    INLINE.contains(&name)
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.find(mark).map_or("", |at| &text[at + mark.len()..])
}

fn open_tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (Tag { name, attributes }, rest);
        }
        if let Some(remaining) = rest.strip_prefix('>') {
            return (Tag { name, attributes }, remaining);
        }
        let (attribute, remaining) = attribute(rest);
        attributes.push(attribute);
        rest = remaining;
    }
}

fn attribute(text: &str) -> ((String, String), &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '=' || c == '>' || c == '/').unwrap_or(text.len());
    // A stray `=` would otherwise never be consumed.
    let end = end.max(1);
    let name = text[..end].to_ascii_lowercase();
    let Some(value) = text[end..].trim_start().strip_prefix('=') else {
        return ((name, String::new()), &text[end..]);
    };
    let value = value.trim_start();
    let (value, rest) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = &value[1..];
            let end = inner.find(quote).unwrap_or(inner.len());
            (&inner[..end], inner.get(end + 1..).unwrap_or(""))
        }
        _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
    };
    ((name, decode(value)), rest)
}

/// Text with its character references resolved: the few names that our templates write, and all numbers.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest[1..].find(';').filter(|end| *end < 12).and_then(|end| {
            let character = referred(&rest[1..=end])?;
            Some((character, end + 2))
        });
        let (character, length) = reference.unwrap_or(('&', 1));
        decoded.push(character);
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    decoded
}

fn referred(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_text_leaves_out_scripts_and_keeps_words_whole() {
        let html = "<!doctype html><head><title>T</title></head><body><!-- no --><script>if (a<b) {}</script>\
            <h1>Mã <b>hồ</b> sơ:</h1><p>H21.58&#x2f;<span>1</span>&nbsp;&lt;x&gt;</p></body>";
        assert_eq!(visible_text(html), "Mã hồ sơ: H21.58/1 <x>");
    }

    #[test]
    fn attributes_are_read_with_any_quotes_and_with_none() {
        let html = r#"<input type=hidden name='a b' value="1 &amp; 2" required/>"#;
        let Some(Piece::Open(tag)) = pieces(html).pop() else { panic!("no tag") };
        assert_eq!(tag.attribute("type"), Some("hidden"));
        assert_eq!(tag.attribute("name"), Some("a b"));
        assert_eq!(tag.attribute("value"), Some("1 & 2"));
        assert!(tag.has("required") && !tag.has("disabled"));
    }

    #[test]
    fn links_and_headings_have_their_text() {
        let html = "<h1>\n Tra cứu\n</h1><a href=/x>Xem <b>thêm</b></a><a name=y>không</a>";
        assert_eq!(texts_of(html, "h1"), ["Tra cứu"]);
        assert_eq!(links(html), [("Xem thêm".to_owned(), "/x".to_owned())]);
    }

    #[test]
    fn broken_markup_ends() {
        for html in
            ["<", "<a", "<a =", "<a href", "<a href=", "<a href='", "<!--", "</", "<script>", "&", "&#x;", "a<3"]
        {
            pieces(html);
        }
    }
}

//! A form as it stands on a page: its controls with their values, to be filled in and sent back like a browser does.

use crate::html::{Piece, Tag, pieces};

/// A `<form>` and what a browser would send for it.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes, empty for the page itself.
    pub action: String,
    /// `GET` or `POST`.
    pub method: String,
    /// Whether it is sent as `multipart/form-data`.
    pub multipart: bool,
    controls: Vec<Control>,
}

#[derive(Debug, Clone)]
struct Control {
    name: String,
    kind: Kind,
    values: Vec<Value>,
    /// For radio buttons, boxes and lists: what may be chosen.
    choices: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hidden,
    Text,
    Choice,
    File,
    Button,
}

/// What is sent under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text of a field.
    Text(String),
    /// A chosen file.
    File(FilePart),
}

/// A file as a browser sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The name on the person's machine.
    pub file_name: String,
    /// What the browser says it is.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl FilePart {
    /// A file with a name, a media type and a content.
    pub fn new(file_name: &str, media_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { file_name: file_name.to_owned(), media_type: media_type.to_owned(), bytes: bytes.into() }
    }

    /// What a browser sends for an upload field that nobody touched.
    pub fn none() -> Self {
        Self::new("", "application/octet-stream", [])
    }
}

impl Form {
    /// Fills in a text, a choice or a list; panics when the page offers no such field or choice, since a person could not do it.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let control = self.control(name);
        let choosable = control.choices.iter().any(|choice| choice == value);
        assert!(
            control.kind != Kind::Choice || choosable,
            "the field {name} offers {:?}, not {value:?}",
            control.choices
        );
        control.values = vec![Value::Text(value.to_owned())];
        self
    }

    /// Answers every question that has no answer yet, as a person would who has something to say to each: the first of
    /// what is offered, a name where a name is asked, a day, a number.
    #[must_use]
    pub fn fill_rest(mut self) -> Self {
        for control in &mut self.controls {
            let is_empty = control.values.iter().all(|value| *value == Value::Text(String::new()));
            let answer = match control.kind {
                Kind::Choice => control.choices.iter().find(|choice| !choice.is_empty()).cloned(),
                Kind::Text => Some(plausible(&control.name).to_owned()),
                Kind::Hidden | Kind::File | Kind::Button => None,
            };
            if let Some(answer) = answer.filter(|_| is_empty) {
                control.values = vec![Value::Text(answer)];
            }
        }
        self
    }

    /// Ticks one more box of a group.
    #[must_use]
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        let control = self.control(name);
        assert!(
            control.choices.iter().any(|choice| choice == value),
            "{name} offers {:?}, not {value:?}",
            control.choices
        );
        control.values.push(Value::Text(value.to_owned()));
        self
    }

    /// Clears a box or a field.
    #[must_use]
    pub fn clear(mut self, name: &str) -> Self {
        self.control(name).values.clear();
        self
    }

    /// Chooses one more file for an upload field.
    #[must_use]
    pub fn upload(mut self, name: &str, file: FilePart) -> Self {
        let control = self.control(name);
        assert_eq!(control.kind, Kind::File, "the field {name} takes no file");
        control.values.retain(|value| *value != Value::File(FilePart::none()));
        control.values.push(Value::File(file));
        self
    }

    /// Presses the button with this name and value; panics when there is none.
    #[must_use]
    pub fn press(mut self, name: &str, value: &str) -> Self {
        let pressed = self
            .controls
            .iter_mut()
            .find(|control| control.kind == Kind::Button && control.name == name && control.choices == [value]);
        let pressed = pressed.unwrap_or_else(|| panic!("no button {name}={value}"));
        pressed.values = vec![Value::Text(value.to_owned())];
        self
    }

    /// Sends something that the page does not offer, as an attacker would.
    #[must_use]
    pub fn forge(mut self, name: &str, value: &str) -> Self {
        self.controls.retain(|control| control.name != name);
        let values = vec![Value::Text(value.to_owned())];
        self.controls.push(Control { name: name.to_owned(), kind: Kind::Hidden, values, choices: Vec::new() });
        self
    }

    /// The value that the page put into a field; `None` when there is no such field or it is empty of values.
    pub fn value(&self, name: &str) -> Option<&str> {
        let control = self.controls.iter().find(|control| control.name == name)?;
        match control.values.first()? {
            Value::Text(text) => Some(text),
            Value::File(_) => None,
        }
    }

    /// The names of all controls, in the order of the page.
    pub fn names(&self) -> Vec<&str> {
        self.controls.iter().map(|control| control.name.as_str()).collect()
    }

    /// The choices of a list, of boxes or of radio buttons.
    pub fn choices(&self, name: &str) -> Vec<&str> {
        let named = self.controls.iter().filter(|control| control.name == name);
        named.flat_map(|control| &control.choices).map(String::as_str).collect()
    }

    /// What is sent, in the order of the page.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        let named = self.controls.iter().filter(|control| !control.name.is_empty());
        named.flat_map(|control| control.values.iter().map(|value| (control.name.as_str(), value)))
    }

    fn control(&mut self, name: &str) -> &mut Control {
        let names = self.names().join(", ");
        let found = self.controls.iter_mut().find(|control| control.name == name && control.kind != Kind::Button);
        found.unwrap_or_else(|| panic!("the form to {:?} has no field {name}; it has: {names}", self.action))
    }

    fn add(&mut self, control: Control) {
        // Radio buttons and boxes of one name are one question.
        let same = self
            .controls
            .iter_mut()
            .find(|known| known.kind == Kind::Choice && control.kind == Kind::Choice && known.name == control.name);
        match same {
            Some(known) => {
                known.values.extend(control.values);
                known.choices.extend(control.choices);
            }
            None => self.controls.push(control),
        }
    }
}

/// Every form of the page; a control outside belongs to the form that its `form` attribute names.
pub fn forms(html: &str) -> Vec<Form> {
    let mut reader = Reader::default();
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => reader.open(&tag),
            Piece::Close(name) => reader.close(&name),
            Piece::Text(text) => reader.text(&text),
        }
    }
    reader.forms.into_iter().map(|(_, form)| form).collect()
}

#[derive(Default)]
struct Reader {
    /// Each form with its id.
    forms: Vec<(Option<String>, Form)>,
    current: Option<usize>,
    /// The list or text area that is being read, with the form that it belongs to.
    pending: Option<(usize, Control)>,
    option: Option<(Option<String>, bool, String)>,
}

impl Reader {
    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "form" => self.open_form(tag),
            "input" | "button" => {
                if let (Some(owner), Some(control)) = (self.owner(tag), input(tag)) {
                    self.forms[owner].1.add(control);
                }
            }
            "select" | "textarea" => {
                let kind = if tag.name == "select" { Kind::Choice } else { Kind::Text };
                let name = tag.attribute("name").unwrap_or("").to_owned();
                let control = Control { name, kind, values: Vec::new(), choices: Vec::new() };
                self.pending = self.owner(tag).map(|owner| (owner, control));
                self.option = (tag.name == "textarea").then(|| (None, true, String::new()));
            }
            "option" => {
                self.end_option();
                let value = tag.attribute("value").map(str::to_owned);
                self.option = Some((value, tag.has("selected"), String::new()));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "form" => self.current = None,
            "option" => self.end_option(),
            "select" | "textarea" => {
                self.end_option();
                if let Some((owner, mut control)) = self.pending.take() {
                    // A list without a chosen line sends its first.
                    if control.kind == Kind::Choice && control.values.is_empty() {
                        control.values.extend(control.choices.first().cloned().map(Value::Text));
                    }
                    self.forms[owner].1.add(control);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, option)) = &mut self.option {
            option.push_str(text);
        }
    }

    fn open_form(&mut self, tag: &Tag) {
        let attribute = |name: &str| tag.attribute(name).unwrap_or("").to_owned();
        let form = Form {
            action: attribute("action"),
            method: if attribute("method").eq_ignore_ascii_case("post") { "POST" } else { "GET" }.to_owned(),
            multipart: attribute("enctype") == "multipart/form-data",
            controls: Vec::new(),
        };
        self.current = Some(self.forms.len());
        self.forms.push((tag.attribute("id").map(str::to_owned), form));
    }

    fn owner(&self, tag: &Tag) -> Option<usize> {
        if tag.has("disabled") {
            return None;
        }
        match tag.attribute("form") {
            Some(id) => self.forms.iter().position(|(known, _)| known.as_deref() == Some(id)),
            None => self.current,
        }
    }

    fn end_option(&mut self) {
        let Some((value, chosen, text)) = self.option.take() else {
            return;
        };
        let Some((_, control)) = &mut self.pending else {
            return;
        };
        let is_list = control.kind == Kind::Choice;
        let text = if is_list { text.trim() } else { text.strip_prefix('\n').unwrap_or(&text) };
        let value = value.unwrap_or_else(|| text.to_owned());
        if is_list {
            control.choices.push(value.clone());
        }
        if chosen {
            control.values.push(Value::Text(value));
        }
    }
}

fn input(tag: &Tag) -> Option<Control> {
    let fallback = if tag.name == "button" { "submit" } else { "text" };
    let kind = match tag.attribute("type").unwrap_or(fallback) {
        "submit" | "image" => Kind::Button,
        "button" | "reset" => return None,
        "hidden" => Kind::Hidden,
        "checkbox" | "radio" => Kind::Choice,
        "file" => Kind::File,
        _ => Kind::Text,
    };
    let name = tag.attribute("name").unwrap_or("").to_owned();
    let fallback = if kind == Kind::Choice { "on" } else { "" };
    let value = tag.attribute("value").unwrap_or(fallback).to_owned();
    let values = match kind {
        Kind::Choice if !tag.has("checked") => Vec::new(),
        Kind::Button => Vec::new(),
        Kind::File => vec![Value::File(FilePart::none())],
        Kind::Choice | Kind::Hidden | Kind::Text => vec![Value::Text(value.clone())],
    };
    let choices = if matches!(kind, Kind::Choice | Kind::Button) { vec![value] } else { Vec::new() };
    Some(Control { name, kind, values, choices })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form id="f" action="/nop-ho-so" method="post" enctype="multipart/form-data">
        <input type="hidden" name="csrf" value="t&amp;k"><input name="ho-ten" value="An">
        <input type="radio" name="nhan" value="quay" checked><input type="radio" name="nhan" value="buu-chinh">
        <input type="checkbox" name="dong-y"><select name="xa"><option value="1">Một<option selected>Hai</select>
        <textarea name="ghi-chu">
a &lt; b</textarea><input type="file" name="tep"><button name="viec" value="luu">Lưu</button>
        <input name="khoa" value="x" disabled></form><input form="f" name="ngoai" value="v">"#;

    fn sent(form: &Form) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            Value::File(file) => file.file_name.clone(),
        };
        form.entries().map(|(name, value)| format!("{name}={}", text(value))).collect()
    }

    #[test]
    fn an_untouched_form_sends_what_a_browser_would() {
        let form = &forms(PAGE)[0];
        assert_eq!((form.method.as_str(), form.multipart), ("POST", true));
        assert_eq!(sent(form), ["csrf=t&k", "ho-ten=An", "nhan=quay", "xa=Hai", "ghi-chu=a < b", "tep=", "ngoai=v"]);
    }

    #[test]
    fn filling_choosing_uploading_and_pressing_change_it() {
        let form = forms(PAGE).remove(0);
        let file = FilePart::new("a.pdf", "application/pdf", *b"%PDF");
        let form = form.fill("ho-ten", "Bình").fill("nhan", "buu-chinh").fill("dong-y", "on").fill("xa", "1");
        let form = form.upload("tep", file).press("viec", "luu").clear("ghi-chu");
        assert_eq!(
            sent(&form),
            ["csrf=t&k", "ho-ten=Bình", "nhan=buu-chinh", "dong-y=on", "xa=1", "tep=a.pdf", "viec=luu", "ngoai=v"]
        );
    }

    #[test]
    fn what_the_page_does_not_offer_cannot_be_filled_in() {
        let refuses = |act: fn(Form) -> Form| std::panic::catch_unwind(|| act(forms(PAGE).remove(0))).is_err();
        assert!(refuses(|form| form.fill("khong-co", "x")));
        assert!(refuses(|form| form.fill("nhan", "khac")));
        assert!(refuses(|form| form.press("viec", "xoa")));
        assert!(!refuses(|form| form.forge("khong-co", "x")));
    }
}

/// What somebody may answer in a field of this name.
fn plausible(name: &str) -> &'static str {
    let last = name.rsplit('.').next().unwrap_or(name);
    match last {
        "day" => "2",
        "month" => "9",
        "year" => "1990",
        _ if last.contains("year") => "1990",
        "time" => "14:05",
        "number" | "personal_number" | "id_number" | "person_id_number" => "064190000123",
        _ if last.contains("phone") => "0912 345 678",
        _ if last.contains("email") => "ten@example.com",
        "representative" => "Nguyễn Văn An",
        _ if last.contains("name") => "Nguyễn Văn An",
        // A line, an address, a count: all of them take a digit.
        _ => "1",
    }
}

//! Electronic forms: opening a page, saving what is typed, and a page of three hundred questions, which no procedure has.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use content::Content;
use domain::codes::ProcedureCode;

use crate::client::{Connection, Requests, get, send, times};
use crate::people::People;
use crate::progress::Progress;
use crate::report::{Bar, Report, Row, Section, quantile};
use crate::world::World;
use crate::{Failure, Size};

/// Thủ tục đăng ký khai sinh.
const BIRTH: &str = "1.001193";
/// The procedure whose form is replaced by a page of so many questions.
const LONG: &str = "1.001699";
const QUESTIONS: usize = 300;
/// Requests a second.
const RATE: u32 = 50;

/// A copy of the packaged content in which one form has three hundred questions, every tenth under a rule.
pub(crate) fn content_with_a_long_form(folder: &Path) -> Result<PathBuf, Failure> {
    let copy = folder.join("content");
    throwaway::copy_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content")), &copy)?;
    let procedure = copy.join("procedures").join(LONG);
    std::fs::remove_dir_all(&procedure)?;
    std::fs::create_dir(&procedure)?;
    let facts = format!(
        "code = {LONG:?}\nform_version = \"bench\"\nvalid_from = 2020-01-01\nground = \"bench\"\nsure = false\n"
    );
    std::fs::write(procedure.join("procedure.toml"), facts)?;
    let (mut properties, mut controls) = (String::new(), String::new());
    for number in 0..QUESTIONS {
        let comma = if number == 0 { "" } else { "," };
        write!(
            properties,
            "{comma}\"q{number}\": {{\"type\": \"string\", \"format\": \"line\", \"maxLength\": 100, \
             \"title\": \"Câu hỏi số {number}\", \"x-title-en\": \"Question {number}\"}}"
        )?;
        let rule = match number % 10 {
            9 => format!(
                ", \"rule\": {{\"effect\": \"SHOW\", \"condition\": {{\"scope\": \"#/properties/q{}\", \
                 \"schema\": {{\"const\": \"x\"}}}}}}",
                number - 1
            ),
            _ => String::new(),
        };
        write!(controls, "{comma}{{\"type\": \"Control\", \"scope\": \"#/properties/q{number}\"{rule}}}")?;
    }
    let schema = format!(
        "{{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"title\": \"Tờ khai dài\", \
         \"x-title-en\": \"A long form\", \"type\": \"object\", \"additionalProperties\": false, \
         \"x-ground\": \"bench\", \"properties\": {{{properties}}}}}"
    );
    std::fs::write(procedure.join("form.schema.json"), schema)?;
    let layout = format!(
        "{{\"type\": \"Categorization\", \"elements\": [{{\"type\": \"Category\", \"label\": \"Tất cả\", \
         \"x-label-en\": \"All\", \"x-key\": \"tat-ca\", \"elements\": [{controls}]}}]}}"
    );
    std::fs::write(procedure.join("form.ui.json"), layout)?;
    Ok(copy)
}

/// The times of the three.
pub(crate) async fn measure(
    world: &World,
    people: &People,
    size: Size,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    let cookie = people.citizens.first().ok_or("nobody is signed in")?;
    let content = &world.shared.content;
    let birth = Draft::begin(world.port(), content, BIRTH, cookie).await?;
    let long = Draft::begin(world.port(), content, LONG, cookie).await?;
    let child = format!("{}/to-khai/nguoi-duoc-khai-sinh", birth.address);
    let saved = format!("csrf={}&child.full_name=R%C6%A1+Ch%C3%A2m+H%27Mai&child.gender=2", birth.csrf);
    let all = format!("{}/to-khai/tat-ca", long.address);
    let cases = [
        ("a page of a form", get(&child, Some(cookie)), 50.0),
        ("saving what is typed", send(&child, cookie, &saved, true), 50.0),
        ("a page of 300 questions", get(&all, Some(cookie)), 10.0),
    ];
    for (what, request, bar) in cases {
        progress.piece(format!("{}: {what}", world.engine.name()));
        let mut taken = times(world.port(), &Requests::new(vec![request]), size.timed, RATE).await?;
        let cells = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];
        report.add(Row {
            section: Section::Times,
            engine: world.engine.name(),
            what: what.to_owned(),
            cells: cells.map(|(name, share)| (name, quantile(&mut taken, share))).to_vec(),
            bar: Some(Bar::Under("p95", bar)),
        });
    }
    Ok(())
}

/// A draft that somebody has begun.
struct Draft {
    address: String,
    csrf: String,
}

impl Draft {
    /// Begins it as a browser does, up to the owner.
    async fn begin(port: u16, content: &Content, procedure: &str, cookie: &str) -> Result<Self, Failure> {
        let agencies = content.agencies_of(&ProcedureCode::parse(procedure)?);
        let agency = agencies.first().ok_or("no agency takes the procedure")?;
        let start = format!("/nop-ho-so/{procedure}?co-quan={agency}");
        let mut connection = Connection::open(port, 1).await?;
        let page = String::from_utf8_lossy(connection.ask(&send(&start, cookie, "", false)).await?).into_owned();
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").ok_or("the page has no token")?.to_owned();
        let owner = format!(
            "csrf={csrf}&relation=self&kind=citizen&full_name=H%27Lan&number=064190009999&phone=0912345678\
             &address=Ia+Grai"
        );
        let started = connection.ask_for(&send(&start, cookie, &owner, false), "303").await?;
        let started = String::from_utf8_lossy(started).to_lowercase();
        let location = between(&started, "location: ", "\r\n").ok_or("the draft has no address")?;
        let address = location.split("/to-khai/").next().unwrap_or_default().to_owned();
        Ok(Self { address, csrf })
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split(after).next()
}

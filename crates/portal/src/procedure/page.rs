//! The two pages of a procedure: the first view, and one part of it in full.

use askama::Template;
use content::Content;
use domain::agency::{Agency, AgencyLevel};
use domain::catalogue::{Fileability, Level, NotFileable, OnlineLevel, ProcedureDetail, ProcedureSummary};
use web::errors::WebError;
use web::i18n::{Locale, TextKey, Texts};
use web::portal::Role;
use web::view::filters;
use web::view::page::{Page, Section as MenuSection};
use web::view::parts::{Link, Pagination, Tone};

use crate::procedure::budget;
use crate::procedure::part::Part;
use crate::procedure::piece::{Chunk, Piece, chunks};
use crate::procedure::section::{self, Section};
use crate::procedure::words;

/// How heavy the parts of the first view may be together, and one page of a part. Calibrated by the test of all pages:
/// with these, HTML and stylesheet stay within 14,336 bytes as they are sent (design.md §4).
const FIRST_VIEW: usize = 28_000;
const PART_PAGE: usize = 30_000;

/// The first view of a procedure.
#[derive(Template)]
#[template(path = "portal/procedure.html")]
pub(crate) struct ProcedurePage<'a> {
    pub(crate) page: Page<'a>,
    pub(crate) t: &'static Texts,
    pub(crate) procedure: &'a ProcedureSummary,
    pub(crate) crumbs: Vec<Link>,
    pub(crate) facts: [(TextKey, String); 3],
    pub(crate) filing: Filing<'a>,
    pub(crate) originals: usize,
    pub(crate) hours: String,
    pub(crate) applicants: Vec<&'a str>,
    pub(crate) parts: Vec<PartView>,
    pub(crate) record: Record<'a>,
}

/// One part as the first view shows it.
pub(crate) struct PartView {
    /// Which part.
    pub(crate) part: Part,
    /// Its content, made already.
    pub(crate) html: String,
    /// What the link to the whole part says; empty when all is here.
    pub(crate) whole: String,
}

/// Where the record comes from.
pub(crate) struct Record<'a> {
    /// Name of the field.
    pub(crate) field: &'a str,
    /// Name of the body that announced it.
    pub(crate) issuer: &'a str,
    /// The day of the packaged data.
    pub(crate) packed_on: String,
    /// Life events it belongs to.
    pub(crate) life_events: Vec<String>,
}

/// Whether and where a dossier is filed.
pub(crate) enum Filing<'a> {
    /// Here, at this address; with the agency where it is known.
    Here {
        /// Where the button leads.
        href: String,
        /// The agency that takes it, when there is only one or one was chosen.
        agency: Option<&'a str>,
    },
    /// At the province's portal.
    AtProvince {
        /// Where the button leads.
        href: String,
    },
    /// Not online here, for this reason.
    Not(NotFileable),
}

/// What a page of a procedure is made of.
pub(crate) struct Input<'a> {
    /// The packaged data.
    pub(crate) content: &'a Content,
    /// The procedure.
    pub(crate) procedure: &'a ProcedureSummary,
    /// Which portal shows it.
    pub(crate) role: Role,
    /// Address of the province's portal, for the national one.
    pub(crate) province_url: Option<&'a str>,
    /// The agency that the person came from, if it takes this procedure.
    pub(crate) agency: Option<&'a Agency>,
}

#[derive(Template)]
#[template(path = "portal/procedure_chunks.html")]
struct Chunks<'p, 'a> {
    t: &'static Texts,
    chunks: Vec<Chunk<'p, 'a>>,
    heading: u8,
    /// Marks our own words, which stand among those of the record, where their languages differ.
    ours: &'static str,
}

fn draw(pieces: &[Piece<'_>], heading: u8, t: &'static Texts) -> Result<String, WebError> {
    let ours = match t.locale() {
        Locale::Vi => "",
        Locale::En => " lang=\"en\"",
    };
    Chunks { t, chunks: chunks(pieces, t), heading, ours }.render().map_err(WebError::internal)
}

impl<'a> ProcedurePage<'a> {
    /// Makes the first view.
    pub(crate) fn new(page: Page<'a>, input: &Input<'a>) -> Result<Self, WebError> {
        let (t, procedure, content) = (page.t, input.procedure, input.content);
        let detail = content.procedures.detail(&procedure.code).ok_or_else(|| WebError::internal(Unreadable))?;
        let sections = section::sections(content, &detail, t);
        let weights: Vec<(usize, Vec<usize>)> =
            sections.iter().map(|section| (section.part.share(), section.weights())).collect();
        let shown = budget::allot(&weights, FIRST_VIEW.saturating_sub(procedure.name.len() * 2));
        let parts: Result<Vec<PartView>, WebError> =
            sections.iter().zip(shown).map(|(section, count)| part_view(section, count, t)).collect();
        let field = content.fields.find(&procedure.field_code).map_or("", |field| field.name.as_str());
        let applicants = procedure.applicant_kinds.iter().filter_map(|code| content.applicant_kinds.find(code));
        Ok(Self {
            t,
            procedure,
            crumbs: crumbs(t, &procedure.field_code, field),
            facts: [
                (TextKey("fact-time"), words::limits_in_short(&detail, t)),
                (TextKey("fact-fee"), words::fees_in_short(&detail.fees, t)),
                (TextKey("fact-level"), levels(input, t)),
            ],
            filing: filing(input),
            originals: detail.components().filter(|paper| paper.originals > 0).count(),
            hours: hours(content),
            applicants: applicants.map(|kind| kind.name.as_str()).collect(),
            parts: parts?,
            record: Record {
                field,
                issuer: content.issuers.find(&procedure.issuer_code).map_or("", |issuer| issuer.name.as_str()),
                packed_on: packed_on(content),
                life_events: detail.life_events,
            },
            page: page.in_section(MenuSection::Procedures),
        })
    }

    fn vi(&self) -> &'static str {
        vi(self.t)
    }

    fn level_tag(&self) -> (TextKey, Tone) {
        level_tag(self.procedure.online_level)
    }

    fn level_words(&self) -> TextKey {
        match self.procedure.online_level {
            OnlineLevel::Full => TextKey("level-full-words"),
            OnlineLevel::Partial => TextKey("level-partial-words"),
            OnlineLevel::None => TextKey("level-none-words"),
        }
    }

    fn is_partial(&self) -> bool {
        self.procedure.online_level == OnlineLevel::Partial
    }

    /// Why a dossier is not filed here.
    fn reason(&self, reason: &NotFileable) -> TextKey {
        match reason {
            NotFileable::Internal => TextKey("not-here-internal"),
            NotFileable::VerticalSector => TextKey("not-here-sector"),
            NotFileable::NotOfferedHere => TextKey("not-here-elsewhere"),
            NotFileable::OfflineOnly => TextKey("not-here-offline"),
            NotFileable::NoReceivingAgency => TextKey("not-here-nobody"),
        }
    }

    /// What to do instead of filing here.
    fn instead(&self, reason: &NotFileable) -> TextKey {
        match reason {
            NotFileable::Internal => TextKey("not-here-internal-instead"),
            NotFileable::VerticalSector => TextKey("not-here-sector-instead"),
            NotFileable::NotOfferedHere => TextKey("not-here-elsewhere-instead"),
            NotFileable::OfflineOnly => TextKey("not-here-offline-instead"),
            NotFileable::NoReceivingAgency => TextKey("not-here-nobody-instead"),
        }
    }

    /// The public page of the national database.
    fn public_url(&self) -> String {
        format!("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{}", self.procedure.source_id)
    }

    fn is_of_other_province(&self) -> bool {
        !self.procedure.has_detail()
    }
}

/// The name of a level of service, with its colour.
pub(crate) fn level_tag(level: OnlineLevel) -> (TextKey, Tone) {
    match level {
        OnlineLevel::Full => (TextKey("level-full"), Tone::Good),
        OnlineLevel::Partial => (TextKey("level-partial"), Tone::Active),
        OnlineLevel::None => (TextKey("level-none"), Tone::Neutral),
    }
}

/// Marks Vietnamese words inside a page of another language.
pub(crate) fn vi(t: &Texts) -> &'static str {
    match t.locale() {
        Locale::Vi => "",
        Locale::En => " lang=\"vi\"",
    }
}

/// The content was checked when it was packed.
#[derive(Debug, thiserror::Error)]
#[error("a procedure's record cannot be read")]
struct Unreadable;

fn part_view(section: &Section<'_>, mut count: usize, t: &'static Texts) -> Result<PartView, WebError> {
    let is_cut = count < section.pieces.len();
    // A heading with nothing under it says nothing.
    while is_cut && count > 0 && section.pieces[count - 1].is_head() {
        count -= 1;
    }
    let whole = match is_cut {
        true => t.f(section.part.whole().0, [("n", section.count().into())]),
        false => String::new(),
    };
    Ok(PartView { part: section.part, html: draw(&section.pieces[..count], 3, t)?, whole })
}

fn crumbs(t: &Texts, field_code: &str, field: &str) -> Vec<Link> {
    let mut crumbs = vec![Link::new("/", t.m("menu-home")), Link::new("/thu-tuc", t.m("menu-procedures"))];
    if !field.is_empty() {
        crumbs.push(Link::new(format!("/thu-tuc?linh-vuc={}", web::links::encode(field_code)), field));
    }
    crumbs
}

/// The levels at which it is carried out: those of the agencies that receive it here, else those of the record.
fn levels(input: &Input<'_>, t: &Texts) -> String {
    let agencies = &input.content.agencies;
    let mut found = [false; 3];
    for agency in input.content.agencies_of(&input.procedure.code).iter().filter_map(|code| agencies.find(code)) {
        match agency.level {
            AgencyLevel::Province => found[0] = true,
            AgencyLevel::District => found[1] = true,
            AgencyLevel::Commune => found[2] = true,
        }
    }
    let keys: Vec<TextKey> = if found == [false; 3] {
        input.procedure.levels.iter().map(level_name).collect()
    } else {
        let levels = [Level::Province, Level::District, Level::Commune];
        levels.into_iter().zip(found).filter(|(_, found)| *found).map(|(level, _)| level_name(level)).collect()
    };
    match keys.as_slice() {
        [] => t.m("limit-missing").to_owned(),
        keys => keys.iter().map(|key| t.m(key.0)).collect::<Vec<_>>().join(", "),
    }
}

/// The name of a level of administration.
pub(crate) fn level_name(level: Level) -> TextKey {
    match level {
        Level::Ministry => TextKey("tier-ministry"),
        Level::Province => TextKey("tier-province"),
        Level::District => TextKey("tier-district"),
        Level::Commune => TextKey("tier-commune"),
        Level::Other => TextKey("tier-other"),
    }
}

fn filing<'a>(input: &Input<'a>) -> Filing<'a> {
    let code = &input.procedure.code;
    match (input.content.fileability(code), input.role, input.province_url) {
        (Some(Fileability::NotHere(reason)), _, _) => Filing::Not(reason),
        (None, _, _) | (_, Role::National, None) => Filing::Not(NotFileable::NotOfferedHere),
        // The address here, which leads on: it knows who is signed in.
        (_, Role::National, Some(_)) => Filing::AtProvince { href: format!("/nop-ho-so/{code}") },
        (_, Role::Province, _) => {
            let only = match input.content.agencies_of(code) {
                [only] => input.content.agencies.find(only),
                _ => None,
            };
            match input.agency.or(only) {
                Some(agency) => Filing::Here {
                    href: format!("/nop-ho-so/{code}?co-quan={}", agency.code),
                    agency: Some(&agency.name),
                },
                None => Filing::Here { href: format!("/nop-ho-so/{code}"), agency: None },
            }
        }
    }
}

/// `07:00–11:30, 13:00–16:30`
pub(crate) fn hours(content: &Content) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let windows = content.rules.office_hours.windows().iter();
    windows.map(|window| format!("{}–{}", clock(window.opens), clock(window.closes))).collect::<Vec<_>>().join(", ")
}

/// The day of the packaged catalogue: the first part of its version.
fn packed_on(content: &Content) -> String {
    let version = &content.versions.catalogue;
    let day = version.split('.').next().unwrap_or_default();
    domain::time::Day::parse(day).map_or_else(|_| version.clone(), |day| day.vietnamese())
}

/// One part of a procedure in full, page by page.
#[derive(Template)]
#[template(path = "portal/procedure_part.html")]
pub(crate) struct PartPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    procedure: &'a ProcedureSummary,
    part: Part,
    html: String,
    pages: Pagination,
}

impl<'a> PartPage<'a> {
    /// Makes page `number` (from 1) of a part; a number beyond the last shows the last.
    pub(crate) fn new(page: Page<'a>, input: &Input<'a>, part: Part, number: usize) -> Result<Self, WebError> {
        let (t, procedure, content) = (page.t, input.procedure, input.content);
        let detail: ProcedureDetail =
            content.procedures.detail(&procedure.code).ok_or_else(|| WebError::internal(Unreadable))?;
        let section = Section { part, pieces: section::pieces(content, &detail, part, t) };
        let ranges = budget::pages(&section.weights(), PART_PAGE.saturating_sub(procedure.name.len() * 2));
        let number = number.clamp(1, ranges.len().max(1));
        let range = ranges.get(number - 1).cloned().ok_or(WebError::NotFound)?;
        let base = format!("/thu-tuc/{}/{}", procedure.code, part.slug());
        Ok(Self {
            t,
            procedure,
            part,
            html: draw(&section.pieces[range], 2, t)?,
            pages: Pagination::new(number, ranges.len(), 1, base),
            page: page.in_section(MenuSection::Procedures),
        })
    }

    fn vi(&self) -> &'static str {
        vi(self.t)
    }
}

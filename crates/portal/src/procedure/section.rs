//! A procedure's record as parts, each a list of pieces in the order in which a person reads them.

use content::Content;
use domain::agency::{Agency, AgencyKind};
use domain::catalogue::{Case, Component, ProcedureDetail, SubmissionMethod};
use domain::deadline::TimeLimit;
use web::i18n::{TextKey, Texts};

use crate::procedure::outline::{Line, LineKind, Outline, render_short};
use crate::procedure::part::Part;
use crate::procedure::piece::{FeeRow, Piece, Way, strip_mark};
use crate::procedure::words::{self, Amount};

/// A part with its pieces.
#[derive(Clone, Debug)]
pub(crate) struct Section<'a> {
    /// Which part it is.
    pub(crate) part: Part,
    /// What it holds.
    pub(crate) pieces: Vec<Piece<'a>>,
}

impl Section<'_> {
    /// The weight of each piece.
    pub(crate) fn weights(&self) -> Vec<usize> {
        self.pieces.iter().map(Piece::weight).collect()
    }

    /// How many things there are to see, headings aside.
    pub(crate) fn count(&self) -> usize {
        self.pieces.iter().filter(|piece| !piece.is_head()).count()
    }
}

/// The parts that have anything in them, in order.
pub(crate) fn sections<'a>(content: &'a Content, detail: &'a ProcedureDetail, t: &Texts) -> Vec<Section<'a>> {
    Part::ALL
        .into_iter()
        .map(|part| Section { part, pieces: pieces(content, detail, part, t) })
        .filter(|section| !section.pieces.is_empty())
        .collect()
}

/// The pieces of one part.
pub(crate) fn pieces<'a>(content: &'a Content, detail: &'a ProcedureDetail, part: Part, t: &Texts) -> Vec<Piece<'a>> {
    match part {
        Part::Papers => papers(detail),
        Part::Methods => methods(detail, t),
        Part::Where => places(content, detail, t),
        Part::Steps => steps(detail),
        Part::Conditions => text(detail.conditions.as_deref()),
        Part::Results => detail.results.iter().map(|result| Piece::Item(strip_mark(&result.name))).collect(),
        Part::LegalBasis => {
            detail.legal_basis.iter().filter_map(|id| content.legal_documents.find(id)).map(Piece::Law).collect()
        }
        Part::Remarks => text(detail.note.as_deref()),
    }
}

fn text(text: Option<&str>) -> Vec<Piece<'_>> {
    lines(Outline::parse(text.unwrap_or_default())).collect()
}

fn lines(outline: Outline<'_>) -> impl Iterator<Item = Piece<'_>> {
    outline.0.into_iter().map(Piece::Line)
}

/// The papers by group; the remarks that the source entered as papers come after them all.
fn papers(detail: &ProcedureDetail) -> Vec<Piece<'_>> {
    let mut papers = Vec::new();
    let mut remarks = Outline::default();
    for group in &detail.dossier_groups {
        let (documents, notes): (Vec<&Component>, Vec<&Component>) =
            group.components.iter().partition(|component| component.is_document());
        if !documents.is_empty() {
            papers.extend(head(&group.name));
            papers.extend(documents.into_iter().map(Piece::Paper));
        }
        if !notes.is_empty() && !is_remark_heading(&group.name) {
            let name = strip_mark(&group.name);
            if !name.is_empty() {
                remarks.0.push(Line { kind: LineKind::Heading, label: "", pieces: vec![name] });
            }
        }
        for note in notes {
            remarks.add(&note.name);
        }
    }
    if !remarks.0.is_empty() {
        papers.push(Piece::Fold(TextKey("part-papers-remarks")));
        papers.extend(lines(remarks));
    }
    papers
}

/// A short name of a group is a heading; some sources put a whole paragraph there.
fn head(name: &str) -> Vec<Piece<'_>> {
    let name = strip_mark(name);
    match name.len() {
        0 => Vec::new(),
        1..=240 => vec![Piece::Head(name)],
        _ => lines(Outline::parse(name)).collect(),
    }
}

/// Whether a group is only called «Lưu ý».
pub(super) fn is_remark_heading(name: &str) -> bool {
    let folded = domain::text::fold(strip_mark(name));
    matches!(folded.trim_end_matches([':', '.', ' ']), "" | "luu y" | "ghi chu")
}

/// The ways of filing, those that are alike together; then the fees and the cases, where they say more.
fn methods<'a>(detail: &'a ProcedureDetail, t: &Texts) -> Vec<Piece<'a>> {
    let longest = detail.cases.iter().filter_map(Case::time_limit).max_by_key(|limit| limit.approximate_minutes());
    let mut pieces = Vec::new();
    let mut told: Vec<&SubmissionMethod> = Vec::new();
    for way in &detail.submission_methods {
        if told.iter().any(|other| alike(other, way)) {
            continue;
        }
        told.push(way);
        let alike: Vec<&SubmissionMethod> =
            detail.submission_methods.iter().filter(|other| alike(other, way)).collect();
        pieces.push(Piece::Way(way_row(detail, way, &alike, longest, t)));
        pieces.extend(text(way.note.as_deref()));
    }
    let says_more = |fee: &FeeRow| !fee.note.is_empty() || fee.caution.is_some();
    let fees = fee_rows(detail, t);
    if fees.iter().any(says_more) {
        pieces.push(Piece::OurHead(TextKey("part-fees")));
        pieces.extend(fees.into_iter().map(Piece::Fee));
    }
    pieces.extend(cases(detail, t));
    pieces
}

fn alike(one: &SubmissionMethod, other: &SubmissionMethod) -> bool {
    one.processing_time == other.processing_time
        && one.processing_unit == other.processing_unit
        && one.fee_ids == other.fee_ids
        && one.note == other.note
}

fn way_row(
    detail: &ProcedureDetail,
    way: &SubmissionMethod,
    alike: &[&SubmissionMethod],
    longest: Option<TimeLimit>,
    t: &Texts,
) -> Way {
    let mut names: Vec<&str> = Vec::new();
    for other in alike {
        let name = t.m(words::method(other.method).0);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let is_numbered = detail.fees.len() > 1;
    let fees = detail.fees_of(way).map(|fee| {
        let words = format!("{}: {}", t.m(words::fee_kind(fee.kind).0), Amount::of(fee).words(t));
        if is_numbered { format!("({}) {words}", fee.id) } else { words }
    });
    Way {
        methods: names.join(" · "),
        time: words::time(&way.processing_time, way.processing_unit, longest, t),
        fees: fees.collect(),
    }
}

fn fee_rows(detail: &ProcedureDetail, t: &Texts) -> Vec<FeeRow> {
    let rows = detail.fees.iter().map(|fee| {
        let amount = Amount::of(fee);
        let note = render_short(fee.note.as_deref().unwrap_or_default());
        FeeRow {
            number: if detail.fees.len() > 1 { fee.id } else { 0 },
            kind: words::fee_kind(fee.kind),
            amount: amount.words(t),
            caution: amount.caution(!note.is_empty()),
            note,
        }
    });
    rows.collect()
}

/// The cases, unless there is only one that says nothing of its own.
fn cases<'a>(detail: &'a ProcedureDetail, t: &Texts) -> Vec<Piece<'a>> {
    let mut told: Vec<&Case> = Vec::new();
    for case in &detail.cases {
        let is_told = told.iter().any(|other| {
            other.name == case.name
                && other.processing_time == case.processing_time
                && other.processing_unit == case.processing_unit
        });
        if !is_told {
            told.push(case);
        }
    }
    let says_nothing = |case: &Case| case.name.trim() == detail.name.trim() || case.name.trim().is_empty();
    match told.as_slice() {
        [] => return Vec::new(),
        [only] if says_nothing(only) => return Vec::new(),
        _ => {}
    }
    let rows = told.into_iter().map(|case| {
        Piece::Case(strip_mark(&case.name), words::time(&case.processing_time, case.processing_unit, None, t))
    });
    std::iter::once(Piece::OurHead(TextKey("part-cases"))).chain(rows).collect()
}

/// Who carries it out by law, the address of the source, and who receives it here.
fn places<'a>(content: &'a Content, detail: &'a ProcedureDetail, t: &Texts) -> Vec<Piece<'a>> {
    let mut pieces = receivers(content, detail, t);
    if detail.is_non_territorial && !pieces.is_empty() {
        pieces.push(Piece::Says(t.m("where-anywhere").to_owned()));
    }
    let lists = [
        (TextKey("where-executing"), &detail.executing_agencies),
        (TextKey("where-competent"), &detail.competent_agencies),
        (TextKey("where-delegated"), &detail.delegated_agencies),
        (TextKey("where-coordinating"), &detail.coordinating_agencies),
    ];
    for (head, names) in lists {
        if !names.is_empty() {
            pieces.push(Piece::OurHead(head));
            pieces.extend(names.iter().map(|name| Piece::Item(strip_mark(name))));
        }
    }
    if let Some(address) = detail.receiving_address.as_deref().filter(|address| !address.trim().is_empty()) {
        pieces.push(Piece::OurHead(TextKey("where-address")));
        pieces.extend(lines(Outline::parse(address)));
    }
    pieces
}

/// The agencies of the province that receive it: by name where they are few, else by level with their number.
fn receivers<'a>(content: &'a Content, detail: &'a ProcedureDetail, t: &Texts) -> Vec<Piece<'a>> {
    let agencies: Vec<&Agency> =
        content.agencies_of(&detail.code).iter().filter_map(|code| content.agencies.find(code)).collect();
    if agencies.is_empty() {
        return Vec::new();
    }
    let mut pieces = vec![Piece::OurHead(TextKey("where-receiving"))];
    let groups = [
        (AgencyKind::CommuneCommittee, TextKey("where-communes")),
        (AgencyKind::DistrictCommittee, TextKey("where-districts")),
        (AgencyKind::LandRegistry, TextKey("where-land-registries")),
    ];
    let mut grouped: Vec<AgencyKind> = Vec::new();
    for (kind, key) in groups {
        let count = agencies.iter().filter(|agency| agency.kind == kind).count();
        if count > FEW {
            grouped.push(kind);
            let href = format!("/co-quan?thu-tuc={}", detail.code);
            pieces.push(Piece::Link(href, t.f(key.0, [("n", count.into())])));
        }
    }
    let named = agencies.iter().filter(|agency| !grouped.contains(&agency.kind));
    pieces.extend(named.map(|agency| Piece::Link(format!("/co-quan/{}", agency.code), agency.name.clone())));
    // Names of the record's time and agencies of the map may differ: districts ended on 30 June 2025.
    let map_day = content.agencies.map_day().vietnamese();
    pieces.push(Piece::Says(t.f("where-map", [("day", map_day.into())])));
    pieces
}

/// More agencies of one kind than this are told by their number.
const FEW: usize = 7;

/// The steps: their names are headings, their texts are outlines.
fn steps(detail: &ProcedureDetail) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for step in &detail.steps {
        let name = strip_mark(step.name.as_deref().unwrap_or_default());
        pieces.extend(head(name));
        pieces.extend(lines(Outline::parse(&step.text)));
    }
    pieces
}

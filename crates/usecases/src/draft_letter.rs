//! The letters of a dossier's case (procedures as files), as drafts for the officers who act on it.

use ::procedures::{Letter, LetterDraft, LetterFact, LetterPart, Signer};
use documents::{Issue, LetterBlock};
use domain::agency::{Agency, AgencyKind};
use domain::codes::DossierCode;
use domain::dossier::{Dossier, Status};
use domain::policy::{Act, Resource, may};
use domain::time::Instant;

use crate::answer_form::filed_version;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::make_document::{moment, place_of};
use crate::view_dossier::view_dossier;

/// The letters that the dossier may lead to, while it is accepted and nothing is decided; none otherwise.
pub fn letters_of_case<'a>(app: &'a App, dossier: &Dossier) -> Vec<&'a Letter> {
    let is_open =
        dossier.accepted_at.is_some() && matches!(dossier.status, Status::Accepted | Status::AwaitingSupplement);
    let version = filed_version(app, dossier).filter(|_| is_open);
    version.map(|version| version.letters_of(&dossier.answers)).unwrap_or_default()
}

/// The draft of the letter of this name, as PDF: without number, day and signature.
///
/// # Errors
/// Not found for those who may not see the dossier, and when its case has no such letter; denied for officers who do not
/// act on what is decided.
pub async fn draft_letter(app: &App, ctx: &Ctx, code: &DossierCode, name: &str) -> Result<Vec<u8>, UsecaseError> {
    let dossier = view_dossier(app, ctx, code).await?.dossier;
    may(&ctx.viewer, Act::DraftLetter, &Resource::from(&dossier))?;
    let letter = letters_of_case(app, &dossier).into_iter().find(|letter| letter.name == name);
    let letter = drafted(app, &dossier, letter.ok_or(UsecaseError::NotFound)?, ctx.now)?;
    let app = app.clone();
    // Typesetting takes milliseconds of computing, so it has a thread of its own.
    let made = tokio::task::spawn_blocking(move || app.typesetter().letter(&letter)).await;
    Ok(made.map_err(|_| UsecaseError::CutOff)??)
}

fn drafted(app: &App, dossier: &Dossier, letter: &Letter, now: Instant) -> Result<documents::Letter, UsecaseError> {
    let version = filed_version(app, dossier).ok_or(UsecaseError::NotFound)?;
    let agency = app.content().agencies.find(&dossier.agency.code);
    let place = place_of(app, dossier);
    let name = written_out(&dossier.agency.name);
    let fact = |fact| fact_of(dossier, &name, &place, fact);
    let draft = letter.draft(&version.form, &version.form.asked(&dossier.answers), &fact);
    let LetterDraft { heading, subject, to, grounds, body, receivers } = draft;
    let (on_behalf, post) = signature(letter.signer, agency);
    Ok(documents::Letter {
        above: above(app, agency),
        agency: name,
        place,
        symbol: letter.symbol.clone(),
        heading,
        title: letter.title.vi.clone(),
        subject,
        to,
        grounds,
        body: body.into_iter().map(block).collect(),
        receivers,
        on_behalf: on_behalf.to_owned(),
        post: post.to_owned(),
        issue: Issue::Draft,
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        made_at: moment(Some(now))?,
    })
}

fn fact_of(dossier: &Dossier, agency: &str, place: &str, fact: LetterFact) -> Option<String> {
    let day = |at: Option<Instant>| at.map(|at| at.day().vietnamese());
    let owner = dossier.owner.as_ref();
    match fact {
        LetterFact::DossierCode => dossier.code.as_ref().map(ToString::to_string),
        LetterFact::ProcedureName => Some(dossier.procedure.name.clone()),
        LetterFact::FiledOn => day(dossier.filed_at),
        LetterFact::AcceptedOn => day(dossier.accepted_at),
        LetterFact::OwnerName => owner.map(|owner| owner.full_name.to_string()),
        LetterFact::OwnerNumber => owner.map(|owner| owner.number_text().to_owned()),
        LetterFact::OwnerAddress => owner.map(|owner| owner.address.clone()),
        LetterFact::AgencyName => Some(agency.to_owned()),
        LetterFact::AgencyPlace => Some(place.to_owned()),
        // They are given when the letter is issued.
        LetterFact::DecisionNumber | LetterFact::DecisionDate => None,
    }
}

fn block(part: LetterPart) -> LetterBlock {
    match part {
        LetterPart::Heading(text) => LetterBlock::Heading(text),
        LetterPart::Paragraph { lead, text } => LetterBlock::Paragraph { lead, text },
        LetterPart::Rows(rows) => LetterBlock::Rows(rows),
        LetterPart::Table { head, rows } => LetterBlock::Table { head, rows },
    }
}

/// A committee's name as letters write it: without the abbreviation.
fn written_out(name: &str) -> String {
    name.strip_prefix("UBND ").map_or_else(|| name.to_owned(), |rest| format!("Ủy ban nhân dân {rest}"))
}

/// The agency above, which stands over the name of one that is no committee (Decree 30/2020, annex I, II.2).
fn above(app: &App, agency: Option<&Agency>) -> String {
    let below = agency.filter(|agency| !is_committee(agency.kind));
    let parent = below.and_then(|agency| agency.parent.as_ref()).and_then(|code| app.content().agencies.find(code));
    parent.map(|parent| written_out(&parent.name)).unwrap_or_default()
}

fn is_committee(kind: AgencyKind) -> bool {
    matches!(kind, AgencyKind::ProvincialCommittee | AgencyKind::DistrictCommittee | AgencyKind::CommuneCommittee)
}

/// On whose behalf, and the post of whoever signs (Decree 30/2020, annex I, II.7).
fn signature(signer: Signer, agency: Option<&Agency>) -> (&'static str, &'static str) {
    let kind = agency.map(|agency| agency.kind);
    match (signer, kind) {
        (Signer::Committee, Some(kind)) if is_committee(kind) => ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        (Signer::Head, Some(kind)) if is_committee(kind) => ("", "CHỦ TỊCH"),
        (_, Some(AgencyKind::Department | AgencyKind::LandRegistry)) => ("", "GIÁM ĐỐC"),
        (_, Some(AgencyKind::SubDepartment)) => ("", "CHI CỤC TRƯỞNG"),
        _ => ("", "THỦ TRƯỞNG CƠ QUAN"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_is_written_out() {
        assert_eq!(written_out("UBND xã Ia Grai"), "Ủy ban nhân dân xã Ia Grai");
        assert_eq!(written_out("Sở Xây dựng"), "Sở Xây dựng");
    }
}

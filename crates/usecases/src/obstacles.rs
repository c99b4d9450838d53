//! What stands between a draft and its filing: everything at once, in the order of the pages (domain.md §6).

use ::procedures::Paper;
use domain::dossier::{Dossier, MANDATE, Relation};
use domain::time::Day;
use forms::Problem;

use crate::answer_form::version_of;
use crate::app::App;

/// Something that must be put right before a draft can be filed.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle<'a> {
    /// The owner's data are missing.
    OwnerMissing,
    /// An answer is missing or wrong.
    Answer(Problem),
    /// The way to receive the result was not chosen.
    DeliveryMissing,
    /// A paper that is required was not given.
    PaperMissing(&'a Paper),
    /// It is filed by mandate, which was not attached.
    MandateMissing,
    /// Papers are asked for and none was given.
    NoFile,
}

/// Everything that must be put right before the draft can be filed, in the order of the pages: one complete list
/// (domain.md §6).
pub fn obstacles<'a>(app: &'a App, dossier: &Dossier, today: Day) -> Vec<Obstacle<'a>> {
    let version = version_of(app, dossier, today);
    let mut obstacles = Vec::new();
    if dossier.owner.is_none() {
        obstacles.push(Obstacle::OwnerMissing);
    }
    let problems = version.map(|version| version.problems(&dossier.answers, today)).unwrap_or_default();
    obstacles.extend(problems.into_iter().map(Obstacle::Answer));
    if dossier.delivery.is_none() {
        obstacles.push(Obstacle::DeliveryMissing);
    }
    let given: Vec<&str> = dossier.attachments.iter().filter_map(|file| file.component_code.as_deref()).collect();
    if needs_mandate(dossier) && !given.contains(&MANDATE) {
        obstacles.push(Obstacle::MandateMissing);
    }
    match version.filter(|version| !version.papers.is_empty()) {
        Some(version) => {
            obstacles.extend(version.papers_missing(&dossier.answers, &given).into_iter().map(Obstacle::PaperMissing));
        }
        None => {
            let mut papers = dossier.attachments.iter().filter(|file| file.component_code.as_deref() != Some(MANDATE));
            if papers.next().is_none() && dossier.procedure.component_count > 0 {
                obstacles.push(Obstacle::NoFile);
            }
        }
    }
    obstacles
}

/// Whether it is filed by written mandate (R53), so that the mandate is one of its papers.
pub fn needs_mandate(dossier: &Dossier) -> bool {
    dossier.owner.as_ref().is_some_and(|owner| owner.relation_to_filer == Relation::ByMandate)
}

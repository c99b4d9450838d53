//! What stands between a draft and its filing: everything at once, in the order of the pages (domain.md §6).

use ::procedures::Paper;
use domain::dossier::Dossier;
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
    match version.filter(|version| !version.papers.is_empty()) {
        Some(version) => {
            let given: Vec<&str> =
                dossier.attachments.iter().filter_map(|file| file.component_code.as_deref()).collect();
            obstacles.extend(version.papers_missing(&dossier.answers, &given).into_iter().map(Obstacle::PaperMissing));
        }
        None if dossier.attachments.is_empty() && dossier.procedure.component_count > 0 => {
            obstacles.push(Obstacle::NoFile);
        }
        None => {}
    }
    obstacles
}

//! The steps of filing: owner, the pages of the form, where to receive the result, files, review.

use std::collections::BTreeMap;

use domain::codes::ProcedureCode;
use domain::time::Day;
use forms::Page;
use serde_json::Value;
use web::i18n::Texts;
use web::portal::Portal;

use super::answers::page_address;

/// The steps besides the pages of a form.
const OTHERS: usize = 4;

/// The steps of one dossier, as far as its answers tell.
pub(super) struct Steps {
    pages: Vec<String>,
}

impl Steps {
    /// The steps of a draft with these answers, on this day.
    pub(super) fn of(
        portal: &Portal,
        procedure: &ProcedureCode,
        answers: &BTreeMap<String, Value>,
        today: Day,
    ) -> Self {
        let own = portal.app().content().version_on(procedure, today);
        let pages = own.map(|own| own.form.asked(answers).pages().map(page_address).collect());
        Self { pages: pages.unwrap_or_default() }
    }

    /// «Bước 2 trong 7 bước».
    pub(super) fn words(&self, step: usize, t: &Texts) -> String {
        t.f("filing-step", [("n", step.into()), ("of", (OTHERS + self.pages.len()).into())])
    }

    /// The step of a page of the form.
    pub(super) fn of_page(&self, page: &Page) -> usize {
        2 + self.place(page)
    }

    /// The step in which the result's way is chosen.
    pub(super) fn of_delivery(&self) -> usize {
        2 + self.pages.len()
    }

    /// The step of the files.
    pub(super) fn of_files(&self) -> usize {
        3 + self.pages.len()
    }

    /// The last step.
    pub(super) fn of_review(&self) -> usize {
        4 + self.pages.len()
    }

    /// The page after the owner's.
    pub(super) fn after_owner(&self) -> String {
        self.pages.first().cloned().unwrap_or_else(|| "noi-nhan-ket-qua".to_owned())
    }

    /// The page before a page of the form.
    pub(super) fn before(&self, page: &Page) -> String {
        match self.place(page) {
            0 => "chu-ho-so".to_owned(),
            place => self.pages[place - 1].clone(),
        }
    }

    /// The page before the choice of the result's way.
    pub(super) fn before_delivery(&self) -> String {
        self.pages.last().cloned().unwrap_or_else(|| "chu-ho-so".to_owned())
    }

    fn place(&self, page: &Page) -> usize {
        let own = page_address(page);
        self.pages.iter().position(|other| *other == own).unwrap_or(0)
    }
}

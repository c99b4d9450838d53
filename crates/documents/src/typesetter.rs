//! Sets documents: from a struct to the bytes of a PDF.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::clean_text::clean;
use crate::world::{DocumentWorld, Shared, Template};
use crate::{AcceptanceSlip, DocumentError, Issue, Letter, Moment, Receipt, RefusalSlip, SupplementSlip, qr_code};

/// Vietnam is seven hours ahead of UTC, all year.
const MINUTES_AHEAD_OF_UTC: i32 = 7 * 60;

/// After how many documents the typesetter forgets what it kept from the ones before.
const DOCUMENTS_BETWEEN_EVICTIONS: usize = 8;

static DOCUMENTS_SET: AtomicUsize = AtomicUsize::new(0);

/// Sets documents. Cheap to clone and to share; every call blocks for some milliseconds, so call it where blocking is allowed.
#[derive(Clone)]
pub struct Typesetter {
    shared: Arc<Shared>,
}

impl Typesetter {
    /// Reads the fonts and the templates.
    ///
    /// Fails when an embedded font cannot be read.
    pub fn new() -> Result<Self, DocumentError> {
        Ok(Self { shared: Arc::new(Shared::load()?) })
    }

    /// Sets the receipt of an online filing.
    ///
    /// Fails when a moment does not exist or the look-up address is too long for a QR code.
    pub fn receipt(&self, receipt: &Receipt) -> Result<Vec<u8>, DocumentError> {
        receipt.answer_due_at.checked()?;
        let check = receipt.portal_signature.as_ref().map(|signature| signature.check_address.as_str());
        self.set(Template::Receipt, receipt.data(), (Some(&receipt.look_up_address), check), receipt.filed_at)
    }

    /// Sets form 01 (*Giấy tiếp nhận hồ sơ và hẹn trả kết quả*).
    ///
    /// Fails when a moment does not exist or the look-up address is too long for a QR code.
    pub fn acceptance_slip(&self, slip: &AcceptanceSlip) -> Result<Vec<u8>, DocumentError> {
        slip.due_at.checked()?;
        self.set(Template::AcceptanceSlip, slip.data(), (Some(&slip.look_up_address), None), slip.accepted_at)
    }

    /// Sets form 02 (*Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ*).
    ///
    /// Fails when a moment does not exist or the look-up address is too long for a QR code.
    pub fn supplement_slip(&self, slip: &SupplementSlip) -> Result<Vec<u8>, DocumentError> {
        slip.filed_at.checked()?;
        self.set(Template::SupplementSlip, slip.data(), (Some(&slip.look_up_address), None), slip.requested_at)
    }

    /// Sets a letter, or its draft.
    ///
    /// Fails when a moment does not exist.
    pub fn letter(&self, letter: &Letter) -> Result<Vec<u8>, DocumentError> {
        if let Issue::Issued { at, .. } = &letter.issue {
            at.checked()?;
        }
        self.set(Template::Letter, letter.data(), (None, None), letter.made_at)
    }

    /// Sets form 03 (*Phiếu từ chối tiếp nhận, giải quyết hồ sơ*).
    ///
    /// Fails when a moment does not exist or the look-up address is too long for a QR code.
    pub fn refusal_slip(&self, slip: &RefusalSlip) -> Result<Vec<u8>, DocumentError> {
        slip.filed_at.checked()?;
        self.set(Template::RefusalSlip, slip.data(), (Some(&slip.look_up_address), None), slip.refused_at)
    }

    fn set(
        &self,
        template: Template,
        mut data: Value,
        (look_up_address, check_address): (Option<&str>, Option<&str>),
        made_at: Moment,
    ) -> Result<Vec<u8>, DocumentError> {
        let timestamp =
            Timestamp::new_local(made_at.checked()?, MINUTES_AHEAD_OF_UTC).expect("seven hours are an offset");
        let qr_code = look_up_address.map(qr_code::draw).transpose()?;
        let check_qr_code = check_address.map(qr_code::draw).transpose()?;
        clean(&mut data, &self.shared.fonts);
        // The data go in as bytes of JSON, never as source text: no name can become an instruction to the typesetter.
        let world = DocumentWorld::new(&self.shared, template, data.to_string().into_bytes());
        let world = world.with_pictures(qr_code, check_qr_code);
        let bytes = set_pages(&world, timestamp)
            .map_err(|problems| DocumentError::Typesetting { document: template.file_name(), problems });
        if DOCUMENTS_SET.fetch_add(1, Ordering::Relaxed) % DOCUMENTS_BETWEEN_EVICTIONS
            == DOCUMENTS_BETWEEN_EVICTIONS - 1
        {
            comemo::evict(1);
        }
        bytes
    }
}

fn set_pages(world: &DocumentWorld<'_>, timestamp: Timestamp) -> Result<Vec<u8>, String> {
    let document = typst::compile(world).output.map_err(|problems| in_one_line(&problems))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|problem| problem.message().to_string())?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("motcua".to_owned())),
        timestamp: Some(timestamp),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|problems| in_one_line(&problems))
}

fn in_one_line(problems: &[SourceDiagnostic]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
}

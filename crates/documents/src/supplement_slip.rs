//! Form 02: the slip by which the desk asks for what is missing or wrong.

use serde_json::{Value, json};

use crate::{Applicant, Letterhead, Moment, Signature};

/// What form 02 says (*Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ*).
#[derive(Debug, Clone)]
pub struct SupplementSlip {
    /// The agency and the desk that ask.
    pub letterhead: Letterhead,
    /// The slip's number, as `12/HDHS`.
    pub number: String,
    /// Where it is issued, as `Ia Grai`.
    pub place: String,
    /// The dossier code.
    pub code: String,
    /// The dossier owner.
    pub applicant: Applicant,
    /// The procedure's code.
    pub procedure_code: String,
    /// The procedure's name, the content requested.
    pub procedure_name: String,
    /// When the dossier arrived.
    pub filed_at: Moment,
    /// When it was asked; the slip carries this day.
    pub requested_at: Moment,
    /// The last day for the answer, as `07/12/2026`.
    pub respond_by: String,
    /// What is asked for, in order.
    pub items: Vec<RequestedItem>,
    /// The law or rule that it rests on; empty says nothing.
    pub legal_ground: String,
    /// The officer who guides whoever filed.
    pub officer: Signature,
    /// The full address behind the QR code.
    pub look_up_address: String,
    /// The address of the look-up page as people read and type it.
    pub look_up_page: String,
    /// The telephone number for help; empty when there is none.
    pub help_phone: String,
}

/// One thing that is asked for.
#[derive(Debug, Clone)]
pub struct RequestedItem {
    /// The paper or the question; empty when the text names it.
    pub name: String,
    /// What is wrong with it, in a word or two.
    pub reason: String,
    /// What to do.
    pub text: String,
}

impl SupplementSlip {
    pub(crate) fn data(&self) -> Value {
        let items: Vec<Value> = self
            .items
            .iter()
            .map(|item| json!({ "name": item.name, "reason": item.reason, "text": item.text }))
            .collect();
        json!({
            "letterhead": self.letterhead.data(),
            "number": self.number,
            "place_and_day": format!("{}, {}", self.place, self.requested_at.day_in_words()),
            "code": self.code,
            "desk": self.letterhead.desk,
            "applicant": self.applicant.data(),
            "procedure_code": self.procedure_code,
            "procedure_name": self.procedure_name,
            "filed_at": self.filed_at.in_words(),
            "requested_at": self.requested_at.in_words(),
            "respond_by": self.respond_by,
            "items": items,
            "legal_ground": self.legal_ground,
            "officer": self.officer.data(),
            "look_up_page": self.look_up_page,
            "help_phone": self.help_phone,
        })
    }
}

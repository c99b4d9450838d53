//! Form 03: the slip by which the desk refuses a dossier and says why.

use serde_json::{Value, json};

use crate::{Applicant, Letterhead, Moment, Signature};

/// What form 03 says (*Phiếu từ chối tiếp nhận, giải quyết hồ sơ*).
#[derive(Debug, Clone)]
pub struct RefusalSlip {
    /// The agency and the desk that refuse.
    pub letterhead: Letterhead,
    /// The slip's number, as `3/TCHS`.
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
    /// When it was refused; the slip carries this day.
    pub refused_at: Moment,
    /// The reasons, in order.
    pub reasons: Vec<RefusalReason>,
    /// What the filer can do next; empty says nothing.
    pub advice: String,
    /// Who filed.
    pub filer: Signature,
    /// The officer who refused.
    pub officer: Signature,
    /// The full address behind the QR code.
    pub look_up_address: String,
    /// The address of the look-up page as people read and type it.
    pub look_up_page: String,
    /// The telephone number for help; empty when there is none.
    pub help_phone: String,
}

/// One reason for a refusal.
#[derive(Debug, Clone)]
pub struct RefusalReason {
    /// The reason, in words that the filer understands.
    pub text: String,
    /// The law or rule it rests on; empty says nothing.
    pub legal_ground: String,
}

impl RefusalSlip {
    pub(crate) fn data(&self) -> Value {
        let reasons: Vec<Value> = self
            .reasons
            .iter()
            .map(|reason| json!({ "text": reason.text, "legal_ground": reason.legal_ground }))
            .collect();
        json!({
            "letterhead": self.letterhead.data(),
            "number": self.number,
            "place_and_day": format!("{}, {}", self.place, self.refused_at.day_in_words()),
            "code": self.code,
            "desk": self.letterhead.desk,
            "applicant": self.applicant.data(),
            "procedure_code": self.procedure_code,
            "procedure_name": self.procedure_name,
            "filed_at": self.filed_at.in_words(),
            "refused_at": self.refused_at.in_words(),
            "reasons": reasons,
            "advice": self.advice,
            "filer": self.filer.data(),
            "officer": self.officer.data(),
            "look_up_page": self.look_up_page,
            "help_phone": self.help_phone,
        })
    }
}

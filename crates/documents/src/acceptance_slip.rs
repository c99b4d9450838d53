//! Form 01: the slip by which the desk accepts a dossier and promises a day.

use serde_json::{Value, json};

use crate::{Applicant, Letterhead, Moment, Signature};

/// What form 01 says (*Giấy tiếp nhận hồ sơ và hẹn trả kết quả*).
#[derive(Debug, Clone)]
pub struct AcceptanceSlip {
    /// The agency and the desk that accept.
    pub letterhead: Letterhead,
    /// The slip's number, as `12/TNHS`.
    pub number: String,
    /// Where it is issued, as `Ia Grai`.
    pub place: String,
    /// Which of the two copies this is.
    pub copy: SlipCopy,
    /// The dossier code.
    pub code: String,
    /// The dossier owner.
    pub applicant: Applicant,
    /// The procedure's code.
    pub procedure_code: String,
    /// The procedure's name, the content requested.
    pub procedure_name: String,
    /// The components that were handed in, in order.
    pub components: Vec<SubmittedComponent>,
    /// How many sets of the dossier were handed in.
    pub sets: u32,
    /// The time that the law gives, as `5 ngày làm việc`.
    pub time_limit: String,
    /// When the dossier was accepted; the slip carries this day.
    pub accepted_at: Moment,
    /// When the result is due.
    pub due_at: Moment,
    /// How the due time was counted, in one line.
    pub due_derivation: String,
    /// Where and how the result will be received.
    pub delivery: String,
    /// The number of the register book; empty when the register is kept by the program.
    pub register_book: String,
    /// The ordinal in the register.
    pub register_ordinal: String,
    /// Who filed.
    pub filer: Signature,
    /// The officer who accepted.
    pub receiver: Signature,
    /// The full address behind the QR code.
    pub look_up_address: String,
    /// The address of the look-up page as people read and type it.
    pub look_up_page: String,
    /// The telephone number for help; empty when there is none.
    pub help_phone: String,
}

/// Which of the two copies of the form a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipCopy {
    /// The copy that the filer takes.
    ForFiler,
    /// The copy that the desk keeps.
    ForDesk,
}

/// One component of the dossier as it was handed in.
#[derive(Debug, Clone)]
pub struct SubmittedComponent {
    /// The component's name.
    pub name: String,
    /// In which form it came, as `2 tệp` or `1 bản chính`; empty says nothing.
    pub quantity: String,
}

impl AcceptanceSlip {
    pub(crate) fn data(&self) -> Value {
        let components: Vec<Value> = self
            .components
            .iter()
            .map(|component| json!({ "name": component.name, "quantity": component.quantity }))
            .collect();
        let copy = match self.copy {
            SlipCopy::ForFiler => "Liên 1: Giao người nộp hồ sơ",
            SlipCopy::ForDesk => "Liên 2: Lưu tại nơi tiếp nhận",
        };
        json!({
            "letterhead": self.letterhead.data(),
            "number": self.number,
            "place_and_day": format!("{}, {}", self.place, self.accepted_at.day_in_words()),
            "copy": copy,
            "code": self.code,
            "desk": self.letterhead.desk,
            "applicant": self.applicant.data(),
            "procedure_code": self.procedure_code,
            "procedure_name": self.procedure_name,
            "components": components,
            "sets": self.sets,
            "time_limit": self.time_limit,
            "accepted_at": self.accepted_at.in_words(),
            "due_at": self.due_at.in_words(),
            "due_derivation": self.due_derivation,
            "delivery": self.delivery,
            "register_book": self.register_book,
            "register_ordinal": self.register_ordinal,
            "filer": self.filer.data(),
            "receiver": self.receiver.data(),
            "look_up_page": self.look_up_page,
            "help_phone": self.help_phone,
        })
    }
}

//! The parts that several documents share: who issues, for whom, who signs.

use serde_json::{Value, json};

/// Who issues the document: the two lines at its top left.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// The agency, as `UBND huyện Ia Grai`; printed in capitals.
    pub agency: String,
    /// Its one-stop desk, as `Bộ phận Tiếp nhận và Trả kết quả huyện Ia Grai`; printed in capitals.
    pub desk: String,
}

impl Letterhead {
    pub(crate) fn data(&self) -> Value {
        json!({ "agency": self.agency.to_uppercase(), "desk": self.desk.to_uppercase() })
    }
}

/// The person or organisation the dossier is of, as the forms name it.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// The full name.
    pub name: String,
    /// The address, in one line.
    pub address: String,
    /// The telephone number; empty when not known.
    pub phone: String,
    /// The e-mail address; empty when not known.
    pub email: String,
}

impl Applicant {
    pub(crate) fn data(&self) -> Value {
        json!({ "name": self.name, "address": self.address, "phone": self.phone, "email": self.email })
    }
}

/// One of the two places for a signature at the foot of a form.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The full name, printed below; empty leaves the line free.
    pub name: String,
    /// What stands in the place of a signature by hand, as `Đã nộp trực tuyến lúc 14:05 ngày 22/11/2026`; empty asks for one by hand.
    pub instead: String,
}

impl Signature {
    pub(crate) fn data(&self) -> Value {
        json!({ "name": self.name, "instead": self.instead })
    }
}

//! The receipt that a filer gets at once: what arrived, when, where, and how to look it up.

use serde_json::{Value, json};

use crate::{Letterhead, Moment};

/// What the receipt of an online filing says (*Giấy xác nhận đã nộp hồ sơ trực tuyến*).
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The agency and the desk that the dossier went to.
    pub letterhead: Letterhead,
    /// The dossier code (*mã hồ sơ*).
    pub code: String,
    /// The four characters that open the look-up together with the code (*mã tra cứu*).
    pub secret: String,
    /// The procedure's code.
    pub procedure_code: String,
    /// The procedure's name.
    pub procedure_name: String,
    /// The version of the catalogue that the procedure was taken from.
    pub catalogue_version: String,
    /// The dossier owner's full name (*chủ hồ sơ*).
    pub owner_name: String,
    /// The owner's identity or tax number: printed with all but its last three characters hidden.
    pub owner_number: String,
    /// Who filed, when that is not the owner; empty otherwise.
    pub filer_name: String,
    /// When the dossier arrived.
    pub filed_at: Moment,
    /// Until when the desk must answer.
    pub answer_due_at: Moment,
    /// The working hours that the desk has for its answer.
    pub answer_hours: u32,
    /// Where and how the result will be received (*nơi nhận kết quả*).
    pub delivery: String,
    /// What arrived, in the order of the components.
    pub files: Vec<ReceivedFile>,
    /// The full address behind the QR code.
    pub look_up_address: String,
    /// The address of the look-up page as people read and type it.
    pub look_up_page: String,
    /// The telephone number for help; empty when there is none.
    pub help_phone: String,
    /// By which anybody can check what the paper says; none for a dossier that was filed before receipts were signed.
    pub portal_signature: Option<PortalSignature>,
}

/// The portal's signature over what arrived, as far as paper can carry it.
#[derive(Debug, Clone)]
pub struct PortalSignature {
    /// The SHA-256 of what was signed, in 64 hexadecimal digits.
    pub digest: String,
    /// The beginning of the signature.
    pub signature: String,
    /// The full address behind the second QR code; it names no one.
    pub check_address: String,
    /// The address of the page that checks, as people read and type it.
    pub check_page: String,
}

/// One file that arrived with the dossier.
#[derive(Debug, Clone)]
pub struct ReceivedFile {
    /// The dossier component it was sent for (*thành phần hồ sơ*).
    pub component: String,
    /// The file's name as it came.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in 64 hexadecimal digits.
    pub sha256: String,
}

impl Receipt {
    pub(crate) fn data(&self) -> Value {
        let files: Vec<Value> = self.files.iter().map(ReceivedFile::data).collect();
        json!({
            "letterhead": self.letterhead.data(),
            "code": self.code,
            "secret": self.secret,
            "procedure_code": self.procedure_code,
            "procedure_name": self.procedure_name,
            "catalogue_version": self.catalogue_version,
            "agency": self.letterhead.agency,
            "desk": self.letterhead.desk,
            "owner_name": self.owner_name,
            "owner_number": masked(&self.owner_number),
            "filer_name": self.filer_name,
            "filed_at": self.filed_at.short(),
            "answer_due_at": self.answer_due_at.short(),
            "answer_hours": self.answer_hours,
            "delivery": self.delivery,
            "files": files,
            "look_up_page": self.look_up_page,
            "help_phone": self.help_phone,
            "portal_signature": self.portal_signature.as_ref().map(PortalSignature::data),
        })
    }
}

impl PortalSignature {
    fn data(&self) -> Value {
        json!({ "digest": self.digest, "signature": self.signature, "check_page": self.check_page })
    }
}

impl ReceivedFile {
    fn data(&self) -> Value {
        json!({
            "component": self.component,
            "file_name": self.file_name,
            "size": size_for_people(self.size),
            "bytes": format!("{} byte", grouped(self.size)),
            "sha256": self.sha256,
        })
    }
}

/// Hides all but the first three characters, as `064•••••••••`; a number that is too short for that is hidden whole.
/// The last four open the look-up (domain.md §1.8), so a receipt that lies about must not show any of them.
fn masked(number: &str) -> String {
    let shown = if number.chars().count() > 7 { 3 } else { 0 };
    number.chars().enumerate().map(|(place, character)| if place < shown { character } else { '•' }).collect()
}

/// Writes a size for people: `1,2 MB`. It is never more than the true size.
fn size_for_people(bytes: u64) -> String {
    let (unit, size_of_unit) = match bytes {
        0..1_000 => return format!("{bytes} byte"),
        1_000..1_000_000 => ("kB", 1_000),
        1_000_000..1_000_000_000 => ("MB", 1_000_000),
        _ => ("GB", 1_000_000_000),
    };
    let whole = bytes / size_of_unit;
    let tenth = bytes % size_of_unit * 10 / size_of_unit;
    format!("{},{tenth} {unit}", grouped(whole))
}

/// Writes a whole number with a point after each thousand: `1.234.567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_its_first_three_characters_only() {
        let cases = [
            ("064199012345", "064•••••••••"),
            ("123456789", "123••••••"),
            ("1234567", "•••••••"),
            ("123", "•••"),
            ("", ""),
        ];
        for (number, expected) in cases {
            assert_eq!(masked(number), expected);
        }
    }

    #[test]
    fn a_size_is_written_for_people() {
        let cases = [
            (0, "0 byte"),
            (999, "999 byte"),
            (1_000, "1,0 kB"),
            (1_234_567, "1,2 MB"),
            (99_999_999, "99,9 MB"),
            (u64::MAX, "18.446.744.073,7 GB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(size_for_people(bytes), expected);
        }
    }

    #[test]
    fn a_number_is_grouped_by_thousands() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1.000"), (1_234_567, "1.234.567")];
        for (number, expected) in cases {
            assert_eq!(grouped(number), expected);
        }
    }
}

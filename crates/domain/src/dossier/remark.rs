//! Questions and answers between the filer of a dossier and its agency: beside the log, because they change nothing in it.

use super::sentence::Sentence;
use super::state::{Dossier, Status};
use crate::catalogue::words;
use crate::ids::RemarkId;
use crate::time::Instant;

/// Which side writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Whoever files the dossier, or acts for them.
    Filer,
    /// The officers of its agency.
    Desk,
}

words!(Side {
    Filer = "filer",
    Desk = "desk",
});

impl Side {
    /// The one that reads what this one writes.
    pub fn other(self) -> Self {
        match self {
            Self::Filer => Self::Desk,
            Self::Desk => Self::Filer,
        }
    }
}

/// One remark (trao đổi); never changed, never deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its identifier.
    pub id: RemarkId,
    /// Which side wrote it.
    pub side: Side,
    /// The account or the officer that wrote it.
    pub writer_id: String,
    /// Their name then.
    pub writer_name: String,
    /// What they wrote.
    pub words: Sentence,
    /// When.
    pub written_at: Instant,
}

/// Why a remark is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemarkRefusal {
    /// Nobody works on the dossier: it is a draft, or it has ended.
    #[error("nobody works on the dossier")]
    NotNow,
    /// The dossier has as many as it holds.
    #[error("the dossier holds no more than {max} remarks")]
    TooMany {
        /// The most it holds.
        max: usize,
    },
    /// This side has written so often without an answer that it must wait for one.
    #[error("{max} remarks wait for an answer")]
    WaitForAnswer {
        /// The most that may wait.
        max: usize,
    },
}

/// The most remarks of a dossier.
pub const MAX_REMARKS: usize = 200;
/// The most that one side writes without an answer.
pub const MAX_IN_A_ROW: usize = 10;

/// Whether this side may write now, after these remarks.
///
/// # Errors
/// Why not.
pub fn may_remark(dossier: &Dossier, remarks: &[Remark], side: Side) -> Result<(), RemarkRefusal> {
    if dossier.status == Status::Draft || dossier.status.is_final() {
        return Err(RemarkRefusal::NotNow);
    }
    if remarks.len() >= MAX_REMARKS {
        return Err(RemarkRefusal::TooMany { max: MAX_REMARKS });
    }
    let in_a_row = remarks.iter().rev().take_while(|remark| remark.side == side).count();
    if in_a_row >= MAX_IN_A_ROW {
        return Err(RemarkRefusal::WaitForAnswer { max: MAX_IN_A_ROW });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{after_steps, filed, now};
    use super::*;

    fn remark(number: usize, side: Side) -> Remark {
        Remark {
            id: RemarkId::from_bytes([u8::try_from(number % 250).unwrap(); 16]),
            side,
            writer_id: String::new(),
            writer_name: "Siu H'Bia".to_owned(),
            words: Sentence::parse("Hồ sơ đến đâu rồi?").unwrap(),
            written_at: now(),
        }
    }

    #[test]
    fn remarks_are_bounded_and_need_somebody_who_works() {
        assert_eq!(may_remark(&after_steps(6), &[], Side::Filer), Err(RemarkRefusal::NotNow));
        assert_eq!(may_remark(&after_steps(10), &[], Side::Desk), Err(RemarkRefusal::NotNow));
        let mut some: Vec<Remark> = (0..9).map(|number| remark(number, Side::Filer)).collect();
        assert_eq!(may_remark(&filed(), &some, Side::Filer), Ok(()));
        some.push(remark(9, Side::Filer));
        assert_eq!(may_remark(&filed(), &some, Side::Filer), Err(RemarkRefusal::WaitForAnswer { max: 10 }));
        assert_eq!(may_remark(&filed(), &some, Side::Desk), Ok(()));
        some.push(remark(10, Side::Desk));
        assert_eq!(may_remark(&filed(), &some, Side::Filer), Ok(()), "it was answered");
        let many: Vec<Remark> = (0..200).map(|number| remark(number, [Side::Filer, Side::Desk][number % 2])).collect();
        for side in [Side::Filer, Side::Desk] {
            assert_eq!(may_remark(&filed(), &many, side), Err(RemarkRefusal::TooMany { max: 200 }));
            assert_eq!(Side::parse(side.as_str()), Ok(side));
        }
    }
}

//! Whether a dossier for a procedure can be filed online here, and if not, why.

use super::{OnlineLevel, ProcedureKind, Scope};
use serde::{Deserialize, Serialize};

/// Whether this portal takes dossiers for a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fileability {
    /// It does.
    Here,
    /// It doesn't, for this reason.
    NotHere(NotFileable),
}

/// Why a dossier can't be filed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotFileable {
    /// Between state agencies: no citizen files it.
    Internal,
    /// The sector's own system receives it: police, tax, customs, treasury, social insurance.
    VerticalSector,
    /// A ministry or another province carries it out.
    NotOfferedHere,
    /// It is filed at the desk or by post only.
    OfflineOnly,
    /// No agency of the province receives it.
    NoReceivingAgency,
}

/// What must be known of a procedure to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilingFacts {
    /// Who laid it down, and for whom.
    pub kind: ProcedureKind,
    /// Which detail file holds it.
    pub scope: Scope,
    /// How far it runs online.
    pub online_level: OnlineLevel,
    /// Received by the sector's own system.
    pub is_vertical_sector: bool,
    /// Excluded from filing online by the source.
    pub is_offline_only: bool,
    /// How many agencies of the province receive it.
    pub receiving_agencies: usize,
}

impl FilingFacts {
    /// Judges them; the reason given is the one that weighs most for the reader.
    pub fn judge(self) -> Fileability {
        let reason = if self.kind == ProcedureKind::Internal {
            NotFileable::Internal
        } else if self.is_vertical_sector {
            NotFileable::VerticalSector
        } else if matches!(self.scope, Scope::Central | Scope::OtherProvince) {
            NotFileable::NotOfferedHere
        } else if self.is_offline_only || self.online_level == OnlineLevel::None {
            NotFileable::OfflineOnly
        } else if self.receiving_agencies == 0 {
            NotFileable::NoReceivingAgency
        } else {
            return Fileability::Here;
        };
        Fileability::NotHere(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILEABLE: FilingFacts = FilingFacts {
        kind: ProcedureKind::Standard,
        scope: Scope::Commune,
        online_level: OnlineLevel::Partial,
        is_vertical_sector: false,
        is_offline_only: false,
        receiving_agencies: 135,
    };

    #[test]
    fn a_procedure_is_filed_here_unless_something_speaks_against_it() {
        use NotFileable::{Internal, NoReceivingAgency, NotOfferedHere, OfflineOnly, VerticalSector};
        assert_eq!(FILEABLE.judge(), Fileability::Here);
        assert_eq!(FilingFacts { scope: Scope::GiaLai, ..FILEABLE }.judge(), Fileability::Here);
        for (facts, reason) in [
            (FilingFacts { kind: ProcedureKind::Internal, ..FILEABLE }, Internal),
            (FilingFacts { is_vertical_sector: true, ..FILEABLE }, VerticalSector),
            (FilingFacts { scope: Scope::Central, ..FILEABLE }, NotOfferedHere),
            (FilingFacts { scope: Scope::OtherProvince, ..FILEABLE }, NotOfferedHere),
            (FilingFacts { is_offline_only: true, ..FILEABLE }, OfflineOnly),
            (FilingFacts { online_level: OnlineLevel::None, ..FILEABLE }, OfflineOnly),
            (FilingFacts { receiving_agencies: 0, ..FILEABLE }, NoReceivingAgency),
        ] {
            assert_eq!(facts.judge(), Fileability::NotHere(reason), "{facts:?}");
        }
    }
}

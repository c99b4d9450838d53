//! Agencies: who receives and decides, from when to when, and who came after (domain.md §7).

use crate::catalogue::words;
use crate::codes::AgencyCode;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// An agency or a unit inside one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Its identifier code.
    pub code: AgencyCode,
    /// Its name, spelt as in the source.
    pub name: String,
    /// What it is.
    pub kind: AgencyKind,
    /// The level it works at.
    pub level: AgencyLevel,
    /// The agency above it.
    pub parent: Option<AgencyCode>,
    /// The province, district or commune it is the committee of.
    pub admin_unit: Option<String>,
    /// The first day of its existence, when known.
    pub valid_from: Option<Day>,
    /// The last day of its existence, when it has ended.
    pub valid_to: Option<Day>,
    /// Whether dossiers are received there.
    pub receives_dossiers: bool,
    /// The agency that took its work over.
    pub successor: Option<AgencyCode>,
}

impl Agency {
    /// Whether it exists on that day.
    pub fn exists_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// What an agency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// UBND tỉnh.
    ProvincialCommittee,
    /// Sở.
    Department,
    /// Chi cục.
    SubDepartment,
    /// UBND huyện.
    DistrictCommittee,
    /// UBND xã, phường.
    CommuneCommittee,
    /// Bộ phận Một cửa, Trung tâm Phục vụ hành chính công.
    ReceptionDesk,
    /// Văn phòng đăng ký đất đai.
    LandRegistry,
    /// Cơ quan thuế.
    TaxOffice,
    /// Lãnh đạo.
    Leadership,
    /// Another unit.
    Unit,
}

words!(AgencyKind {
    ProvincialCommittee = "provincial_committee",
    Department = "department",
    SubDepartment = "sub_department",
    DistrictCommittee = "district_committee",
    CommuneCommittee = "commune_committee",
    ReceptionDesk = "reception_desk",
    LandRegistry = "land_registry",
    TaxOffice = "tax_office",
    Leadership = "leadership",
    Unit = "unit",
});

/// The level of administration at which an agency works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyLevel {
    /// The province.
    Province,
    /// The district, until 2025-06-30.
    District,
    /// The commune.
    Commune,
}

words!(AgencyLevel {
    Province = "province",
    District = "district",
    Commune = "commune",
});

/// A public way to reach an agency (leaflet R24, R25, R44).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The agency; none for the government's own.
    pub agency_code: Option<AgencyCode>,
    /// Its name as the source gives it.
    pub agency_name: String,
    /// How.
    pub channel: ContactChannel,
    /// The number, address or account name.
    pub value: String,
    /// What for.
    pub purpose: String,
    /// Where this was read.
    pub source: String,
}

/// A kind of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactChannel {
    /// A telephone number.
    Phone,
    /// A site.
    Website,
    /// A Zalo Official Account.
    ZaloOa,
}

words!(ContactChannel {
    Phone = "phone",
    Website = "website",
    ZaloOa = "zalo_oa",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_exists_from_its_first_to_its_last_day() {
        let day = |text| Day::parse(text).unwrap();
        let district = Agency {
            code: AgencyCode::parse("H21.58").unwrap(),
            name: "UBND huyện Ia Grai".to_owned(),
            kind: AgencyKind::DistrictCommittee,
            level: AgencyLevel::District,
            parent: Some(AgencyCode::parse("H21").unwrap()),
            admin_unit: Some("628".to_owned()),
            valid_from: None,
            valid_to: Some(day("2025-06-30")),
            receives_dossiers: true,
            successor: None,
        };
        assert!(district.exists_on(day("1996-11-11")));
        assert!(district.exists_on(day("2025-06-30")));
        assert!(!district.exists_on(day("2025-07-01")));
        let commune = Agency { valid_from: Some(day("2025-07-01")), valid_to: None, ..district };
        assert!(!commune.exists_on(day("2025-06-30")));
        assert!(commune.exists_on(day("2026-11-23")));
        let json = serde_json::to_string(&commune).unwrap();
        assert_eq!(serde_json::from_str::<Agency>(&json).unwrap(), commune);
    }
}

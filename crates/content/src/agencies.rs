//! The agencies of the province as a tree, on the map of one day.

use std::collections::{BTreeMap, HashMap};

use domain::agency::{Agency, AgencyKind, AgencyLevel, Contact, ContactChannel};
use domain::codes::AgencyCode;
use domain::time::Day;

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::table::{self, Row};

const AGENCIES: &str = "gia-lai/agencies.csv";
const HEADER: &[&str] = &[
    "code",
    "name",
    "kind",
    "level",
    "parent_code",
    "area_code",
    "area_era",
    "valid_from",
    "valid_to",
    "successor_code",
    "receives_dossiers",
    "source_id",
];
const CONTACTS: &[&str] = &["agency_code", "agency_name", "channel", "value", "purpose", "source"];

/// The agencies of the province. Only [`Agencies::find`] and [`Agencies::of_all_times`] look beyond the day of the map.
#[derive(Debug)]
pub struct Agencies {
    map_day: Day,
    agencies: Vec<Agency>,
    by_code: HashMap<AgencyCode, usize>,
    children: BTreeMap<AgencyCode, Vec<usize>>,
    contacts: Vec<Contact>,
}

impl Agencies {
    pub(crate) fn load(files: &Files, map_day: Day) -> Result<Self, ContentError> {
        let agencies = table::read(files, AGENCIES, HEADER, agency)?;
        let contacts = table::read(files, "gia-lai/contacts.csv", CONTACTS, contact)?;
        let mut by_code = HashMap::with_capacity(agencies.len());
        let mut children: BTreeMap<AgencyCode, Vec<usize>> = BTreeMap::new();
        for (index, agency) in agencies.iter().enumerate() {
            if by_code.insert(agency.code.clone(), index).is_some() {
                return Err(refuse(AGENCIES, index + 2, format!("«{}» stands twice", agency.code)));
            }
            if let Some(parent) = &agency.parent {
                children.entry(parent.clone()).or_default().push(index);
            }
        }
        for (index, agency) in agencies.iter().enumerate() {
            if let Some(parent) = agency.parent.as_ref().filter(|parent| !by_code.contains_key(*parent)) {
                return Err(refuse(AGENCIES, index + 2, format!("parent «{parent}» is not known")));
            }
        }
        Ok(Self { map_day, agencies, by_code, children, contacts })
    }

    /// The day whose map is shown.
    pub fn map_day(&self) -> Day {
        self.map_day
    }

    /// The agency with that code, also one that is not on the map: old codes resolve for ever.
    pub fn find(&self, code: &AgencyCode) -> Option<&Agency> {
        self.by_code.get(code).map(|index| &self.agencies[*index])
    }

    /// Every agency of the map, in the order of the source.
    pub fn all(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.iter().filter(|agency| agency.exists_on(self.map_day))
    }

    /// Every agency, of the map or not.
    pub fn of_all_times(&self) -> &[Agency] {
        &self.agencies
    }

    /// The agencies right below one.
    pub fn children(&self, code: &AgencyCode) -> impl Iterator<Item = &Agency> {
        let children = self.children.get(code).map(Vec::as_slice).unwrap_or_default();
        children.iter().map(|index| &self.agencies[*index]).filter(|agency| agency.exists_on(self.map_day))
    }

    /// The agencies above one, the nearest first.
    pub fn ancestors(&self, code: &AgencyCode) -> impl Iterator<Item = &Agency> {
        // Bounded, so that a circle in a folder of one's own can't hang the program.
        std::iter::successors(self.parent(code), |agency| self.parent(&agency.code)).take(16)
    }

    fn parent(&self, code: &AgencyCode) -> Option<&Agency> {
        self.find(code)?.parent.as_ref().and_then(|parent| self.find(parent))
    }

    /// Where dossiers for an agency are received: its one-stop desk, or itself when it has none and receives them.
    ///
    /// A desk is its own desk.
    pub fn desk_of(&self, code: &AgencyCode) -> Option<&Agency> {
        let agency = self.find(code)?;
        if agency.kind == AgencyKind::ReceptionDesk {
            return Some(agency);
        }
        let desk = self.children(code).find(|child| is_desk(child));
        desk.or_else(|| Some(agency).filter(|agency| agency.receives_dossiers))
    }

    /// The agency for which a desk receives: the committee, department or branch above it.
    ///
    /// Anything that is no desk is returned as it is.
    pub fn committee_of_desk(&self, code: &AgencyCode) -> Option<&Agency> {
        let agency = self.find(code)?;
        match agency.kind {
            AgencyKind::ReceptionDesk => self.parent(code),
            _ => Some(agency),
        }
    }

    /// The agencies of one kind on the map.
    pub fn of_kind(&self, kind: AgencyKind) -> impl Iterator<Item = &Agency> {
        self.all().filter(move |agency| agency.kind == kind)
    }

    /// The commune committees of a district.
    pub fn communes_of(&self, district: &AgencyCode) -> impl Iterator<Item = &Agency> {
        self.children(district).filter(|agency| agency.kind == AgencyKind::CommuneCommittee)
    }

    /// The district committee above an agency, or the agency itself when it is one.
    pub fn district_of(&self, code: &AgencyCode) -> Option<&Agency> {
        let district = |agency: &&Agency| agency.kind == AgencyKind::DistrictCommittee;
        self.find(code).filter(district).or_else(|| self.ancestors(code).find(district))
    }

    /// Every public contact point.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// How to reach an agency by one channel: its own contact or its desk's, else that of the nearest agency above.
    pub fn contact_for(&self, code: &AgencyCode, channel: ContactChannel) -> Option<&Contact> {
        let own = self.find(code)?;
        std::iter::once(own).chain(self.ancestors(code)).find_map(|agency| {
            let desk = self.desk_of(&agency.code).map(|desk| &desk.code);
            self.contacts.iter().find(|contact| {
                contact.channel == channel
                    && contact.agency_code.as_ref().is_some_and(|code| *code == agency.code || Some(code) == desk)
            })
        })
    }
}

fn is_desk(agency: &Agency) -> bool {
    agency.kind == AgencyKind::ReceptionDesk && agency.receives_dossiers
}

fn agency(row: &Row<'_>) -> Result<Agency, ContentError> {
    // The province's own row names its old and its new unit; the newest stands last.
    let admin_unit = row.list("area_code").last().map(str::to_owned);
    Ok(Agency {
        code: row.parse("code", AgencyCode::parse)?,
        name: row.text("name"),
        kind: row.parse("kind", AgencyKind::parse)?,
        level: row.parse("level", AgencyLevel::parse)?,
        parent: row.parse_filled("parent_code", AgencyCode::parse)?,
        admin_unit,
        valid_from: row.parse_filled("valid_from", Day::parse)?,
        valid_to: row.parse_filled("valid_to", Day::parse)?,
        receives_dossiers: row.yes("receives_dossiers")?,
        successor: row.parse_filled("successor_code", AgencyCode::parse)?,
    })
}

fn contact(row: &Row<'_>) -> Result<Contact, ContentError> {
    Ok(Contact {
        agency_code: row.parse_filled("agency_code", AgencyCode::parse)?,
        agency_name: row.text("agency_name"),
        channel: row.parse("channel", ContactChannel::parse)?,
        value: row.text("value"),
        purpose: row.text("purpose"),
        source: row.text("source"),
    })
}

//! The agencies of Gia Lai and their contact points.

use std::collections::{HashMap, HashSet};

use super::areas::Areas;
use super::output::Packed;
use super::source::{ContentError, Row, Source, Table, finish, write_record, writer};

const AGENCIES: &[&str] = &[
    "code",
    "name",
    "kind",
    "level",
    "parent_code",
    "admin_unit_code",
    "admin_unit_era",
    "era",
    "merged_into_code",
    "receives_dossiers",
    "source_id",
];
const CONTACTS: &[&str] = &["agency_code", "agency_name", "channel", "value", "purpose", "source"];
const PACKED: &[&str] = &[
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
const KINDS: &[&str] = &[
    "provincial_committee",
    "department",
    "sub_department",
    "district_committee",
    "commune_committee",
    "reception_desk",
    "land_registry",
    "tax_office",
    "leadership",
    "unit",
];

/// The last day of the old order and the first of the new: the two-tier order began on 1 July 2025.
const LAST_OLD_DAY: &str = "2025-06-30";
const FIRST_NEW_DAY: &str = "2025-07-01";

/// Units of Bình Định, which stand in the tree since that province was merged into Gia Lai.
const BINH_DINH: &str = "H08.";

pub(crate) fn pack(source: &Source, areas: &Areas, packed: &mut Vec<Packed>) -> Result<usize, ContentError> {
    let agencies = source.table("agencies/gia_lai_agencies.csv", AGENCIES)?;
    let contacts = source.table("agencies/contacts.csv", CONTACTS)?;
    let codes = agencies.unique("code")?;
    refuse_cycles(&agencies)?;
    let mut table = writer();
    write_record(&mut table, PACKED);
    for row in &agencies.rows {
        write_agency(&mut table, row, &codes, areas)?;
    }
    for row in &contacts.rows {
        row.reference("agency_code", &codes)?;
        row.filled("agency_name")?;
        row.one_of("channel", &["phone", "website", "zalo_oa"])?;
        row.filled("value")?;
    }
    packed.push(Packed::plain("gia-lai/agencies.csv", finish(table)));
    packed.push(Packed::plain("gia-lai/contacts.csv", contacts.columns(CONTACTS)));
    Ok(agencies.rows.len())
}

fn write_agency(
    table: &mut csv::Writer<Vec<u8>>,
    row: &Row,
    codes: &HashSet<String>,
    areas: &Areas,
) -> Result<(), ContentError> {
    let code = row.filled("code")?;
    // Some desks were named with the full stop or semicolon of the list they were copied from.
    let name = row.filled("name")?.trim_end_matches([';', '.']);
    let (valid_from, valid_to) = match row.one_of("era", &["old", "new", "both", ""])? {
        "old" => ("", LAST_OLD_DAY),
        "new" => (FIRST_NEW_DAY, ""),
        "" if code.starts_with(BINH_DINH) => (FIRST_NEW_DAY, ""),
        _ => ("", ""),
    };
    check_area(row, areas)?;
    let cells = [
        code,
        name,
        row.one_of("kind", KINDS)?,
        row.one_of("level", &["province", "district", "commune"])?,
        row.reference("parent_code", codes)?,
        row.get("admin_unit_code"),
        row.get("admin_unit_era"),
        valid_from,
        valid_to,
        row.reference("merged_into_code", codes)?,
        row.one_of("receives_dossiers", &["yes", "no"])?,
        row.get("source_id"),
    ];
    write_record(table, &cells);
    Ok(())
}

/// The province's own row stands for an old and a new unit at once, so both cells are lists.
fn check_area(row: &Row, areas: &Areas) -> Result<(), ContentError> {
    let eras: Vec<&str> = row.list("admin_unit_era").collect();
    let codes: Vec<&str> = row.list("admin_unit_code").collect();
    if eras.len() != codes.len() {
        return Err(row.refuse("admin_unit_code and admin_unit_era do not go together"));
    }
    for (era, code) in eras.into_iter().zip(codes) {
        let known = match era {
            "old" => &areas.old,
            "new" => &areas.new,
            _ => return Err(row.refuse(format!("admin_unit_era «{era}» is not known"))),
        };
        if !known.contains(code) {
            return Err(row.refuse(format!("admin_unit_code «{code}» is not known")));
        }
    }
    Ok(())
}

fn refuse_cycles(agencies: &Table) -> Result<(), ContentError> {
    let parents: HashMap<&str, &str> =
        agencies.rows.iter().map(|row| (row.get("code"), row.get("parent_code"))).collect();
    for row in &agencies.rows {
        let mut code = row.get("code");
        for _ in 0..=parents.len() {
            match parents.get(code) {
                Some(parent) if !parent.is_empty() => code = parent,
                _ => {
                    code = "";
                    break;
                }
            }
        }
        if !code.is_empty() {
            return Err(row.refuse(format!("the parents of «{}» go round in a circle", row.get("code"))));
        }
    }
    Ok(())
}

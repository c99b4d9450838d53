//! Provinces, districts and communes before and after 1 July 2025, and the mapping between them.

use std::collections::{HashMap, HashSet};

use super::output::Packed;
use super::source::{ContentError, Source, Table};

const PROVINCES_OLD: &[&str] = &["code", "name", "short_name", "type", "name_ascii", "new_province_code"];
const PROVINCES_NEW: &[&str] = &["code", "name", "short_name", "type", "name_ascii", "old_province_codes"];
const DISTRICTS_OLD: &[&str] = &["code", "province_code", "name", "short_name", "type", "name_ascii"];
const COMMUNES_OLD: &[&str] = &["code", "district_code", "province_code", "name", "short_name", "type", "name_ascii"];
const COMMUNES_NEW: &[&str] =
    &["code", "province_code", "name", "short_name", "type", "name_ascii", "latitude", "longitude", "area_km2"];
const MAPPING: &[&str] = &[
    "old_commune_code",
    "old_district_code",
    "old_province_code",
    "new_commune_code",
    "new_province_code",
    "extent",
    "is_main_successor",
    "confirmed_by_second_source",
];
const TYPES: &[&str] = &["tinh", "thanh_pho", "quan", "huyen", "thi_xa", "phuong", "xa", "thi_tran", "dac_khu"];

/// The codes of all units, old and new.
pub(crate) struct Areas {
    pub(crate) old: HashSet<String>,
    pub(crate) new: HashSet<String>,
}

pub(crate) fn pack(source: &Source, packed: &mut Vec<Packed>) -> Result<Areas, ContentError> {
    let provinces_old = source.table("admin_units/provinces_old.csv", PROVINCES_OLD)?;
    let provinces_new = source.table("admin_units/provinces_new.csv", PROVINCES_NEW)?;
    let districts_old = source.table("admin_units/districts_old.csv", DISTRICTS_OLD)?;
    let communes_old = source.table("admin_units/communes_old.csv", COMMUNES_OLD)?;
    let communes_new = source.table("admin_units/communes_new.csv", COMMUNES_NEW)?;
    let mapping = source.table("admin_units/commune_mapping.csv", MAPPING)?;

    let old_provinces = provinces_old.unique("code")?;
    let new_provinces = provinces_new.unique("code")?;
    let old_districts = districts_old.unique("code")?;
    let old_communes = communes_old.unique("code")?;
    let new_communes = communes_new.unique("code")?;
    for table in [&provinces_old, &provinces_new, &districts_old, &communes_old, &communes_new] {
        check_names(table)?;
    }
    check_parents(&provinces_old, "new_province_code", &new_provinces)?;
    for row in &provinces_new.rows {
        if let Some(code) = row.list("old_province_codes").find(|code| !old_provinces.contains(*code)) {
            return Err(row.refuse(format!("old province «{code}» is not known")));
        }
    }
    check_parents(&districts_old, "province_code", &old_provinces)?;
    check_parents(&communes_old, "district_code", &old_districts)?;
    check_parents(&communes_old, "province_code", &old_provinces)?;
    check_parents(&communes_new, "province_code", &new_provinces)?;
    check_parents(&mapping, "old_district_code", &old_districts)?;
    check_parents(&mapping, "new_commune_code", &new_communes)?;
    check_successors(&mapping, &old_communes)?;

    packed.push(Packed::plain(
        "areas/provinces_old.csv",
        provinces_old.columns(&["code", "name", "short_name", "type", "new_province_code"]),
    ));
    packed.push(Packed::plain(
        "areas/provinces_new.csv",
        provinces_new.columns(&["code", "name", "short_name", "type", "old_province_codes"]),
    ));
    packed.push(Packed::compressed(
        "areas/districts_old.csv",
        districts_old.columns(&["code", "province_code", "name", "short_name", "type"]),
    ));
    packed.push(Packed::compressed(
        "areas/communes_old.csv",
        communes_old.columns(&["code", "district_code", "name", "short_name", "type"]),
    ));
    packed.push(Packed::compressed(
        "areas/communes_new.csv",
        communes_new.columns(&["code", "province_code", "name", "short_name", "type"]),
    ));
    packed.push(Packed::compressed(
        "areas/commune_mapping.csv",
        mapping.columns(&[
            "old_commune_code",
            "old_district_code",
            "new_commune_code",
            "extent",
            "is_main_successor",
            "confirmed_by_second_source",
        ]),
    ));
    let mut old = old_provinces;
    old.extend(old_districts);
    old.extend(old_communes);
    let mut new = new_provinces;
    new.extend(new_communes);
    Ok(Areas { old, new })
}

fn check_names(table: &Table) -> Result<(), ContentError> {
    for row in &table.rows {
        row.filled("name")?;
        row.filled("short_name")?;
        row.one_of("type", TYPES)?;
    }
    Ok(())
}

fn check_parents(table: &Table, column: &str, known: &HashSet<String>) -> Result<(), ContentError> {
    for row in &table.rows {
        row.filled(column)?;
        row.reference(column, known)?;
    }
    Ok(())
}

/// Every old commune has exactly one main successor; only the island districts stand there without a commune.
fn check_successors(mapping: &Table, old_communes: &HashSet<String>) -> Result<(), ContentError> {
    let mut main_successors: HashMap<&str, usize> = HashMap::new();
    for row in &mapping.rows {
        row.one_of("extent", &["whole", "partial"])?;
        row.one_of("confirmed_by_second_source", &["yes", "no", ""])?;
        let is_main = row.one_of("is_main_successor", &["yes", "no"])? == "yes";
        let commune = row.reference("old_commune_code", old_communes)?;
        let count = main_successors.entry(commune).or_default();
        *count += usize::from(is_main);
        if *count > 1 && !commune.is_empty() {
            return Err(row.refuse(format!("«{commune}» has two main successors")));
        }
    }
    match old_communes.iter().filter(|code| main_successors.get(code.as_str()) != Some(&1)).min() {
        Some(code) => {
            let row = mapping.rows.last().expect("a mapping of communes has rows");
            Err(row.refuse(format!("up to here «{code}» has no main successor")))
        }
        None => Ok(()),
    }
}

//! Provinces, districts and communes of both orders, and what became of the old communes.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::address::Gazetteer;
use domain::area::{
    AreaKind, Commune, CommuneCode, CommuneMapping, District, DistrictCode, Era, Extent, Province, ProvinceCode,
};

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::table::{self, Row};

const MAPPING: &str = "areas/commune_mapping.csv.br";

/// The areas of the country.
#[derive(Debug)]
pub struct Areas {
    provinces: Vec<Province>,
    districts: Vec<District>,
    communes: Vec<Commune>,
    commune_places: HashMap<(Era, CommuneCode), usize>,
    mapping: Vec<CommuneMapping>,
    successors: HashMap<CommuneCode, Vec<usize>>,
    /// Made when the first address is read.
    gazetteer: OnceLock<Gazetteer>,
}

impl Areas {
    pub(crate) fn load(files: &Files) -> Result<Self, ContentError> {
        let mut provinces = provinces(files, Era::Old)?;
        provinces.extend(self::provinces(files, Era::New)?);
        let districts = districts(files)?;
        let district_provinces: HashMap<DistrictCode, ProvinceCode> =
            districts.iter().map(|district| (district.code, district.province)).collect();
        let mut communes = old_communes(files, &district_provinces)?;
        communes.extend(new_communes(files)?);
        let commune_places: HashMap<(Era, CommuneCode), usize> =
            communes.iter().enumerate().map(|(place, commune)| ((commune.era, commune.code), place)).collect();
        let new_province =
            |code: CommuneCode| commune_places.get(&(Era::New, code)).map(|place| communes[*place].province);
        let mapping = mapping(files, &district_provinces, new_province)?;
        let mut successors: HashMap<CommuneCode, Vec<usize>> = HashMap::with_capacity(mapping.len());
        for (place, line) in mapping.iter().enumerate() {
            if let Some(old) = line.old_commune {
                successors.entry(old).or_default().push(place);
            }
        }
        Ok(Self { provinces, districts, communes, commune_places, mapping, successors, gazetteer: OnceLock::new() })
    }

    /// All of them by name, for reading addresses.
    pub fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(|| Gazetteer::new(&self.provinces, &self.districts, &self.communes, &self.mapping))
    }

    /// The provinces of an order.
    pub fn provinces(&self, era: Era) -> impl Iterator<Item = &Province> {
        self.provinces.iter().filter(move |province| province.era == era)
    }

    /// A province of an order.
    pub fn province(&self, era: Era, code: ProvinceCode) -> Option<&Province> {
        self.provinces(era).find(|province| province.code == code)
    }

    /// The districts of a province of the old order.
    pub fn districts_of(&self, province: ProvinceCode) -> impl Iterator<Item = &District> {
        self.districts.iter().filter(move |district| district.province == province)
    }

    /// A district of the old order.
    pub fn district(&self, code: DistrictCode) -> Option<&District> {
        self.districts.iter().find(|district| district.code == code)
    }

    /// A commune of an order.
    pub fn commune(&self, era: Era, code: CommuneCode) -> Option<&Commune> {
        self.commune_places.get(&(era, code)).map(|place| &self.communes[*place])
    }

    /// The communes of a district of the old order.
    pub fn communes_of_district(&self, district: DistrictCode) -> impl Iterator<Item = &Commune> {
        self.communes.iter().filter(move |commune| commune.district == Some(district))
    }

    /// The communes of a province of an order.
    pub fn communes_of_province(&self, era: Era, province: ProvinceCode) -> impl Iterator<Item = &Commune> {
        self.communes.iter().filter(move |commune| commune.era == era && commune.province == province)
    }

    /// Every line from old communes to new ones.
    pub fn mapping(&self) -> &[CommuneMapping] {
        &self.mapping
    }

    /// What became of an old commune: one line, or several when it was divided.
    pub fn successors_of(&self, old: CommuneCode) -> impl Iterator<Item = &CommuneMapping> {
        let places = self.successors.get(&old).map(Vec::as_slice).unwrap_or_default();
        places.iter().map(|place| &self.mapping[*place])
    }

    /// A commune with the areas above it, as it is written in an address: «Xã Ia O, Huyện Ia Grai, Tỉnh Gia Lai».
    pub fn full_name(&self, commune: &Commune) -> String {
        let mut names = vec![commune.name.as_str()];
        names.extend(commune.district.and_then(|code| self.district(code)).map(|district| district.name.as_str()));
        names.extend(self.province(commune.era, commune.province).map(|province| province.name.as_str()));
        names.join(", ")
    }
}

fn provinces(files: &Files, era: Era) -> Result<Vec<Province>, ContentError> {
    let (path, header): (&str, &[&str]) = match era {
        Era::Old => ("areas/provinces_old.csv", &["code", "name", "short_name", "type", "new_province_code"]),
        Era::New => ("areas/provinces_new.csv", &["code", "name", "short_name", "type", "old_province_codes"]),
    };
    table::read(files, path, header, |row| {
        Ok(Province {
            code: row.parse("code", ProvinceCode::parse)?,
            name: row.text("name"),
            short_name: row.text("short_name"),
            kind: row.parse("type", AreaKind::parse)?,
            era,
        })
    })
}

fn districts(files: &Files) -> Result<Vec<District>, ContentError> {
    let header = &["code", "province_code", "name", "short_name", "type"];
    table::read(files, "areas/districts_old.csv.br", header, |row| {
        Ok(District {
            code: row.parse("code", DistrictCode::parse)?,
            province: row.parse("province_code", ProvinceCode::parse)?,
            name: row.text("name"),
            short_name: row.text("short_name"),
            kind: row.parse("type", AreaKind::parse)?,
        })
    })
}

fn old_communes(files: &Files, provinces: &HashMap<DistrictCode, ProvinceCode>) -> Result<Vec<Commune>, ContentError> {
    let header = &["code", "district_code", "name", "short_name", "type"];
    table::read(files, "areas/communes_old.csv.br", header, |row| {
        let district = row.parse("district_code", DistrictCode::parse)?;
        let Some(province) = provinces.get(&district) else {
            return Err(row.refuse(format!("district «{district}» is not known")));
        };
        commune(row, Some(district), *province, Era::Old)
    })
}

fn new_communes(files: &Files) -> Result<Vec<Commune>, ContentError> {
    let header = &["code", "province_code", "name", "short_name", "type"];
    table::read(files, "areas/communes_new.csv.br", header, |row| {
        commune(row, None, row.parse("province_code", ProvinceCode::parse)?, Era::New)
    })
}

fn commune(
    row: &Row<'_>,
    district: Option<DistrictCode>,
    province: ProvinceCode,
    era: Era,
) -> Result<Commune, ContentError> {
    Ok(Commune {
        code: row.parse("code", CommuneCode::parse)?,
        district,
        province,
        name: row.text("name"),
        short_name: row.text("short_name"),
        kind: row.parse("type", AreaKind::parse)?,
        era,
    })
}

fn mapping(
    files: &Files,
    old_provinces: &HashMap<DistrictCode, ProvinceCode>,
    new_province: impl Fn(CommuneCode) -> Option<ProvinceCode>,
) -> Result<Vec<CommuneMapping>, ContentError> {
    let header = &[
        "old_commune_code",
        "old_district_code",
        "new_commune_code",
        "extent",
        "is_main_successor",
        "confirmed_by_second_source",
    ];
    let mut line = 1;
    table::read(files, MAPPING, header, |row| {
        line += 1;
        let old_district = row.parse("old_district_code", DistrictCode::parse)?;
        let new_commune = row.parse("new_commune_code", CommuneCode::parse)?;
        let (Some(old_province), Some(new_province)) = (old_provinces.get(&old_district), new_province(new_commune))
        else {
            return Err(refuse(MAPPING, line, format!("«{old_district}» or «{new_commune}» is not known")));
        };
        Ok(CommuneMapping {
            old_commune: row.parse_filled("old_commune_code", CommuneCode::parse)?,
            old_district,
            old_province: *old_province,
            new_commune,
            new_province,
            extent: row.parse("extent", Extent::parse)?,
            is_main_successor: row.yes("is_main_successor")?,
            is_confirmed: row.yes("confirmed_by_second_source")?,
        })
    })
}

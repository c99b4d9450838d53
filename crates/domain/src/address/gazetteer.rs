//! All communes of both orders by name, with what became of the old ones.

use std::collections::HashMap;

use super::spelling::{key, marked};
use crate::area::{
    AreaKind, Commune, CommuneCode, CommuneMapping, District, DistrictCode, Era, Extent, Province, ProvinceCode,
};

/// A commune of today that an address may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: CommuneCode,
    /// Its province.
    pub province: ProvinceCode,
    /// As it is written in an address: «Phường Pleiku, Tỉnh Gia Lai».
    pub name: String,
    /// The old name by which it was found: «Xã Ia Hrung, Huyện Ia Grai, Tỉnh Gia Lai».
    pub before: Option<String>,
    /// Whether the commune of that old name was divided, so that only whoever lives there knows.
    pub is_divided: bool,
}

/// An area by its name.
#[derive(Debug)]
pub(super) struct Named {
    name: String,
    pub(super) kind: AreaKind,
    key: String,
    marked: String,
}

impl Named {
    fn new(name: &str, short_name: &str, kind: AreaKind) -> Self {
        Self { name: name.to_owned(), kind, key: key(short_name), marked: marked(short_name) }
    }

    /// How well a text fits the name: not at all, without the marks, with them.
    pub(super) fn fits(&self, wanted: &Wanted) -> Option<Fit> {
        let (fits, with_marks) = match wanted.is_whole {
            true => (self.key == wanted.key, self.marked == wanted.marked),
            false => (self.key.starts_with(&wanted.key), self.marked.starts_with(&wanted.marked)),
        };
        fits.then_some(if with_marks { Fit::WithMarks } else { Fit::WithoutMarks })
    }
}

/// How well a text fits a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The letters are the same.
    WithoutMarks,
    /// The marks are too.
    WithMarks,
}

/// A name that is looked for.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) key: String,
    marked: String,
    /// Whether it is the whole name, and not the beginning of one.
    pub(super) is_whole: bool,
}

impl Wanted {
    /// A whole name.
    pub(super) fn whole(name: &str) -> Self {
        Self { key: key(name), marked: marked(name), is_whole: true }
    }

    /// The beginning of a name.
    pub(super) fn beginning(name: &str) -> Self {
        Self { is_whole: false, ..Self::whole(name) }
    }
}

/// A province with the one of today.
#[derive(Debug)]
pub(super) struct ProvinceEntry {
    pub(super) code: ProvinceCode,
    pub(super) era: Era,
    pub(super) named: Named,
    /// The province of today that it is, or became.
    pub(super) heir: ProvinceCode,
}

/// A commune with the areas above it.
#[derive(Debug)]
pub(super) struct CommuneEntry {
    pub(super) code: CommuneCode,
    pub(super) era: Era,
    pub(super) named: Named,
    pub(super) province: ProvinceCode,
    pub(super) district: Option<DistrictCode>,
}

/// The areas by name. It takes a few megabytes and some milliseconds to make.
#[derive(Debug)]
pub struct Gazetteer {
    pub(super) provinces: Vec<ProvinceEntry>,
    pub(super) districts: HashMap<DistrictCode, Named>,
    /// In the order of their names' keys.
    communes: Vec<CommuneEntry>,
    new_places: HashMap<CommuneCode, usize>,
    /// The communes of today in which an old one lies, the likeliest first; and whether it was divided.
    successors: HashMap<CommuneCode, (Vec<CommuneCode>, bool)>,
    /// The same for whole districts.
    of_district: HashMap<DistrictCode, Vec<CommuneCode>>,
}

impl Gazetteer {
    /// A gazetteer of these areas of both orders.
    pub fn new(
        provinces: &[Province],
        districts: &[District],
        communes: &[Commune],
        mapping: &[CommuneMapping],
    ) -> Self {
        let heirs: HashMap<ProvinceCode, ProvinceCode> =
            mapping.iter().map(|line| (line.old_province, line.new_province)).collect();
        let heir = |province: &Province| match province.era {
            Era::Old => heirs.get(&province.code).copied().unwrap_or(province.code),
            Era::New => province.code,
        };
        let provinces = provinces.iter().map(|province| ProvinceEntry {
            code: province.code,
            era: province.era,
            named: Named::new(&province.name, &province.short_name, province.kind),
            heir: heir(province),
        });
        let mut entries: Vec<CommuneEntry> = communes.iter().map(entry).collect();
        entries.sort_by(|one, other| one.named.key.cmp(&other.named.key));
        let new_places = entries.iter().enumerate().filter(|(_, commune)| commune.era == Era::New);
        let new_places = new_places.map(|(place, commune)| (commune.code, place)).collect();
        let mut successors: HashMap<CommuneCode, (Vec<CommuneCode>, bool)> = HashMap::new();
        let mut of_district: HashMap<DistrictCode, Vec<CommuneCode>> = HashMap::new();
        let (main, others): (Vec<_>, Vec<_>) = mapping.iter().partition(|line| line.is_main_successor);
        for line in main.into_iter().chain(others) {
            let of_district = of_district.entry(line.old_district).or_default();
            if !of_district.contains(&line.new_commune) {
                of_district.push(line.new_commune);
            }
            if let Some(old) = line.old_commune {
                let (communes, is_divided) = successors.entry(old).or_default();
                communes.push(line.new_commune);
                *is_divided |= line.extent == Extent::Partial;
            }
        }
        Self {
            provinces: provinces.collect(),
            districts: districts
                .iter()
                .map(|district| (district.code, Named::new(&district.name, &district.short_name, district.kind)))
                .collect(),
            communes: entries,
            new_places,
            successors,
            of_district,
        }
    }

    /// The communes of both orders whose names fit.
    pub(super) fn communes_like(&self, wanted: &Wanted) -> impl Iterator<Item = (&CommuneEntry, Fit)> {
        let from = self.communes.partition_point(|commune| commune.named.key.as_str() < wanted.key.as_str());
        let near = self.communes[from..].iter().take_while(|commune| commune.named.key.starts_with(&wanted.key));
        near.filter_map(|commune| Some((commune, commune.named.fits(wanted)?)))
    }

    /// The province of an order.
    pub(super) fn province(&self, era: Era, code: ProvinceCode) -> Option<&ProvinceEntry> {
        self.provinces.iter().find(|province| province.era == era && province.code == code)
    }

    /// The communes of today that a commune is, or became.
    pub(super) fn places_of(&self, commune: &CommuneEntry) -> Vec<Place> {
        match commune.era {
            Era::New => self.place(commune.code).into_iter().collect(),
            Era::Old => {
                let Some((codes, is_divided)) = self.successors.get(&commune.code) else { return Vec::new() };
                let before = self.full_name(commune);
                let places = codes.iter().filter_map(|code| self.place(*code));
                places.map(|place| Place { before: Some(before.clone()), is_divided: *is_divided, ..place }).collect()
            }
        }
    }

    /// The communes of today in which a district of before lies.
    pub(super) fn places_of_district(&self, district: DistrictCode) -> Vec<Place> {
        let codes = self.of_district.get(&district).map(Vec::as_slice).unwrap_or_default();
        let before = self.districts.get(&district).map(|district| district.name.clone());
        let places = codes.iter().filter_map(|code| self.place(*code));
        places.map(|place| Place { before: before.clone(), is_divided: true, ..place }).collect()
    }

    /// The commune of today with this code.
    pub fn place(&self, code: CommuneCode) -> Option<Place> {
        let commune = &self.communes[*self.new_places.get(&code)?];
        let (province, name) = (commune.province, self.full_name(commune));
        Some(Place { code, province, name, before: None, is_divided: false })
    }

    fn full_name(&self, commune: &CommuneEntry) -> String {
        let district =
            commune.district.and_then(|code| self.districts.get(&code)).map(|district| district.name.as_str());
        let province = self.province(commune.era, commune.province).map(|province| province.named.name.as_str());
        let names = [Some(commune.named.name.as_str()), district, province];
        names.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn entry(commune: &Commune) -> CommuneEntry {
    CommuneEntry {
        code: commune.code,
        era: commune.era,
        named: Named::new(&commune.name, &commune.short_name, commune.kind),
        province: commune.province,
        district: commune.district,
    }
}

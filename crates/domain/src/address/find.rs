//! Reading the end of a line, and finding the communes that somebody who is still typing may mean.

use std::cmp::Reverse;

use super::gazetteer::{CommuneEntry, Fit, Gazetteer, Place, Wanted};
use super::segments::{CUTS, Cut, Segment, endings, segments};
use crate::area::{AreaKind, CommuneCode, DistrictCode, Era, ProvinceCode};
use crate::collation::sort_key;

/// What the end of a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A commune of today with its province, and no other.
    Today(Place),
    /// A name from before 2025-07-01: the communes of today in which that commune lies.
    Before(Vec<Place>),
    /// No commune for certain: it has no province, or several are called so.
    Unsure(Vec<Place>),
    /// No commune at all.
    Nothing,
}

/// Communes that a line may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Where their names begin in the line, in bytes; at its end when nothing was found.
    pub from: usize,
    /// The communes of today, the likeliest first.
    pub places: Vec<Place>,
}

/// The fewest letters of the beginning of a name that nothing else says is one.
const FEWEST_LETTERS: usize = 2;
/// So many communes are weighed at most.
const MOST_WEIGHED: usize = 400;

/// A commune that fits, and how well.
struct Hit<'g> {
    commune: &'g CommuneEntry,
    score: u8,
}

/// The kind is the one that was written, or none was.
const KIND: u8 = 32;
/// The province is the commune's own.
const PROVINCE: u8 = 16;
/// The district is.
const DISTRICT: u8 = 8;
/// The marks are.
const MARKS: u8 = 4;
/// It is a commune of today.
const TODAY: u8 = 2;

impl Gazetteer {
    /// What the end of a line names.
    pub fn read(&self, line: &str) -> Reading {
        self.read_from(line).1
    }

    /// A line whose end names a commune of today beyond doubt, with its name in full; any other as it is.
    pub fn spelled(&self, line: &str) -> String {
        match self.read_from(line) {
            (from, Reading::Today(place)) => with_place(line, from, &place),
            _ => line.to_owned(),
        }
    }

    fn read_from(&self, line: &str) -> (usize, Reading) {
        let (from, hits) = self.best_hits(line);
        let places = || distinct(hits.iter().flat_map(|hit| self.places_of(hit.commune)));
        let reading = match hits.as_slice() {
            [] => Reading::Nothing,
            [only] if only.score & KIND != 0 && only.commune.era == Era::Old => Reading::Before(places()),
            [only] if only.score & KIND != 0 && only.score & PROVINCE != 0 => {
                self.place(only.commune.code).map_or(Reading::Nothing, Reading::Today)
            }
            _ => Reading::Unsure(places()),
        };
        (from, reading)
    }

    /// The communes that somebody may mean who is typing the end of a line, those of `home` first, at most so many.
    pub fn suggest(&self, line: &str, home: Option<ProvinceCode>, most: usize) -> Found {
        let (from, hits) = self.best_hits(line);
        let whole = self.ordered(hits, home);
        if !whole.is_empty() {
            return found(from, whole, most);
        }
        for cut in CUTS {
            let (from, hits) = self.beginnings(&segments(line, cut));
            let places = self.ordered(hits, home);
            if !places.is_empty() {
                return found(from, places, most);
            }
        }
        match self.of_district(line) {
            Some((from, district)) => found(from, self.places_of_district(district), most),
            None => Found { from: line.len(), places: Vec::new() },
        }
    }

    /// The same for somebody who pressed a button: the last words of the line are tried as well, without any sign that
    /// they are a commune's name.
    pub fn search(&self, line: &str, home: Option<ProvinceCode>, most: usize) -> Found {
        let suggested = self.suggest(line, home, most);
        if !suggested.places.is_empty() {
            return suggested;
        }
        let parts = segments(line, Cut::Kinds);
        let (last, province) = match parts.as_slice() {
            [.., before, last] if self.is_province(last) => (before, Some(last)),
            [.., last] => (last, None),
            [] => return suggested,
        };
        let endings = endings(line, last);
        let whole = endings.iter().rev().map(|ending| (ending, Wanted::whole(ending.name)));
        let begun = endings.iter().rev().map(|ending| (ending, Wanted::beginning(ending.name)));
        for (ending, wanted) in whole.chain(begun).filter(|(_, wanted)| wanted.key.len() > FEWEST_LETTERS) {
            let province = province.map(|part| (part, Wanted::whole(part.name)));
            let places = self.ordered(self.hits(ending, wanted, None, province), home);
            if !places.is_empty() {
                return found(ending.start, places, most);
            }
        }
        suggested
    }

    /// The line with a commune of today put in place of what names one.
    pub fn put(&self, line: &str, code: CommuneCode) -> Option<String> {
        let place = self.place(code)?;
        let searched = self.search(line, None, usize::MAX);
        let names_it = searched.places.iter().any(|found| found.code == code);
        let from = if names_it { searched.from } else { self.best_hits(line).0 };
        Some(with_place(line, from, &place))
    }

    /// The communes that the end of the line names best, and where their names begin.
    fn best_hits<'g>(&'g self, line: &str) -> (usize, Vec<Hit<'g>>) {
        for cut in CUTS {
            let parts = segments(line, cut);
            for count in (1..=parts.len().min(3)).rev() {
                let parts = &parts[parts.len() - count..];
                let mut hits = self.whole_names(parts);
                if hits.is_empty() {
                    continue;
                }
                // Whoever writes no marks at all means none of them.
                let counted = if line.is_ascii() { !MARKS } else { u8::MAX };
                hits.iter_mut().for_each(|hit| hit.score &= counted);
                let best = hits.iter().map(|hit| hit.score).max().unwrap_or_default();
                hits.retain(|hit| hit.score == best);
                return (parts[0].start, hits);
            }
        }
        (line.len(), Vec::new())
    }

    /// The communes that these parts name: commune, district, province; commune and one of the two; or a commune alone.
    fn whole_names<'g>(&'g self, parts: &[Segment<'_>]) -> Vec<Hit<'g>> {
        let whole = |part: &Segment<'_>| Wanted::whole(part.name);
        match parts {
            [commune, district, province] => {
                self.hits(commune, whole(commune), Some((district, whole(district))), Some((province, whole(province))))
            }
            [commune, upper] => {
                let mut hits = self.hits(commune, whole(commune), None, Some((upper, whole(upper))));
                hits.extend(self.hits(commune, whole(commune), Some((upper, whole(upper))), None));
                hits
            }
            // A name alone may be a street's.
            [commune] if commune.kind.is_some() => self.hits(commune, whole(commune), None, None),
            _ => Vec::new(),
        }
    }

    /// The communes of which these parts are the beginning: the last part is not finished yet.
    fn beginnings<'g>(&'g self, parts: &[Segment<'_>]) -> (usize, Vec<Hit<'g>>) {
        let whole = |part: &Segment<'_>| Wanted::whole(part.name);
        let begun = |part: &Segment<'_>| Wanted::beginning(part.name);
        for count in (1..=parts.len().min(3)).rev() {
            let parts = &parts[parts.len() - count..];
            let hits = match parts {
                [commune, district, upper] => {
                    self.hits(commune, whole(commune), Some((district, whole(district))), Some((upper, begun(upper))))
                }
                [commune, upper] => {
                    let mut hits = self.hits(commune, whole(commune), None, Some((upper, begun(upper))));
                    hits.extend(self.hits(commune, whole(commune), Some((upper, begun(upper))), None));
                    hits
                }
                [commune] => {
                    let wanted = begun(commune);
                    let is_enough = commune.kind.is_some() || wanted.key.len() >= FEWEST_LETTERS;
                    if is_enough { self.hits(commune, wanted, None, None) } else { Vec::new() }
                }
                _ => Vec::new(),
            };
            if !hits.is_empty() {
                return (parts[0].start, hits);
            }
        }
        (0, Vec::new())
    }

    /// The communes that fit a part of their own, and parts for the areas above them where there are any.
    fn hits<'g>(
        &'g self,
        part: &Segment<'_>,
        wanted: Wanted,
        district: Option<(&Segment<'_>, Wanted)>,
        province: Option<(&Segment<'_>, Wanted)>,
    ) -> Vec<Hit<'g>> {
        let is_commune = part
            .kind
            .is_none_or(|kind| matches!(kind, AreaKind::Xa | AreaKind::Phuong | AreaKind::ThiTran | AreaKind::DacKhu));
        if wanted.key.is_empty() || !is_commune {
            return Vec::new();
        }
        let near = self.communes_like(&wanted);
        let fitting = near.filter_map(|(commune, fit)| {
            let mut score = if fit == Fit::WithMarks { MARKS } else { 0 };
            score |= if part.kind.is_none_or(|kind| kind == commune.named.kind) { KIND } else { 0 };
            score |= if commune.era == Era::New { TODAY } else { 0 };
            if let Some((part, wanted)) = &district {
                let district = self.districts.get(&commune.district?)?;
                let fit = district.fits(wanted)?;
                let is_kind = part.kind.is_none_or(|kind| kind == district.kind);
                score |= if is_kind && fit == Fit::WithMarks { DISTRICT } else { 0 };
            }
            if let Some((part, wanted)) = &province {
                score |= self.province_score(commune, part, wanted)?;
            }
            Some(Hit { commune, score })
        });
        fitting.take(MOST_WEIGHED).collect()
    }

    /// Whether a name is that of the commune's province, or of one that the province was or became.
    fn province_score(&self, commune: &CommuneEntry, part: &Segment<'_>, wanted: &Wanted) -> Option<u8> {
        if part.kind.is_some_and(|kind| !matches!(kind, AreaKind::Tinh | AreaKind::ThanhPho)) {
            return None;
        }
        let own = self.province(commune.era, commune.province)?;
        let is_short = wanted.is_whole && short_of(&wanted.key) == Some(own.code.as_str());
        if is_short || own.named.fits(wanted).is_some() {
            return Some(PROVINCE);
        }
        let related = self.provinces.iter().filter(|other| other.heir == own.heir);
        related.into_iter().any(|other| other.named.fits(wanted).is_some()).then_some(0)
    }

    fn is_province(&self, part: &Segment<'_>) -> bool {
        let wanted = Wanted::whole(part.name);
        self.provinces.iter().any(|province| province.named.fits(&wanted).is_some())
    }

    /// A district of before that the line ends with.
    fn of_district(&self, line: &str) -> Option<(usize, DistrictCode)> {
        for cut in CUTS {
            let parts = segments(line, cut);
            for part in parts.iter().rev().take(2) {
                let is_district =
                    |kind| matches!(kind, AreaKind::Huyen | AreaKind::Quan | AreaKind::ThiXa | AreaKind::ThanhPho);
                let wanted = Wanted::whole(part.name);
                let fitting = self.districts.iter().filter(|(_, district)| {
                    part.kind.is_some_and(|kind| is_district(kind) && kind == district.kind)
                        && district.fits(&wanted).is_some()
                });
                let codes: Vec<DistrictCode> = fitting.map(|(code, _)| *code).collect();
                if let [code] = codes.as_slice() {
                    return Some((part.start, *code));
                }
            }
        }
        None
    }

    /// Their communes of today, the likeliest first: those at home, those that are called so today, by name.
    fn ordered(&self, mut hits: Vec<Hit<'_>>, home: Option<ProvinceCode>) -> Vec<Place> {
        hits.sort_by_key(|hit| Reverse(hit.score));
        let mut places: Vec<(u8, Place)> = Vec::new();
        for hit in hits {
            for place in self.places_of(hit.commune) {
                if !places.iter().any(|(_, other)| other.code == place.code) {
                    places.push((hit.score, place));
                }
            }
        }
        places.sort_by_cached_key(|(score, place)| {
            let is_home = home == Some(place.province);
            (!is_home, Reverse(*score), place.name.len(), sort_key(&place.name))
        });
        places.into_iter().map(|(_, place)| place).collect()
    }
}

/// Cities that people write in letters.
fn short_of(key: &str) -> Option<&'static str> {
    match key {
        "hcm" | "saigon" => Some("79"),
        "hn" => Some("01"),
        _ => None,
    }
}

fn distinct(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut kept: Vec<Place> = Vec::new();
    for place in places {
        if !kept.iter().any(|other| other.code == place.code) {
            kept.push(place);
        }
    }
    kept
}

fn found(from: usize, mut places: Vec<Place>, most: usize) -> Found {
    places.truncate(most);
    Found { from, places }
}

fn with_place(line: &str, from: usize, place: &Place) -> String {
    let head = line[..from].trim_end_matches(|one: char| one.is_whitespace() || matches!(one, ',' | ';' | '-' | '–'));
    match head.is_empty() {
        true => place.name.clone(),
        false => format!("{head}, {}", place.name),
    }
}

//! Which agency receives a procedure for whoever lives at a place: derived from the place and the procedure, never guessed.

use std::collections::HashSet;

use domain::agency::{Agency, AgencyLevel};
use domain::area::{Commune, CommuneCode, Era};
use domain::codes::ProcedureCode;
use domain::text::fold;

use crate::Content;

/// An agency that receives a procedure for the people of a commune.
#[derive(Clone, Copy, Debug)]
pub struct Receiver<'a> {
    /// The agency.
    pub agency: &'a Agency,
    /// The commune, in the order of the map.
    pub commune: &'a Commune,
}

impl Content {
    /// The receivers for communes whose name has these words (with or without accents, with or without the district's name),
    /// at most so many: those whose own name begins so come first.
    pub fn receivers_at(&self, procedure: &ProcedureCode, words: &str, most: usize) -> Vec<Receiver<'_>> {
        let wanted = fold(words.trim());
        if wanted.is_empty() {
            return Vec::new();
        }
        let communes = self.own_communes();
        let mut found: Vec<(bool, &Commune)> = communes
            .filter(|commune| fold(&self.areas.full_name(commune)).contains(&wanted))
            .map(|commune| {
                (!fold(&commune.short_name).starts_with(&wanted) && !fold(&commune.name).starts_with(&wanted), commune)
            })
            .collect();
        found.sort_by_key(|(is_further, _)| *is_further);
        let offering: Vec<&Agency> =
            self.agencies_of(procedure).iter().filter_map(|code| self.agencies.find(code)).collect();
        let receivers = found.into_iter().flat_map(|(_, commune)| {
            let covering = offering.iter().filter(|agency| self.covers(agency, commune));
            covering.map(|agency| Receiver { agency, commune }).collect::<Vec<_>>()
        });
        receivers.take(most).collect()
    }

    /// The communes of the province on the map.
    fn own_communes(&self) -> impl Iterator<Item = &Commune> {
        let era = Era::on(self.rules.map_day);
        let units = self.agencies.all().filter(|agency| agency.level == AgencyLevel::Commune);
        let codes = units.filter_map(|agency| CommuneCode::parse(agency.admin_unit.as_deref()?).ok());
        let mut seen = HashSet::new();
        codes.filter(move |code| seen.insert(*code)).filter_map(move |code| self.areas.commune(era, code))
    }

    /// Whether the agency is one of the province, or it, or the one that it belongs to, is that of the commune or its district.
    fn covers(&self, agency: &Agency, commune: &Commune) -> bool {
        if agency.level == AgencyLevel::Province {
            return true;
        }
        let own = std::iter::once(agency).chain(self.agencies.ancestors(&agency.code));
        let area = own.filter_map(|agency| agency.admin_unit.as_deref()).next();
        let above = [Some(commune.code.as_str()), commune.district.as_ref().map(|code| code.as_str())];
        area.is_some() && above.contains(&area)
    }
}

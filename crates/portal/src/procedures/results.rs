//! A list of procedures: one page of what was found, the filters that are set, and those that can be.

use std::collections::HashMap;

use content::Content;
use domain::agency::{Agency, AgencyKind};
use domain::catalogue::{Fileability, OnlineLevel, ProcedureSummary};
use domain::collation::sort_key;
use usecases::App;
use usecases::find_procedures::{MOST_HITS, ProcedureQuery, find_procedures};
use web::i18n::{TextKey, Texts};
use web::portal::{Portal, Role};
use web::view::form::{Choice, FormView};
use web::view::parts::{Pagination, Tone};

use crate::procedure::{level_name, level_tag, limit};
use crate::procedures::search::{APPLICANTS, Filter, LEVELS, ONLINE_LEVELS, Search};

/// How many procedures a page lists.
pub(crate) const PER_PAGE: usize = 20;
/// How many characters of a name a list shows.
const LONGEST_NAME: usize = 190;
/// How many fields the filter offers at once; all of them have a page of their own.
const FIELDS_OFFERED: usize = 15;

/// Where a list of procedures stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a> {
    /// The whole catalogue.
    Catalogue,
    /// What can be filed here, at this path.
    Services(&'static str),
    /// What one agency receives.
    Agency(&'a Agency),
}

impl Place<'_> {
    /// The path of the list.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Catalogue => "/thu-tuc".to_owned(),
            Self::Services(path) => (*path).to_owned(),
            Self::Agency(agency) => format!("/co-quan/{}", agency.code),
        }
    }

    /// The filter for which the path itself stands.
    pub(crate) fn fixed(&self) -> Option<Filter> {
        match self {
            Self::Agency(_) => Some(Filter::Agency),
            Self::Catalogue | Self::Services(_) => None,
        }
    }

    fn restrict(&self, query: &ProcedureQuery) -> ProcedureQuery {
        let mut query = query.clone();
        match self {
            Self::Catalogue => {}
            Self::Services(_) => query.only_fileable = true,
            Self::Agency(agency) => query.agency = Some(agency.code.clone()),
        }
        query
    }
}

/// What a list shows.
pub(crate) struct Results<'a> {
    /// The path of the list.
    pub(crate) path: String,
    /// The words looked for.
    pub(crate) words: String,
    /// How many were found.
    pub(crate) total: usize,
    /// Whether there may be more than were looked for.
    pub(crate) is_cut: bool,
    /// Those of this page.
    pub(crate) rows: Vec<Row<'a>>,
    /// The pages.
    pub(crate) pages: Pagination,
    /// The filters that are set.
    pub(crate) active: Vec<Active>,
    /// The address without any filter.
    pub(crate) unfiltered: String,
    /// What the button of filing says.
    pub(crate) filing: TextKey,
    /// What was left out of the search.
    pub(crate) notices: Vec<TextKey>,
    /// The values of the filter form.
    pub(crate) form: FormView,
    /// What the filter form offers.
    pub(crate) choices: Vec<Offered>,
    /// Pairs that the search form keeps.
    pub(crate) kept: Vec<(&'static str, String)>,
    /// Address of the page of all fields; empty when the filter offers all there are.
    pub(crate) all_fields: String,
}

/// A filter with its possible values.
pub(crate) struct Offered {
    /// The filter's name in the address.
    pub(crate) name: &'static str,
    /// The key of its label.
    pub(crate) label: TextKey,
    /// The key of what stands for no filter.
    pub(crate) any: TextKey,
    /// The values.
    pub(crate) choices: Vec<Choice>,
}

/// A filter that is set.
pub(crate) struct Active {
    /// Its value in words.
    pub(crate) text: String,
    /// The address without it.
    pub(crate) href: String,
}

/// One procedure of a list.
pub(crate) struct Row<'a> {
    /// The procedure.
    pub(crate) procedure: &'a ProcedureSummary,
    /// Its name; a very long one is cut, as the page of the procedure has it whole.
    pub(crate) name: String,
    /// Its address.
    pub(crate) href: String,
    /// Its level of service.
    pub(crate) level: (TextKey, Tone),
    /// What else to know, in a line.
    pub(crate) facts: Vec<String>,
    /// Where a dossier is filed; empty when it is not filed here.
    pub(crate) filing: String,
}

impl<'a> Results<'a> {
    /// Looks for what the search asks.
    pub(crate) fn find(portal: &'a Portal, place: Place<'_>, search: &Search, t: &Texts) -> Self {
        let app = portal.app();
        let found = all_found(app, &place, search);
        let counts = count_fields(app, &place, search, &found);
        let pages = found.len().div_ceil(PER_PAGE).max(1);
        let page = search.page.min(pages);
        let shown = found.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        let path = place.path();
        let address = search.address(&path, place.fixed());
        let unfiltered = Search {
            query: ProcedureQuery { words: search.query.words.clone(), ..ProcedureQuery::default() },
            ..Search::default()
        };
        Self {
            rows: shown.map(|procedure| row(portal, &place, procedure, t)).collect(),
            total: found.len(),
            is_cut: found.len() == MOST_HITS && !search.query.words.is_empty(),
            pages: Pagination::new(page, found.len(), PER_PAGE, address),
            active: active(app.content(), &place, search, t),
            unfiltered: unfiltered.address(&path, None),
            filing: match portal.settings().role {
                Role::Province => TextKey("file-dossier"),
                Role::National => TextKey("file-online"),
            },
            notices: search.notices.clone(),
            form: form(search),
            choices: choices(app.content(), &place, search, &counts, t),
            kept: kept(search, &place),
            all_fields: match counts.len() > FIELDS_OFFERED {
                true => search.without(Filter::Field).address(&format!("{path}/linh-vuc"), place.fixed()),
                false => String::new(),
            },
            words: search.query.words.clone(),
            path,
        }
    }
}

fn all_found<'a>(app: &'a App, place: &Place<'_>, search: &Search) -> Vec<&'a ProcedureSummary> {
    find_procedures(app, &place.restrict(&search.query), 0, usize::MAX).procedures
}

/// How many of what was found each field has, as if no field had been chosen; the largest first.
pub(crate) fn count_fields(
    app: &App,
    place: &Place<'_>,
    search: &Search,
    found: &[&ProcedureSummary],
) -> Vec<(String, usize)> {
    let widened;
    let counted = match search.query.field {
        None => found,
        Some(_) => {
            widened = all_found(app, place, &search.without(Filter::Field));
            widened.as_slice()
        }
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for procedure in counted {
        *counts.entry(procedure.field_code.as_str()).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(code, count)| (code.to_owned(), count)).collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts
}

/// Every field with what was found in it, in the order of the alphabet.
pub(crate) fn fields_found(portal: &Portal, place: Place<'_>, search: &Search) -> Vec<(String, String, usize)> {
    let app = portal.app();
    let search = search.without(Filter::Field);
    let found = all_found(app, &place, &search);
    let path = place.path();
    let counts = count_fields(app, &place, &search, &found);
    let mut fields: Vec<(String, String, usize)> = counts
        .into_iter()
        .filter_map(|(code, count)| {
            let field = app.content().fields.find(&code)?;
            Some((search.in_field(&code).address(&path, place.fixed()), field.name.clone(), count))
        })
        .collect();
    fields.sort_by_cached_key(|(_, name, _)| sort_key(name));
    fields
}

fn row<'a>(portal: &'a Portal, place: &Place<'_>, procedure: &'a ProcedureSummary, t: &Texts) -> Row<'a> {
    let content = portal.app().content();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(content.fields.find(&procedure.field_code).map(|field| field.name.clone()));
    facts.extend(procedure.longest_time.map(|time| limit(time, t)));
    let tiers: Vec<&str> = procedure.levels.iter().map(|level| t.m(level_name(level).0)).collect();
    if !tiers.is_empty() && !matches!(place, Place::Agency(_)) {
        facts.push(tiers.join(", "));
    }
    let chosen = match place {
        Place::Agency(agency) => format!("?co-quan={}", agency.code),
        Place::Catalogue | Place::Services(_) => String::new(),
    };
    let is_here = content.fileability(&procedure.code) == Some(Fileability::Here);
    let other = portal.settings().other_portal_url.as_deref();
    let filing = match (is_here, place, portal.settings().role, other) {
        (false, ..) | (_, Place::Catalogue, ..) | (_, _, Role::National, None) => String::new(),
        // At the nation the same address leads on to the province.
        (_, _, Role::Province, _) | (_, _, Role::National, Some(_)) => format!("/nop-ho-so/{}{chosen}", procedure.code),
    };
    Row {
        procedure,
        name: shorten(&procedure.name),
        href: format!("/thu-tuc/{}{chosen}", procedure.code),
        level: level_tag(procedure.online_level),
        facts,
        filing,
    }
}

/// The beginning of a name that fills more than a few lines.
fn shorten(name: &str) -> String {
    let Some((most, _)) = name.char_indices().nth(LONGEST_NAME) else { return name.to_owned() };
    let place = name[..most].rfind(' ').unwrap_or(most);
    format!("{}…", name[..place].trim_end_matches([',', ';', ' ', '(', '-']))
}

fn active(content: &Content, place: &Place<'_>, search: &Search, t: &Texts) -> Vec<Active> {
    let path = place.path();
    let named = |filter: Filter| match filter {
        Filter::Field => {
            search.query.field.as_ref().and_then(|code| content.fields.find(code)).map(|field| field.name.clone())
        }
        Filter::Agency => {
            search.query.agency.as_ref().and_then(|code| content.agencies.find(code)).map(|agency| agency.name.clone())
        }
        Filter::Level => word(&LEVELS, search.query.level, t),
        Filter::Applicant => word(&APPLICANTS, search.query.applicant, t),
        Filter::Online => word(&ONLINE_LEVELS, search.query.online, t),
    };
    let filters = Filter::ALL.into_iter().filter(|filter| Some(*filter) != place.fixed());
    filters
        .filter_map(|filter| {
            Some(Active { text: named(filter)?, href: search.without(filter).address(&path, place.fixed()) })
        })
        .collect()
}

fn word<T: Copy + PartialEq>(list: &[(T, &str, TextKey)], value: Option<T>, t: &Texts) -> Option<String> {
    let value = value?;
    list.iter().find(|(listed, ..)| *listed == value).map(|(_, _, key)| t.m(key.0).to_owned())
}

fn form(search: &Search) -> FormView {
    Filter::ALL.into_iter().fold(FormView::new(), |form, filter| match search.value(filter) {
        Some(value) => form.with(filter.name(), value),
        None => form,
    })
}

fn kept(search: &Search, place: &Place<'_>) -> Vec<(&'static str, String)> {
    let pairs = search.pairs(place.fixed()).into_iter().filter(|(name, _)| *name != "q");
    pairs.map(|(name, value)| (name, value.to_owned())).collect()
}

fn choices(
    content: &Content,
    place: &Place<'_>,
    search: &Search,
    counts: &[(String, usize)],
    t: &Texts,
) -> Vec<Offered> {
    let mut offered = Vec::new();
    let chosen = search.query.field.as_deref();
    let most = counts.iter().take(FIELDS_OFFERED);
    let others = counts.iter().skip(FIELDS_OFFERED).filter(|(code, _)| Some(code.as_str()) == chosen);
    let fields = most.chain(others).filter_map(|(code, count)| {
        let field = content.fields.find(code)?;
        let text = t.f("filter-field-count", [("name", field.name.as_str().into()), ("n", (*count).into())]);
        Some(Choice::new(code.as_str(), text))
    });
    let offer = |filter: Filter, label, any, choices| Offered { name: filter.name(), label, any, choices };
    offered.push(offer(Filter::Field, TextKey("filter-field"), TextKey("filter-field-any"), fields.collect()));
    if !matches!(place, Place::Agency(_)) {
        let levels = LEVELS.iter().map(|(_, word, key)| Choice::new(*word, t.m(key.0)));
        offered.push(offer(Filter::Level, TextKey("filter-level"), TextKey("filter-level-any"), levels.collect()));
        let agencies = agencies(content, search);
        offered.push(offer(Filter::Agency, TextKey("filter-agency"), TextKey("filter-agency-any"), agencies));
    }
    let groups = APPLICANTS.iter().map(|(_, word, key)| Choice::new(*word, t.m(key.0)));
    offered.push(offer(
        Filter::Applicant,
        TextKey("filter-applicant"),
        TextKey("filter-applicant-any"),
        groups.collect(),
    ));
    let can_be_filed = |level: OnlineLevel| !matches!(place, Place::Services(_)) || level != OnlineLevel::None;
    let levels = ONLINE_LEVELS.iter().filter(|(level, ..)| can_be_filed(*level));
    let levels = levels.map(|(_, word, key)| Choice::new(*word, t.m(key.0)));
    offered.push(offer(Filter::Online, TextKey("filter-online"), TextKey("filter-online-any"), levels.collect()));
    offered
}

/// The agencies to choose from: the district at home, departments, the other districts, and the one that is chosen.
fn agencies(content: &Content, search: &Search) -> Vec<Choice> {
    let home = &content.rules.home_district;
    let chosen = search.query.agency.as_ref();
    let of_kind = |kind| content.agencies.of_kind(kind).filter(|agency| agency.code != *home);
    let listed = content.agencies.find(home).into_iter();
    let listed = listed.chain(of_kind(AgencyKind::Department)).chain(of_kind(AgencyKind::DistrictCommittee));
    let mut agencies: Vec<&Agency> =
        listed.filter(|agency| !content.assignment.procedures_of(&agency.code).is_empty()).collect();
    if let Some(other) = chosen.filter(|code| agencies.iter().all(|agency| agency.code != **code)) {
        agencies.extend(content.agencies.find(other));
    }
    agencies.into_iter().map(|agency| Choice::new(agency.code.as_str(), agency.name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_very_long_names_are_cut_and_between_words() {
        assert_eq!(shorten("Đăng ký khai sinh"), "Đăng ký khai sinh");
        let long = shorten(&"quyền sử dụng đất, ".repeat(30));
        assert!(long.chars().count() <= LONGEST_NAME + 1 && long.ends_with("đất…"), "{long}");
        assert_eq!(shorten(&"ứ".repeat(500)).chars().count(), LONGEST_NAME + 1);
    }
}

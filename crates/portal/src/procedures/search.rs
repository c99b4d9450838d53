//! What a person looks for, read from an address and written back into one.

use content::Content;
use domain::catalogue::{ApplicantGroup, Level, OnlineLevel};
use domain::codes::AgencyCode;
use usecases::find_procedures::ProcedureQuery;
use web::fields::Fields;
use web::i18n::TextKey;
use web::links;

/// More characters than this are not searched for: no procedure is found by a whole page of text.
const MOST_WORDS: usize = 200;

/// A search as the address has it, with what had to be left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Search {
    /// Words and filters.
    pub(crate) query: ProcedureQuery,
    /// The page asked for, from 1; it may lie beyond the last.
    pub(crate) page: usize,
    /// What was left out, for the person to know.
    pub(crate) notices: Vec<TextKey>,
}

/// A filter that a search can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Lĩnh vực.
    Field,
    /// Cấp thực hiện.
    Level,
    /// Cơ quan.
    Agency,
    /// Đối tượng.
    Applicant,
    /// Mức độ.
    Online,
}

impl Filter {
    /// Every filter, in the order in which the address names them.
    pub(crate) const ALL: [Self; 5] = [Self::Field, Self::Level, Self::Agency, Self::Applicant, Self::Online];

    /// Its name in the address.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Field => "linh-vuc",
            Self::Level => "cap",
            Self::Agency => "co-quan",
            Self::Applicant => "doi-tuong",
            Self::Online => "muc-do",
        }
    }
}

/// The words of the address for the levels, with the keys of their names.
pub(crate) const LEVELS: [(Level, &str, TextKey); 5] = [
    (Level::Commune, "xa", TextKey("tier-commune")),
    (Level::District, "huyen", TextKey("tier-district")),
    (Level::Province, "tinh", TextKey("tier-province")),
    (Level::Ministry, "bo", TextKey("tier-ministry")),
    (Level::Other, "khac", TextKey("tier-other")),
];

/// The same for the groups of applicants.
pub(crate) const APPLICANTS: [(ApplicantGroup, &str, TextKey); 4] = [
    (ApplicantGroup::Citizen, "cong-dan", TextKey("applicant-citizen")),
    (ApplicantGroup::Business, "doanh-nghiep", TextKey("applicant-business")),
    (ApplicantGroup::Organisation, "to-chuc", TextKey("applicant-organisation")),
    (ApplicantGroup::Official, "can-bo", TextKey("applicant-official")),
];

/// The same for the levels of service.
pub(crate) const ONLINE_LEVELS: [(OnlineLevel, &str, TextKey); 3] = [
    (OnlineLevel::Full, "toan-trinh", TextKey("level-full")),
    (OnlineLevel::Partial, "mot-phan", TextKey("level-partial")),
    (OnlineLevel::None, "khong", TextKey("level-none")),
];

impl Search {
    /// Reads the fields of an address; what is not known is left out and told.
    pub(crate) fn parse(fields: &Fields, content: &Content) -> Self {
        let (words, is_cut) = clean_words(fields.text("q"));
        let field = fields.text(Filter::Field.name());
        let agency = fields.text(Filter::Agency.name());
        let query = ProcedureQuery {
            words,
            field: content.fields.find(field).map(|field| field.code.clone()),
            agency: AgencyCode::parse(agency).ok().filter(|code| content.agencies.find(code).is_some()),
            level: value_of(&LEVELS, fields.text(Filter::Level.name())),
            applicant: value_of(&APPLICANTS, fields.text(Filter::Applicant.name())),
            online: value_of(&ONLINE_LEVELS, fields.text(Filter::Online.name())),
            only_fileable: false,
        };
        let mut search = Self { query, page: page_of(fields.text("trang")), notices: Vec::new() };
        if is_cut {
            search.notices.push(TextKey("search-cut"));
        }
        let is_unknown = |filter: &Filter| !fields.text(filter.name()).is_empty() && search.value(*filter).is_none();
        if Filter::ALL.iter().any(is_unknown) {
            search.notices.push(TextKey("search-unknown-filter"));
        }
        search
    }

    /// The value of a filter as the address has it.
    pub(crate) fn value(&self, filter: Filter) -> Option<&str> {
        match filter {
            Filter::Field => self.query.field.as_deref(),
            Filter::Level => self.query.level.and_then(|level| word_of(&LEVELS, level)),
            Filter::Agency => self.query.agency.as_ref().map(AgencyCode::as_str),
            Filter::Applicant => self.query.applicant.and_then(|group| word_of(&APPLICANTS, group)),
            Filter::Online => self.query.online.and_then(|level| word_of(&ONLINE_LEVELS, level)),
        }
    }

    /// The same search without a filter, from its first page.
    pub(crate) fn without(&self, filter: Filter) -> Self {
        let mut search = Self { query: self.query.clone(), page: 1, notices: Vec::new() };
        match filter {
            Filter::Field => search.query.field = None,
            Filter::Level => search.query.level = None,
            Filter::Agency => search.query.agency = None,
            Filter::Applicant => search.query.applicant = None,
            Filter::Online => search.query.online = None,
        }
        search
    }

    /// The same search in one field, from its first page.
    pub(crate) fn in_field(&self, code: &str) -> Self {
        let mut search = self.without(Filter::Field);
        search.query.field = Some(code.to_owned());
        search
    }

    /// Whether nothing restricts it.
    pub(crate) fn is_empty(&self) -> bool {
        self.query.words.is_empty() && Filter::ALL.iter().all(|filter| self.value(*filter).is_none())
    }

    /// The pairs of the address, without the page. `fixed` is a filter that the path itself stands for.
    pub(crate) fn pairs(&self, fixed: Option<Filter>) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        if !self.query.words.is_empty() {
            pairs.push(("q", self.query.words.as_str()));
        }
        let filters = Filter::ALL.into_iter().filter(|filter| Some(*filter) != fixed);
        pairs.extend(filters.filter_map(|filter| Some((filter.name(), self.value(filter)?))));
        pairs
    }

    /// The address of its first page under a path.
    pub(crate) fn address(&self, path: &str, fixed: Option<Filter>) -> String {
        let mut address = path.to_owned();
        for (place, (name, value)) in self.pairs(fixed).into_iter().enumerate() {
            address.push(if place == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.push_str(&links::encode(value));
        }
        address
    }
}

fn value_of<T: Copy>(list: &[(T, &str, TextKey)], word: &str) -> Option<T> {
    list.iter().find(|(_, listed, _)| *listed == word).map(|(value, ..)| *value)
}

fn word_of<T: Copy + PartialEq>(list: &'static [(T, &'static str, TextKey)], value: T) -> Option<&'static str> {
    list.iter().find(|(listed, ..)| *listed == value).map(|(_, word, _)| *word)
}

/// The words with single spaces and nothing invisible, and whether they were cut.
fn clean_words(typed: &str) -> (String, bool) {
    let mut words = String::new();
    let mut count = 0;
    for character in typed.chars() {
        let is_gap = character.is_whitespace() || character.is_control();
        if is_gap && (words.is_empty() || words.ends_with(' ')) {
            continue;
        }
        if count == MOST_WORDS {
            return (words.trim_end().to_owned(), true);
        }
        words.push(if is_gap { ' ' } else { character });
        count += 1;
    }
    (words.trim_end().to_owned(), false)
}

/// The page's number; anything that is none is the first page.
fn page_of(text: &str) -> usize {
    match text.parse::<usize>() {
        Ok(0) | Err(_) => 1,
        Ok(page) => page,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::load().unwrap());

    fn search(query: &str) -> Search {
        Search::parse(&Fields::of_query(Some(query)), &CONTENT)
    }

    #[test]
    fn an_address_is_read_and_written_back() {
        let address =
            "/thu-tuc?q=khai%20sinh&linh-vuc=G15-TP07&cap=xa&co-quan=H21.58&doi-tuong=cong-dan&muc-do=mot-phan";
        let read = search(&format!("{}&trang=3", &address["/thu-tuc?".len()..]));
        assert_eq!(read.page, 3);
        assert_eq!(read.query.level, Some(Level::Commune));
        assert_eq!(read.address("/thu-tuc", None), address);
        assert_eq!(
            read.without(Filter::Field).address("/x", Some(Filter::Agency)),
            "/x?q=khai%20sinh&cap=xa&doi-tuong=cong-dan&muc-do=mot-phan"
        );
        assert!(read.notices.is_empty());
        assert!(search("").is_empty() && !read.is_empty());
    }

    #[test]
    fn hostile_addresses_become_a_search_that_can_be_answered() {
        let long = search(&format!("q={}", "%E1%BB%A9".repeat(10_000)));
        assert_eq!(long.query.words.chars().count(), MOST_WORDS);
        assert_eq!(long.notices, [TextKey("search-cut")]);
        assert_eq!(search("q=%00%01+++khai%0a%0dsinh%7f").query.words, "khai sinh");
        assert_eq!(search("q=+++").query.words, "");
        assert_eq!(search("q=%ff%fe").query.words, "");
        for page in ["-1", "0", "x", "1.5", "99999999999999999999999", "%00"] {
            assert_eq!(search(&format!("trang={page}")).page, 1, "{page}");
        }
        assert_eq!(search("trang=99999999").page, 99_999_999);
        for filter in ["linh-vuc=khong-co", "cap=sao", "co-quan=%00", "co-quan=Z99", "doi-tuong=*", "muc-do=1"] {
            let read = search(filter);
            assert!(read.is_empty(), "{filter}");
            assert_eq!(read.notices, [TextKey("search-unknown-filter")], "{filter}");
        }
        assert!(search("linh-vuc=&cap=&q=").notices.is_empty());
    }
}

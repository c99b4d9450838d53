//! The embedded content as a whole: what it holds, and what is offered where.

mod addresses;
mod defects;
mod general;
mod refusals;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use domain::agency::{AgencyKind, ContactChannel};
use domain::area::{CommuneCode, DistrictCode, Era, ProvinceCode};
use domain::catalogue::{Fileability, Level, Method, NotFileable, OnlineLevel, ProcedureKind};
use domain::codes::{AgencyCode, ProcedureCode};
use domain::deadline::{CountingPolicy, TimeLimit, TimeUnit};
use domain::time::Day;

use crate::Content;
use crate::files::EMBEDDED;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::load().unwrap());

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

fn procedure(code: &str) -> ProcedureCode {
    ProcedureCode::parse(code).unwrap()
}

fn agency(code: &str) -> AgencyCode {
    AgencyCode::parse(code).unwrap()
}

fn names(codes: &[AgencyCode]) -> Vec<&str> {
    codes.iter().map(AgencyCode::as_str).collect()
}

#[test]
fn every_procedure_has_a_detail_that_agrees_with_its_row() {
    for summary in CONTENT.procedures.all() {
        let detail = CONTENT.procedures.detail(&summary.code).unwrap_or_else(|| panic!("{}", summary.code));
        assert_eq!((&detail.code, &detail.name, detail.scope), (&summary.code, &summary.name, summary.scope));
        assert_eq!(detail.online_level, summary.online_level, "{}", summary.code);
        assert_eq!(detail.offers(Method::Online), summary.has_detail() && summary.online_level != OnlineLevel::None);
        for id in &detail.legal_basis {
            assert!(CONTENT.legal_documents.find(id).is_some(), "{id} of {}", summary.code);
        }
    }
}

#[test]
fn every_reference_of_the_catalogue_resolves() {
    for summary in CONTENT.procedures.all() {
        assert!(CONTENT.fields.find(&summary.field_code).is_some(), "{}", summary.code);
        assert!(CONTENT.issuers.find(&summary.issuer_code).is_some(), "{}", summary.code);
        for kind in &summary.applicant_kinds {
            assert!(CONTENT.applicant_kinds.find(kind).is_some(), "{}", summary.code);
        }
    }
}

#[test]
fn birth_registration_is_as_the_catalogue_says() {
    let code = procedure("1.001193");
    let summary = CONTENT.procedures.find(&code).unwrap();
    assert_eq!(summary.name, "Thủ tục đăng ký khai sinh");
    assert_eq!(summary.longest_time, Some(TimeLimit::whole(1, TimeUnit::WorkingDay).unwrap()));
    let detail = CONTENT.procedures.detail(&code).unwrap();
    assert_eq!(detail.time_limit(Method::Online), Some(TimeLimit::whole(1, TimeUnit::WorkingDay).unwrap()));
    assert!(detail.components().any(|component| component.name.contains("Giấy chứng sinh")));
    assert_eq!(CONTENT.procedures.find(&procedure("9.999999")), None);
    assert!(CONTENT.procedures.detail(&procedure("9.999999")).is_none());
}

#[test]
fn birth_registration_is_offered_by_all_13_communes_of_ia_grai() {
    let communes: Vec<AgencyCode> =
        CONTENT.agencies.communes_of(&agency("H21.58")).map(|agency| agency.code.clone()).collect();
    let expected: Vec<String> = (51..=63).map(|number| format!("H21.58.{number}")).collect();
    assert_eq!(names(&communes), expected);
    for commune in &communes {
        assert!(CONTENT.offers(commune, &procedure("1.001193")), "{commune}");
        assert!(!CONTENT.offers(commune, &procedure("1.001612")), "household businesses are the district's");
    }
    assert!(!CONTENT.offers(&agency("H21.58"), &procedure("1.001193")));
    assert_eq!(CONTENT.agencies_of(&procedure("1.001193")).len(), 220, "every old commune, none of the new ones");
}

#[test]
fn districts_receive_what_was_theirs() {
    let district = agency("H21.58");
    for code in ["1.001612", "1.001266", "2.000720", "2.000575", "1.013225", "2.000806", "2.000528", "1.012963"] {
        assert!(CONTENT.offers(&district, &procedure(code)), "{code}");
        assert_eq!(CONTENT.agencies_of(&procedure(code)).len(), 17, "{code}: every district and nobody else");
    }
    assert!(CONTENT.procedures_of(&district).count() > 150);
}

#[test]
fn departments_receive_by_issuer_and_field() {
    let cases = [
        ("1.002032", "H21.16"), // G15: change of a lawyers' office
        ("1.014199", "H21.10"), // G09, labour: work permits of foreigners
        ("1.014882", "H21.09"), // G06: standards and measures
        ("2.001827", "H21.12"), // G10, agriculture: food safety
    ];
    for (code, department) in cases {
        let agencies = CONTENT.agencies_of(&procedure(code));
        assert!(names(agencies).contains(&department), "{code}: {:?}", names(agencies));
    }
}

#[test]
fn border_procedures_go_to_the_communes_at_the_border_only() {
    let agencies = CONTENT.agencies_of(&procedure("1.000110"));
    assert_eq!(agencies.len(), 7);
    assert!(CONTENT.offers(&agency("H21.58.59"), &procedure("1.000110")), "Ia O lies at the border");
    assert!(!CONTENT.offers(&agency("H21.58.54"), &procedure("1.000110")), "Ia Dêr does not");
}

#[test]
fn what_cannot_be_filed_here_says_why() {
    let cases = [
        ("1.004222", NotFileable::VerticalSector, "thường trú"),
        ("2.000815", NotFileable::OfflineOnly, "Chứng thực bản sao từ bản chính"),
        ("1.000010", NotFileable::NotOfferedHere, "Đánh giá"),
        ("2.002770", NotFileable::NoReceivingAgency, "Xét duyệt học sinh bán trú"),
    ];
    for (code, reason, name) in cases {
        let code = procedure(code);
        let summary = CONTENT.procedures.find(&code).unwrap();
        assert!(summary.name.contains(name), "{}", summary.name);
        assert_eq!(CONTENT.fileability(&code), Some(Fileability::NotHere(reason)), "{code}");
    }
    assert_eq!(CONTENT.fileability(&procedure("9.999999")), None);
    let desks = CONTENT.agencies_of(&procedure("2.000815"));
    assert!(!desks.is_empty(), "what is filed at the desk only says at which");
}

#[test]
fn nothing_internal_or_offline_is_offered_and_every_receiver_has_a_desk_on_the_map() {
    let day = CONTENT.agencies.map_day();
    for (index, summary) in (0_u32..).zip(CONTENT.procedures.all()) {
        if CONTENT.assignment.fileability(index) != Fileability::Here {
            continue;
        }
        assert_ne!(summary.kind, ProcedureKind::Internal, "{}", summary.code);
        assert_ne!(summary.online_level, OnlineLevel::None, "{}", summary.code);
        assert!(!CONTENT.assignment.agencies_of(index).is_empty(), "{}", summary.code);
    }
    for code in CONTENT.assignment.receiving_agencies() {
        let desk = CONTENT.agencies.desk_of(code).unwrap_or_else(|| panic!("{code} has no desk"));
        assert!(CONTENT.agencies.find(code).unwrap().exists_on(day) && desk.exists_on(day), "{code}");
        assert_eq!(CONTENT.agencies.committee_of_desk(&desk.code).unwrap().code, *code);
    }
}

#[test]
fn a_committee_that_receives_nothing_itself_has_a_desk_that_does() {
    let ia_pech = CONTENT.agencies.find(&agency("H21.58.60")).unwrap();
    assert!(!ia_pech.receives_dossiers);
    let desk = CONTENT.agencies.desk_of(&ia_pech.code).unwrap();
    assert_eq!(desk.code, agency("H21.58.60.01"));
    assert_eq!(CONTENT.agencies.committee_of_desk(&desk.code), Some(ia_pech));
    assert_eq!(CONTENT.agencies.desk_of(&desk.code), Some(desk));
    assert_eq!(CONTENT.agencies.desk_of(&agency("H21.58")).unwrap().code, agency("H21.58.99"));
    assert_eq!(CONTENT.agencies.desk_of(&agency("H99")), None);
}

#[test]
fn the_tree_is_that_of_the_day_of_the_map() {
    let agencies = &CONTENT.agencies;
    assert_eq!(agencies.map_day(), Day::parse("2025-06-30").unwrap());
    assert_eq!(agencies.of_kind(AgencyKind::DistrictCommittee).count(), 17);
    assert_eq!(agencies.of_kind(AgencyKind::CommuneCommittee).count(), 220);
    assert!(agencies.find(&agency("H21.134")).is_some(), "codes of other times resolve");
    assert!(agencies.all().all(|found| found.code != agency("H21.134")), "but are not on the map");
    let ancestors: Vec<&str> = agencies.ancestors(&agency("H21.58.59.01")).map(|agency| agency.code.as_str()).collect();
    assert_eq!(ancestors, ["H21.58.59", "H21.58", "H21"]);
    assert_eq!(agencies.district_of(&agency("H21.58.59.01")).unwrap().code, agency("H21.58"));
    assert_eq!(agencies.district_of(&agency("H21.16")), None);
}

#[test]
fn help_comes_from_the_nearest_agency_that_has_a_contact() {
    let agencies = &CONTENT.agencies;
    let phone = agencies.contact_for(&agency("H21.58.59"), ContactChannel::Phone).unwrap();
    assert_eq!(phone.value, "02693844789", "the district desk's");
    let website = |code| agencies.contact_for(&agency(code), ContactChannel::Website).unwrap().value.as_str();
    assert_eq!(website("H21.58.59.01"), "https://iagrai.gialai.gov.vn");
    assert_eq!(website("H21.16"), "https://gialai.gov.vn");
    assert_eq!(agencies.contact_for(&agency("H21.16"), ContactChannel::Phone), None);
}

#[test]
fn the_rules_are_those_of_the_file() {
    let rules = &CONTENT.rules;
    assert_eq!(rules.answer_within_working_hours, 8);
    assert_eq!(rules.deadline.policy, CountingPolicy::Exact);
    assert_eq!(rules.deadline.cut_off, 15 * 60);
    assert_eq!(rules.office_hours.day_millis(), 8 * 3_600_000);
    assert_eq!(rules.help.display, "(0269) 3844 789");
    assert_eq!(rules.home_district, agency("H21.58"));
    assert!(CONTENT.agencies.find(&rules.help.agency).is_some());
    assert!(rules.grounds.iter().any(|ground| ground.rule == "office_hours" && !ground.is_sure));
}

#[test]
fn areas_of_both_orders_are_there_and_mapped() {
    let areas = &CONTENT.areas;
    assert_eq!(areas.provinces(Era::Old).count(), 63);
    assert_eq!(areas.provinces(Era::New).count(), 34);
    let ia_grai = DistrictCode::parse("628").unwrap();
    assert_eq!(areas.communes_of_district(ia_grai).count(), 13);
    assert_eq!(areas.communes_of_province(Era::New, ProvinceCode::parse("52").unwrap()).count(), 135);
    let ia_o = areas.commune(Era::Old, CommuneCode::parse("23782").unwrap()).unwrap();
    assert_eq!(areas.full_name(ia_o), "Xã Ia O, Huyện Ia Grai, Tỉnh Gia Lai");
    let main: Vec<_> = areas.successors_of(ia_o.code).filter(|line| line.is_main_successor).collect();
    assert_eq!(main.len(), 1);
    assert!(areas.commune(Era::New, main[0].new_commune).is_some());
}

#[test]
fn the_calendar_knows_the_holidays_of_2026() {
    let works = |day| CONTENT.calendar.is_working_day(Day::parse(day).unwrap());
    assert!(!works("2026-11-24") && !works("2026-01-02") && !works("2026-02-17"));
    assert!(works("2026-01-10") && works("2026-11-23"));
    assert!(CONTENT.calendar.version().starts_with(&CONTENT.versions.calendar));
}

#[test]
fn years_of_which_nothing_is_announced_are_drafted_by_rule_and_say_so() {
    use domain::calendar::{CalendarKind, CalendarStatus};
    let calendar = &CONTENT.calendar;
    for year in 2028..=2030 {
        let new_year = calendar.entry(domain::lunar::tet(year).unwrap()).unwrap();
        let kings = calendar.entry(domain::lunar::hung_kings(year).unwrap()).unwrap();
        assert_eq!((new_year.kind, kings.name.as_str()), (CalendarKind::TetBreak, "Giỗ Tổ Hùng Vương"), "{year}");
        let [first, last] = [Day::new(year, 1, 1).unwrap(), Day::new(year, 12, 31).unwrap()];
        let drafted: Vec<_> = calendar.entries_between(first, last).collect();
        assert!(drafted.iter().all(|entry| entry.status == CalendarStatus::Estimated), "{year}");
        // Twelve days off by law; whatever falls on a weekly rest day is taken on a day in lieu, or lengthens Tết.
        let on_weekdays = drafted.iter().filter(|entry| !entry.day.is_weekend()).count();
        assert_eq!(on_weekdays, 12, "{year}");
    }
    assert!(calendar.covers(Day::new(2030, 12, 31).unwrap()));
}

#[test]
fn everyday_words_mean_words_that_titles_have() {
    let words = |text: &str| -> Vec<String> {
        let folded = domain::text::fold(text);
        folded.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
    };
    let known: BTreeSet<String> =
        CONTENT.procedures.all().iter().flat_map(|procedure| words(&procedure.name)).collect();
    for (typed, means) in CONTENT.search_words.synonyms() {
        for word in words(means) {
            assert!(known.contains(&word), "«{word}», which «{typed}» means, is in no title");
        }
    }
    let popular = CONTENT.search_words.popular();
    assert_eq!(popular.iter().collect::<BTreeSet<_>>().len(), popular.len(), "each is named once");
}

#[test]
fn what_is_asked_for_and_offered_comes_before_what_is_not() {
    let prior = |code| CONTENT.search_rows().find(|row| row.code == code).unwrap().prior;
    let order = [
        prior("1.001193"),
        prior("1.004837"),
        prior("1.002032"),
        prior("1.003677"),
        prior("1.000010"),
        prior("1.0133611"),
    ];
    assert!(order.windows(2).all(|pair| pair[0] > pair[1]), "{order:?}");
    assert_eq!(CONTENT.search_rows().count(), CONTENT.procedures.all().len());
}

#[test]
fn levels_of_2022_keep_both_orders() {
    let procedures = &CONTENT.procedures;
    let commune = procedures.all().iter().filter(|summary| summary.levels.contains(Level::Commune)).count();
    assert!(commune > 700, "{commune}");
}

#[test]
fn the_readme_lists_exactly_the_files_that_are_there() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let listed: BTreeSet<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let mut found = BTreeSet::new();
    let mut folders = vec![folder()];
    while let Some(next) = folders.pop() {
        for entry in next.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.remove("README.md");
    // The folders of procedures are many and alike: one line stands for them.
    for file in ["procedure.toml", "form.schema.json", "form.ui.json", "process.bpmn"] {
        let folders: Vec<String> = found
            .iter()
            .filter(|path| path.starts_with("procedures/") && path.ends_with(&format!("/{file}")))
            .cloned()
            .collect();
        assert_eq!(folders.len(), CONTENT.whole_procedures.codes().count(), "{file}");
        found.retain(|path| !folders.contains(path));
        found.insert(format!("procedures/CODE/{file}"));
    }
    for several in ["letters", "samples"] {
        let before = found.len();
        found.retain(|path| !(path.starts_with("procedures/") && path.contains(&format!("/{several}/"))));
        assert!(found.len() < before);
        found.insert(format!("procedures/CODE/{several}/*.toml"));
    }
    let before = found.len();
    found.retain(|path| !path.starts_with("vectors/"));
    assert!(found.len() < before);
    found.insert("vectors/*.json".to_owned());
    assert_eq!(listed, found.iter().map(String::as_str).collect());
    let embedded: BTreeSet<&str> = EMBEDDED.iter().map(|(path, _)| *path).collect();
    assert!(embedded.is_subset(&listed));
}

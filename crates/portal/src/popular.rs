//! Procedures that people ask for most, by the events of life in which they need them.

use content::Content;
use domain::codes::ProcedureCode;
use web::i18n::TextKey;

use crate::procedures::Results;

/// A procedure under the name by which people know it.
pub(crate) struct Popular {
    /// Its page.
    pub(crate) href: String,
    /// The name.
    pub(crate) text: TextKey,
}

/// An event of life with its procedures.
pub(crate) struct LifeEvent {
    /// The event.
    pub(crate) title: TextKey,
    /// What people need then.
    pub(crate) procedures: Vec<Popular>,
}

const EVENTS: [(TextKey, &[(&str, TextKey)]); 6] = [
    (
        TextKey("event-family"),
        &[
            ("1.001193", TextKey("popular-birth")),
            ("1.000894", TextKey("popular-marriage")),
            ("1.004873", TextKey("popular-marital-status")),
            ("1.000656", TextKey("popular-death")),
        ],
    ),
    (
        TextKey("event-papers"),
        &[
            ("2.000815", TextKey("popular-certified-copy")),
            ("2.000884", TextKey("popular-certified-signature")),
            ("2.000635", TextKey("popular-extract")),
            ("3.000333", TextKey("popular-criminal-record")),
        ],
    ),
    (
        TextKey("event-home"),
        &[
            ("1.013225", TextKey("popular-building-permit")),
            ("1.013978", TextKey("popular-land-certificate")),
            ("1.012784", TextKey("popular-land-division")),
            ("1.012812", TextKey("popular-land-dispute")),
        ],
    ),
    (
        TextKey("event-business"),
        &[
            ("1.001612", TextKey("popular-household-business")),
            ("2.000720", TextKey("popular-household-business-change")),
            ("1.001570", TextKey("popular-household-business-pause")),
            ("1.001266", TextKey("popular-household-business-end")),
        ],
    ),
    (
        TextKey("event-school"),
        &[
            ("3.000182", TextKey("popular-school-admission")),
            ("3.000465", TextKey("popular-diploma-copy")),
            ("1.014748", TextKey("popular-unemployment")),
            ("3.000348", TextKey("popular-driving-licence")),
        ],
    ),
    (
        TextKey("event-support"),
        &[
            ("1.001776", TextKey("popular-social-allowance")),
            ("1.001699", TextKey("popular-disability")),
            ("1.001731", TextKey("popular-funeral-aid")),
            ("1.014028", TextKey("popular-pension-funeral-aid")),
        ],
    ),
];

/// The events of life with those of their procedures that the catalogue has.
pub(crate) fn life_events(content: &Content) -> Vec<LifeEvent> {
    let has = |code: &str| ProcedureCode::parse(code).is_ok_and(|code| content.procedures.find(&code).is_some());
    EVENTS
        .iter()
        .map(|(title, procedures)| LifeEvent {
            title: *title,
            procedures: procedures
                .iter()
                .filter(|(code, _)| has(code))
                .map(|(code, text)| Popular { href: format!("/thu-tuc/{code}"), text: *text })
                .collect(),
        })
        .collect()
}

/// What to offer to a person who found nothing.
pub(crate) fn when_nothing_found(results: &Results<'_>, content: &Content) -> Vec<Popular> {
    match results.total {
        0 => life_events(content).into_iter().flat_map(|event| event.procedures).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use web::i18n::{Locale, Texts};

    use super::*;

    #[test]
    fn every_popular_procedure_is_in_the_catalogue_and_is_what_its_name_says() {
        let content = Content::load().unwrap();
        let events = life_events(&content);
        assert_eq!(events.iter().map(|event| event.procedures.len()).collect::<Vec<_>>(), [4; 6]);
        let name =
            |code: &str| content.procedures.find(&ProcedureCode::parse(code).unwrap()).unwrap().name.to_lowercase();
        for (code, word) in [
            ("1.001193", "khai sinh"),
            ("1.000894", "kết hôn"),
            ("1.004873", "tình trạng hôn nhân"),
            ("1.000656", "khai tử"),
            ("2.000815", "chứng thực bản sao"),
            ("2.000884", "chứng thực chữ ký"),
            ("2.000635", "trích lục"),
            ("3.000333", "lý lịch tư pháp"),
            ("1.001612", "thành lập hộ kinh doanh"),
            ("2.000720", "thay đổi nội dung đăng ký hộ kinh doanh"),
            ("1.013225", "giấy phép xây dựng mới"),
            ("1.013978", "quyền sử dụng đất"),
            ("1.012784", "tách thửa"),
            ("1.012812", "tranh chấp đất đai"),
            ("1.001570", "tạm ngừng kinh doanh"),
            ("1.001266", "chấm dứt hoạt động hộ kinh doanh"),
            ("3.000182", "tuyển sinh trung học cơ sở"),
            ("3.000465", "bản sao văn bằng"),
            ("1.014748", "hưởng trợ cấp thất nghiệp"),
            ("3.000348", "giấy phép lái xe"),
            ("1.001776", "trợ cấp xã hội"),
            ("1.001699", "khuyết tật"),
            ("1.001731", "mai táng"),
            ("1.014028", "hưu trí xã hội"),
        ] {
            assert!(name(code).contains(word), "{code}: {}", name(code));
        }
    }

    #[test]
    fn every_name_is_a_text() {
        for (title, procedures) in &EVENTS {
            for key in procedures.iter().map(|(_, text)| text).chain([title]) {
                assert_ne!(Texts::of(Locale::Vi).m(key.0), key.0);
            }
        }
    }
}

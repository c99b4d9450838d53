//! Every text message about a recovery fits one message and leads nowhere.

use domain::account::Reason;
use domain::account::recovery::{PaperKind, PendingCodes, RecoveryStatus, SeenPaper};
use domain::codes::{AgencyCode, EmailAddress, PhoneNumber};
use domain::dossier::OfficerRef;
use domain::ids::{AccountId, OfficerId, RecoveryId};
use domain::time::Day;

use super::*;

fn recovery(second_factors: SecondFactorFate) -> Recovery {
    let at = Day::parse("2026-11-23").unwrap().at_minute(8 * 60);
    let officer = |number| OfficerRef { id: OfficerId::from_bytes([number; 16]), name: "Siu H'Bia".into() };
    Recovery {
        id: RecoveryId::from_bytes([1; 16]),
        version: 3,
        account: AccountId::from_bytes([1; 16]),
        agency: AgencyCode::parse("H21.58.51").unwrap(),
        old: Contacts::default(),
        wanted: Contacts {
            phone: Some(PhoneNumber::parse("0961234567").unwrap()),
            email: Some(EmailAddress::parse("moi@example.vn").unwrap()),
        },
        codes: PendingCodes::default(),
        paper: SeenPaper::new(PaperKind::IdentityCard, "1234", at.day()).unwrap(),
        reason: Reason::parse("Mất máy").unwrap(),
        second_factors,
        opened_by: officer(1),
        opened_at: at,
        lapses_at: at,
        confirmed_by: Some(officer(2)),
        takes_effect_at: Some(at),
        status: RecoveryStatus::Waiting,
    }
}

#[test]
fn every_text_message_is_short_and_plain_and_has_no_link() {
    let secrets = StopSecrets { code: "0123456789".into(), token: "f".repeat(64) };
    for sms_name in ["Cong DVC quoc gia", "Cong DVC Gia Lai"] {
        let notices = Notices {
            portal_name: "Cổng Dịch vụ công tỉnh Gia Lai".into(),
            sms_name: sms_name.into(),
            public_url: "https://dichvucong.example".into(),
            help: "(0269) 3844 789".into(),
            ids: [MessageId::from_bytes([0; 16]); 4],
            now: Day::parse("2026-11-23").unwrap().at_minute(0),
        };
        for fate in [SecondFactorFate::Kept, SecondFactorFate::Removed] {
            let recovery = recovery(fate);
            for news in [News::Begun(secrets.clone()), News::Applied, News::Stopped, News::Dropped] {
                let to_new = notices.to_new(&recovery, "064***34", &news);
                for words in notices.to_old(&recovery, "064***34", &news).into_iter().chain([to_new]) {
                    let sms = words.sms;
                    assert!(sms.is_ascii() && sms.len() <= 160, "{} characters: {sms}", sms.len());
                    assert!(!sms.contains("http") && !sms.contains("www"), "{sms}");
                    assert!(words.letter.text.contains("In English: "));
                }
            }
        }
    }
}

#[test]
fn only_the_old_contacts_get_what_stops_it_and_only_proved_ones_are_written_to() {
    let mut unproved = recovery(SecondFactorFate::Kept);
    assert_eq!(proved(&unproved), unproved.wanted);
    unproved.codes.phone = Some(domain::ids::OneTimeCodeId::from_bytes([3; 16]));
    assert_eq!(proved(&unproved).phone, None);
    assert!(proved(&unproved).email.is_some());
}

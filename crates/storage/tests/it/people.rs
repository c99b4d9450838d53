//! Accounts, officers, sessions, links, messages, audit lines.

use domain::account::{AccountCommand, AccountEvent, AccountStatus, decide, evolve};
use domain::codes::{AgencyCode, EmailAddress};
use domain::ids::{AccountId, Hash, MessageId, OfficerId, SessionHash};
use domain::policy::{OfficerGrant, ProcedureScope, Role};
use domain::time::{Day, Instant};
use storage::audit::{self, AuditActor, AuditLine};
use storage::messages::{self, Channel, Fate, Message};
use storage::officers::{self, Officer};
use storage::{Db, StorageError, Tx, Work, accounts, email_tokens, sessions};

use crate::samples::{account, add_account, at, filed, procedure};
use crate::support::TestDb;

on_both_engines!(
    an_account_comes_back_as_it_was,
    a_number_has_one_account,
    an_account_is_changed_from_its_present_version_only,
    a_link_confirms_the_address_it_was_sent_to,
    an_account_that_nobody_confirmed_can_be_forgotten,
    officers_have_grants_while_these_are_in_force,
    a_session_lasts_until_it_ends,
    a_session_has_a_holder_that_exists,
    messages_tell_what_became_of_them,
    a_message_forgets_its_text_alone,
    audit_lines_stay_as_they_are,
);

/// Runs work that must succeed, with the plain error so that `?` needs no help.
async fn write<T, F>(db: &Db, work: F) -> T
where
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, StorageError> + Send + 'static,
    T: Send + 'static,
{
    db.write(work).await.unwrap()
}

async fn an_account_comes_back_as_it_was(db: TestDb) {
    let given = account(1);
    add_account(&db, 1).await;
    let (id, login) = (given.id, given.login.clone());
    write(&db, move |tx| {
        Box::pin(async move {
            assert_eq!(accounts::find(tx, id).await?.as_ref(), Some(&given));
            let found = accounts::find_by_login(tx, &login).await?.unwrap();
            assert_eq!((found.account, found.password_hash.as_deref()), (given, Some("a hash")));
            accounts::update_password(tx, id, "another hash").await?;
            let found = accounts::find_by_login(tx, &login).await?.unwrap();
            assert_eq!(found.password_hash.as_deref(), Some("another hash"));
            assert!(accounts::find_by_login(tx, &account(2).login).await?.is_none());
            Ok(())
        })
    })
    .await;
}

async fn a_number_has_one_account(db: TestDb) {
    add_account(&db, 1).await;
    let mut second = account(2);
    second.login = account(1).login;
    let outcome: Result<(), StorageError> =
        db.write(move |tx| Box::pin(async move { accounts::insert(tx, &second, "x").await })).await;
    assert!(outcome.unwrap_err().is_constraint(accounts::LOGIN_NAME_TAKEN));
}

async fn an_account_is_changed_from_its_present_version_only(db: TestDb) {
    add_account(&db, 1).await;
    let before = account(1);
    let command = AccountCommand::ChangeEmail(EmailAddress::parse("moi@example.com").unwrap());
    let events = decide(Some(&before), &command, at(1)).unwrap();
    let [event] = events.as_slice() else {
        panic!("one event, not {events:?}");
    };
    let after = evolve(Some(before.clone()), event, at(1)).unwrap();
    for expected in [true, false] {
        let (after, read_version) = (after.clone(), before.version);
        let outcome: Result<(), StorageError> =
            db.write(move |tx| Box::pin(async move { accounts::update(tx, &after, read_version).await })).await;
        match expected {
            true => outcome.unwrap(),
            false => assert!(matches!(outcome, Err(StorageError::Conflict)), "{outcome:?}"),
        }
    }
    let stored = write(&db, move |tx| Box::pin(async move { accounts::find(tx, before.id).await })).await;
    assert_eq!(stored, Some(after));
}

async fn confirm(tx: &mut Tx<'_>, id: AccountId, at: Instant) -> Result<(), StorageError> {
    let account = accounts::find(tx, id).await?.unwrap();
    let event = AccountEvent::EmailConfirmed { email: account.email.clone().unwrap() };
    let read_version = account.version;
    accounts::update(tx, &evolve(Some(account), &event, at).unwrap(), read_version).await?;
    accounts::insert_event(tx, id, read_version + 1, &event, at).await?;
    assert_eq!(accounts::list_events(tx, id).await?[0], (at, event));
    Ok(())
}

async fn a_link_confirms_the_address_it_was_sent_to(db: TestDb) {
    let id = add_account(&db, 1).await;
    let token = Hash::of(b"token");
    write(&db, move |tx| {
        Box::pin(async move {
            email_tokens::insert(tx, token, id, &account(1).email.unwrap(), at(60)).await?;
            assert_eq!(email_tokens::find(tx, token, at(59)).await?, Some(id));
            assert_eq!(email_tokens::find(tx, token, at(60)).await?, None);
            assert_eq!(email_tokens::find(tx, Hash::of(b"other"), at(0)).await?, None);
            confirm(tx, id, at(1)).await?;
            let confirmed = accounts::find(tx, id).await?.unwrap();
            assert_eq!(confirmed.status, AccountStatus::Active);
            assert_eq!((confirmed.email_confirmed_at, confirmed.version), (Some(at(1)), 2));
            let moved =
                domain::account::AccountEvent::EmailChanged { email: EmailAddress::parse("moi@example.com").unwrap() };
            let moved = evolve(Some(confirmed), &moved, at(3)).unwrap();
            accounts::update(tx, &moved, 2).await?;
            assert_eq!(email_tokens::find(tx, token, at(4)).await?, None);
            assert_eq!(email_tokens::delete_expired(tx, at(60)).await?, 1);
            Ok(())
        })
    })
    .await;
}

async fn an_account_that_nobody_confirmed_can_be_forgotten(db: TestDb) {
    let (waiting, confirmed) = (add_account(&db, 1).await, add_account(&db, 2).await);
    write(&db, move |tx| {
        Box::pin(async move {
            for (number, id) in [(1, waiting), (2, confirmed)] {
                let token = Hash::of(&[number]);
                let email = account(u32::from(number)).email.unwrap();
                email_tokens::insert(tx, token, id, &email, at(60)).await?;
                assert_eq!(email_tokens::count_of_account(tx, id, at(59)).await?, 1);
                assert_eq!(email_tokens::count_of_account(tx, id, at(60)).await?, 0);
            }
            confirm(tx, confirmed, at(1)).await?;
            for id in [waiting, confirmed] {
                accounts::delete_unconfirmed(tx, id).await?;
            }
            assert_eq!(accounts::find(tx, waiting).await?, None);
            assert_eq!(email_tokens::find(tx, Hash::of(&[1]), at(2)).await?, None);
            assert!(accounts::find(tx, confirmed).await?.is_some());
            assert_eq!(email_tokens::find(tx, Hash::of(&[2]), at(2)).await?, Some(confirmed));
            Ok(())
        })
    })
    .await;
    add_account(&db, 1).await;
}

fn officer() -> Officer {
    Officer {
        id: OfficerId::from_bytes([9; 16]),
        login_name: "Tiep.Nhan".to_owned(),
        name: "Trần Văn Bình".to_owned(),
        password_hash: "a hash".to_owned(),
        is_active: true,
        created_at: at(0),
    }
}

async fn officers_have_grants_while_these_are_in_force(db: TestDb) {
    let day = |text: &str| Day::parse(text).unwrap();
    let grant = |procedures, from: &str, to: Option<&str>| OfficerGrant {
        role: Role::Reception,
        agency: AgencyCode::parse("H21.58").unwrap(),
        procedures,
        valid_from: day(from),
        valid_to: to.map(day),
    };
    let lasting = grant(ProcedureScope::All, "2026-01-01", None);
    let narrow = grant(ProcedureScope::Only([procedure(1), procedure(2)].into()), "2026-06-01", Some("2026-06-30"));
    write(&db, move |tx| {
        Box::pin(async move {
            officers::insert(tx, &officer()).await?;
            let id = officer().id;
            officers::insert_grant(tx, id, &lasting).await?;
            officers::insert_grant(tx, id, &narrow).await?;
            for (on, expected) in [
                ("2025-12-31", vec![]),
                ("2026-05-31", vec![lasting.clone()]),
                ("2026-06-01", vec![lasting.clone(), narrow.clone()]),
                ("2026-06-30", vec![lasting.clone(), narrow.clone()]),
                ("2026-07-01", vec![lasting.clone()]),
            ] {
                assert_eq!(officers::list_grants(tx, id, day(on)).await?, expected, "{on}");
            }
            officers::end_grants(tx, id, day("2026-08-31")).await?;
            assert_eq!(officers::list_grants(tx, id, day("2026-08-31")).await?.len(), 1);
            assert!(officers::list_grants(tx, id, day("2026-09-01")).await?.is_empty());
            let mut found = officers::find_by_login(tx, "TIEP.nhan").await?.unwrap();
            assert_eq!((found.id, found.login_name.as_str()), (id, "tiep.nhan"));
            found.is_active = false;
            officers::update(tx, &found).await?;
            assert!(!officers::find(tx, id).await?.unwrap().is_active);
            Ok(())
        })
    })
    .await;
    let second: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(
                async move { officers::insert(tx, &Officer { id: OfficerId::from_bytes([8; 16]), ..officer() }).await },
            )
        })
        .await;
    assert!(second.unwrap_err().is_constraint(officers::LOGIN_NAME_TAKEN));
}

async fn a_session_lasts_until_it_ends(db: TestDb) {
    let account = add_account(&db, 1).await;
    let [citizen, desk, gone] = [b"1", b"2", b"3"].map(|token| SessionHash::of_token(token));
    write(&db, move |tx| {
        Box::pin(async move {
            officers::insert(tx, &officer()).await?;
            sessions::insert_of_account(tx, citizen, account, at(0), at(60), "Firefox").await?;
            sessions::insert_of_officer(tx, desk, officer().id, at(0), at(60), "").await?;
            sessions::insert_of_account(tx, gone, account, at(0), at(10), "Firefox").await?;
            let found = sessions::find(tx, citizen, at(59)).await?.unwrap();
            assert_eq!((found.account, found.officer, found.created_at), (Some(account), None, at(0)));
            assert_eq!(sessions::find(tx, desk, at(59)).await?.unwrap().officer, Some(officer().id));
            assert_eq!(sessions::find(tx, citizen, at(60)).await?, None);
            sessions::touch(tx, citizen, at(59), at(120)).await?;
            assert_eq!(sessions::find(tx, citizen, at(119)).await?.unwrap().expires_at, at(120));
            assert_eq!(sessions::delete_expired(tx, at(10)).await?, 1);
            sessions::delete(tx, desk).await?;
            assert_eq!(sessions::find(tx, desk, at(1)).await?, None);
            sessions::delete_of_account(tx, account).await?;
            assert_eq!(sessions::find(tx, citizen, at(1)).await?, None);
            sessions::delete_of_officer(tx, officer().id).await
        })
    })
    .await;
}

async fn a_session_has_a_holder_that_exists(db: TestDb) {
    let outcome: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                let hash = SessionHash::of_token(b"1");
                sessions::insert_of_account(tx, hash, account(1).id, at(0), at(60), "Firefox").await
            })
        })
        .await;
    assert!(matches!(outcome, Err(StorageError::Reference)), "{outcome:?}");
    let nobody = "insert into session (token_hash, created_at, seen_at, expires_at) values ('x', 0, 0, 0)";
    assert!(db.script(nobody).await.unwrap_err().is_constraint("session_has_one_holder"));
}

async fn messages_tell_what_became_of_them(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let story = filed(1, filer, 58, 1, at(480));
    story.store_all(&db).await;
    let dossier = story.id();
    let message = |number: u8, minute| Message {
        id: MessageId::from_bytes([number; 16]),
        channel: Channel::Email,
        template: "filed".to_owned(),
        to: "anh1@example.com".to_owned(),
        subject: "Hồ sơ đã được chuyển đến bộ phận tiếp nhận".to_owned(),
        text: "Kính gửi…\n".to_owned(),
        dossier: Some(dossier),
        created_at: at(minute),
    };
    let [sent, failed, waiting] = [message(3, 1), message(2, 2), message(1, 3)];
    write(&db, move |tx| {
        Box::pin(async move {
            for one in [&waiting, &sent, &failed] {
                messages::insert(tx, one).await?;
            }
            messages::mark_sent(tx, sent.id, at(10)).await?;
            messages::mark_failed(tx, failed.id, at(11), "no such mailbox").await?;
            let found = messages::find(tx, sent.id).await?.unwrap();
            assert_eq!((found.message, found.fate), (sent.clone(), Fate::Sent { at: at(10) }));
            assert_eq!(messages::find(tx, MessageId::from_bytes([0; 16])).await?, None);
            let stored = messages::list_for_dossier(tx, dossier).await?;
            let fates: Vec<_> = stored.into_iter().map(|stored| (stored.message, stored.fate)).collect();
            let expected = [
                (sent, Fate::Sent { at: at(10) }),
                (failed, Fate::Failed { at: at(11), reason: "no such mailbox".to_owned() }),
                (waiting, Fate::Waiting),
            ];
            assert_eq!(fates, expected);
            Ok(())
        })
    })
    .await;
}

async fn a_message_forgets_its_text_alone(db: TestDb) {
    let message = |number: u8| Message {
        id: MessageId::from_bytes([number; 16]),
        channel: Channel::Sms,
        template: "one_time_code".to_owned(),
        to: "+84912345678".to_owned(),
        subject: String::new(),
        text: "Ma xac nhan la 123456".to_owned(),
        dossier: None,
        created_at: at(1),
    };
    write(&db, move |tx| {
        Box::pin(async move {
            for number in [1, 2] {
                messages::insert(tx, &message(number)).await?;
            }
            messages::forget_text(tx, message(1).id).await?;
            let kept = messages::find(tx, message(2).id).await?.unwrap();
            assert_eq!((kept.message, kept.fate), (message(2), Fate::Waiting));
            let forgotten = messages::find(tx, message(1).id).await?.unwrap();
            assert_eq!(forgotten.message, Message { text: String::new(), ..message(1) });
            Ok(())
        })
    })
    .await;
}

async fn audit_lines_stay_as_they_are(db: TestDb) {
    let line = |actor, minute| AuditLine {
        at: at(minute),
        actor,
        act: "read".to_owned(),
        subject_kind: "dossier".to_owned(),
        subject_id: Some("H21.58-261122-0001".to_owned()),
        basis: Some("reception at H21.58".to_owned()),
        request_id: None,
    };
    let lines = [
        AuditActor::System,
        AuditActor::Anonymous,
        AuditActor::Account(account(1).id),
        AuditActor::Officer(officer().id),
    ];
    let lines: Vec<_> = lines.into_iter().zip(0..).map(|(actor, minute)| line(actor, minute)).collect();
    write(&db, move |tx| {
        Box::pin(async move {
            for line in &lines {
                audit::insert(tx, line).await?;
            }
            let found = audit::list_for_subject(tx, "dossier", "H21.58-261122-0001", 3).await?;
            assert_eq!(found, [lines[3].clone(), lines[2].clone(), lines[1].clone()]);
            Ok(())
        })
    })
    .await;
    for attempt in ["update audit set act = 'nothing'", "delete from audit"] {
        assert!(db.script(attempt).await.unwrap_err().is_constraint("audit_append_only"), "{attempt}");
    }
}

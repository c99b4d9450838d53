//! One-time codes and the registrations that wait for them.

use domain::account::{Assurance, Challenge, OneTimeCode, Proof, Registration};
use domain::codes::Recipient;
use domain::ids::OneTimeCodeId;
use storage::one_time_codes::{self, Purpose, StoredChallenge};
use storage::{StorageError, accounts, signups};

use crate::samples::{account, add_account, at};
use crate::support::TestDb;

on_both_engines!(
    every_try_counts_even_when_many_come_at_once,
    another_code_takes_the_place_of_the_one_before,
    a_registration_waits_for_its_code_and_is_forgotten,
    a_number_that_was_replaced_still_leads_to_its_account,
);

fn challenge(number: u8) -> StoredChallenge {
    let id = OneTimeCodeId::from_bytes([number; 16]);
    let digest = OneTimeCode::draw([number; 8]).digest(id);
    StoredChallenge {
        challenge: Challenge { id, digest, tries: 0, sends: 1, sent_at: at(0), met_at: None },
        purpose: Purpose::SignIn,
        account: None,
        recipient: Recipient::parse("+84912345678").unwrap(),
    }
}

async fn every_try_counts_even_when_many_come_at_once(db: TestDb) {
    let stored = challenge(1);
    let id = stored.challenge.id;
    let added: Result<(), StorageError> =
        db.write(move |tx| Box::pin(async move { one_time_codes::insert(tx, &stored, at(3_600)).await })).await;
    added.unwrap();
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let db = (*db).clone();
        tries.spawn(async move {
            let tried: Result<_, StorageError> =
                db.write(move |tx| Box::pin(async move { one_time_codes::begin_try(tx, id, at(1)).await })).await;
            tried.unwrap().unwrap().challenge.tries
        });
    }
    let mut seen = tries.join_all().await;
    seen.sort_unstable();
    assert_eq!(seen, (0..40).collect::<Vec<_>>(), "no two tries saw the same count");
    let met: Result<_, StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                one_time_codes::meet(tx, id, at(2)).await?;
                assert!(one_time_codes::begin_try(tx, id, at(3_600)).await?.is_none(), "forgotten");
                one_time_codes::find(tx, id, at(3)).await
            })
        })
        .await;
    let met = met.unwrap().unwrap();
    assert_eq!((met.challenge.met_at, met.challenge.tries, met.purpose), (Some(at(2)), 40, Purpose::SignIn));
}

async fn another_code_takes_the_place_of_the_one_before(db: TestDb) {
    let done: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                let stored = challenge(1);
                let id = stored.challenge.id;
                one_time_codes::insert(tx, &stored, at(3_600)).await?;
                one_time_codes::begin_try(tx, id, at(1)).await?;
                let digest = OneTimeCode::draw([9; 8]).digest(id);
                one_time_codes::resend(tx, &stored.challenge, digest, at(60), at(3_660)).await?;
                let found = one_time_codes::find(tx, id, at(61)).await?.unwrap();
                assert_eq!((found.challenge.tries, found.challenge.sends), (0, 2));
                assert_eq!((found.challenge.sent_at, found.challenge.digest), (at(60), digest));
                // Pressed twice at once: the second finds another count.
                let late = one_time_codes::resend(tx, &stored.challenge, digest, at(60), at(3_660)).await;
                assert!(matches!(late, Err(StorageError::Conflict)));
                assert_eq!(one_time_codes::delete_expired(tx, at(3_660)).await?, 1);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn a_registration_waits_for_its_code_and_is_forgotten(db: TestDb) {
    let before = account(1);
    let registration = Registration {
        id: before.id,
        kind: before.kind,
        login: before.login,
        name: before.name,
        birth_date: before.birth_date,
        representative: None,
        email: None,
        phone: before.phone,
        assurance: Assurance::Ial2,
        proof: Proof::Phone,
    };
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let id = OneTimeCodeId::from_bytes([1; 16]);
                signups::insert(tx, id, &registration, at(3_600)).await?;
                let found = signups::find(tx, id, at(1)).await?.unwrap();
                assert_eq!((found.registration, found.phone_confirmed_at), (registration, None));
                signups::confirm(tx, id, at(2), at(3_602)).await?;
                assert_eq!(signups::find(tx, id, at(3_601)).await?.unwrap().phone_confirmed_at, Some(at(2)));
                assert_eq!(signups::find(tx, id, at(3_602)).await?, None);
                assert_eq!(signups::delete_expired(tx, at(3_602)).await?, 1);
                signups::delete(tx, id).await
            })
        })
        .await;
    done.unwrap();
}

async fn a_number_that_was_replaced_still_leads_to_its_account(db: TestDb) {
    let id = add_account(&db, 1).await;
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let old = account(2).login;
                accounts::insert_former_number(tx, &old, id, at(1)).await?;
                assert_eq!(accounts::find_by_login(tx, &old).await?.unwrap().account.id, id);
                assert_eq!(accounts::find_by_login(tx, &account(1).login).await?.unwrap().account.id, id);
                assert!(accounts::find_by_login(tx, &account(3).login).await?.is_none());
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

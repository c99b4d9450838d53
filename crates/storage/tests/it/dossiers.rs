//! The log of a dossier and its projection.

use domain::dossier::{Command, Delivery, Dossier, Recorded, replay, verify_chain};
use domain::ids::DossierId;
use domain::time::Day;
use storage::{Db, Sql, StorageError, attachments, blobs, dossiers, params};

use crate::samples::{
    Story, accept, add_account, agency, at, attachment, filed, finish, hand_over, owner, procedure, start,
};
use crate::support::TestDb;

on_both_engines!(
    a_dossier_and_its_log_come_back_as_they_were,
    a_whole_life_in_one_act_is_stored_too,
    who_writes_from_an_old_version_gets_a_conflict,
    of_many_who_write_at_once_one_wins,
    a_dossier_can_be_started_once,
    events_that_do_not_lead_to_the_state_are_refused,
    the_log_cannot_be_changed,
    ordinals_are_distinct_and_without_gaps,
    an_ordinal_of_a_failed_act_is_given_again,
    units_share_the_ordinals_of_their_agency,
    a_draft_is_found_by_what_it_is_for,
    files_are_noted_with_the_dossier_they_belong_to,
    verifying_reads_every_dossier_once,
);

async fn find(db: &Db, id: DossierId) -> Option<Dossier> {
    let found: Result<_, StorageError> = db.read(move |tx| Box::pin(async move { dossiers::find(tx, id).await })).await;
    found.unwrap()
}

async fn events(db: &Db, id: DossierId) -> Vec<Recorded> {
    let found: Result<_, StorageError> =
        db.read(move |tx| Box::pin(async move { dossiers::list_events(tx, id).await })).await;
    found.unwrap()
}

async fn a_dossier_and_its_log_come_back_as_they_were(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let mut story = Story::default();
    let life = [
        start(1, filer, 58, 1),
        owner(),
        Command::ChooseDelivery(Delivery::AtDesk),
        Command::AttachFile(attachment(1)),
        crate::samples::file(58, 1, at(480)),
        accept(at(10), at(5_000)),
        finish(2),
        hand_over(),
    ];
    for (minute, command) in (0..).zip(life) {
        story.does(command, at(minute)).store(&db).await.unwrap();
        assert_eq!(find(&db, story.id()).await.as_ref(), Some(story.dossier()));
        let log = events(&db, story.id()).await;
        assert_eq!(log, story.records);
        assert_eq!(verify_chain(&log), Ok(()));
        assert_eq!(replay(&log).as_ref(), Ok(story.dossier()));
    }
    let code = story.dossier().code.clone().unwrap();
    let by_code: Result<_, StorageError> =
        db.read(move |tx| Box::pin(async move { dossiers::find_by_code(tx, &code).await })).await;
    assert_eq!(by_code.unwrap().as_ref(), Some(story.dossier()));
    assert_eq!(find(&db, DossierId::from_bytes([0; 16])).await, None);
}

async fn a_whole_life_in_one_act_is_stored_too(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let mut story = filed(1, filer, 58, 1, at(480));
    story.does(accept(at(10), at(5_000)), at(10)).store_all(&db).await;
    assert_eq!(find(&db, story.id()).await.as_ref(), Some(story.dossier()));
    assert_eq!(events(&db, story.id()).await, story.records);
}

async fn who_writes_from_an_old_version_gets_a_conflict(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let story = filed(1, filer, 58, 1, at(480));
    story.store_all(&db).await;
    let (mut first, mut second) = (story.clone(), story);
    first.does(accept(at(10), at(5_000)), at(10)).store(&db).await.unwrap();
    let stale = second.does(crate::samples::refuse(), at(11)).store(&db).await;
    assert!(matches!(stale, Err(StorageError::Conflict)), "{stale:?}");
    // Two acts ahead of what is stored is no better than one behind.
    let mut ahead = first.clone();
    let ahead = ahead.does(finish(2), at(12)).does(hand_over(), at(13)).store(&db).await;
    assert!(matches!(ahead, Err(StorageError::Conflict)), "{ahead:?}");
    assert_eq!(find(&db, first.id()).await.as_ref(), Some(first.dossier()));
    assert_eq!(events(&db, first.id()).await, first.records);
}

async fn of_many_who_write_at_once_one_wins(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let story = filed(1, filer, 58, 1, at(480));
    story.store_all(&db).await;
    let mut acts = Vec::new();
    for minute in 0..16 {
        let (db, mut story) = ((*db).clone(), story.clone());
        acts.push(tokio::spawn(async move { story.does(accept(at(10), at(5_000 + minute)), at(10)).store(&db).await }));
    }
    let mut winners = 0;
    for act in acts {
        match act.await.unwrap() {
            Ok(()) => winners += 1,
            Err(StorageError::Conflict) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(winners, 1);
    let log = events(&db, story.id()).await;
    assert_eq!(log.len(), story.records.len() + 1);
    assert_eq!(verify_chain(&log), Ok(()));
    assert_eq!(find(&db, story.id()).await, replay(&log).ok());
}

async fn a_dossier_can_be_started_once(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let mut story = Story::default();
    story.does(start(1, filer, 58, 1), at(0)).store(&db).await.unwrap();
    let again = story.store(&db).await;
    assert!(matches!(again, Err(StorageError::Conflict)), "{again:?}");
}

async fn events_that_do_not_lead_to_the_state_are_refused(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let story = filed(1, filer, 58, 1, at(480));
    let records = &story.records;
    let without_the_second = [&records[..1], &records[2..]].concat();
    for wrong in [records[..3].to_vec(), records[..1].to_vec(), without_the_second] {
        let dossier = story.dossier().clone();
        let outcome: Result<(), StorageError> =
            db.write(move |tx| Box::pin(async move { dossiers::append(tx, &dossier, &wrong).await })).await;
        assert!(matches!(outcome, Err(StorageError::Broken { .. })), "{outcome:?}");
    }
    assert_eq!(find(&db, story.id()).await, None);
}

async fn the_log_cannot_be_changed(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let story = filed(1, filer, 58, 1, at(480));
    story.store_all(&db).await;
    let mut attempts = vec![
        "update dossier_event set event = '{}'",
        "update dossier_event set at = at where seq = 1",
        "delete from dossier_event",
        "delete from dossier_event where seq = 5",
    ];
    if db.kind() == storage::Kind::Postgres {
        attempts.push("truncate dossier_event");
    }
    for attempt in attempts {
        let error = db.script(attempt).await.unwrap_err();
        assert!(error.is_constraint("dossier_event_append_only"), "{attempt}: {error:?}");
    }
    assert_eq!(events(&db, story.id()).await, story.records);
}

async fn draw(db: &Db, number: u32, day: Day, fail: bool) -> Option<u32> {
    let agency = agency(number);
    let drawn: Result<u32, StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let ordinal = dossiers::next_ordinal(tx, &agency, day).await?;
                if fail { Err(StorageError::NoRow) } else { Ok(ordinal) }
            })
        })
        .await;
    drawn.ok()
}

async fn ordinals_are_distinct_and_without_gaps(db: TestDb) {
    let today = at(0).day();
    let mut draws = Vec::new();
    for act in 0..256 {
        let db = (*db).clone();
        // Sixty-four at once, and every fifth act fails after it has drawn.
        draws.push(tokio::spawn(async move { draw(&db, 58, today, act % 5 == 0).await }));
        if draws.len() % 64 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let mut numbers = Vec::new();
    for draw in draws {
        numbers.extend(draw.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=204).collect::<Vec<_>>());
    assert_eq!(draw(&db, 58, today.next(), false).await, Some(1));
    assert_eq!(draw(&db, 59, today, false).await, Some(1));
}

async fn an_ordinal_of_a_failed_act_is_given_again(db: TestDb) {
    let today = at(0).day();
    assert_eq!(draw(&db, 58, today, false).await, Some(1));
    assert_eq!(draw(&db, 58, today, true).await, None);
    assert_eq!(draw(&db, 58, today, false).await, Some(2));
}

async fn units_share_the_ordinals_of_their_agency(db: TestDb) {
    let today = at(0).day();
    for (code, expected) in [("H21.180", 1), ("H21.180-04", 2), ("H21.180-05", 3), ("H21.180.1", 1)] {
        let agency = domain::codes::AgencyCode::parse(code).unwrap();
        let drawn: Result<u32, StorageError> =
            db.write(move |tx| Box::pin(async move { dossiers::next_ordinal(tx, &agency, today).await })).await;
        assert_eq!(drawn.unwrap(), expected, "{code}");
    }
}

async fn a_draft_is_found_by_what_it_is_for(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let find_draft = async |procedure_number: u32, agency_number: u32| {
        let found: Result<_, StorageError> = db
            .read(move |tx| {
                Box::pin(async move {
                    let (procedure, agency) = (procedure(procedure_number), agency(agency_number));
                    dossiers::find_draft(tx, filer, &procedure, &agency).await
                })
            })
            .await;
        found.unwrap().map(|draft| draft.id)
    };
    filed(1, filer, 58, 1, at(480)).store_all(&db).await;
    assert_eq!(find_draft(1, 58).await, None);
    let mut story = Story::default();
    story.does(start(2, filer, 58, 1), at(5)).store(&db).await.unwrap();
    assert_eq!(find_draft(1, 58).await, Some(story.id()));
    assert_eq!(find_draft(2, 58).await, None);
    assert_eq!(find_draft(1, 59).await, None);
}

async fn files_are_noted_with_the_dossier_they_belong_to(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let mut story = Story::default();
    story
        .does(start(1, filer, 58, 1), at(0))
        .does(Command::AttachFile(attachment(1)), at(1))
        .does(Command::AttachFile(attachment(2)), at(2))
        .store_all(&db)
        .await;
    story.does(Command::RemoveFile(attachment(1).id), at(3)).store(&db).await.unwrap();
    let id = story.id();
    let found: Result<_, StorageError> = db
        .read(|tx| {
            Box::pin(async move {
                let removed = attachments::find(tx, attachment(1).id).await?;
                let kept = attachments::find(tx, attachment(2).id).await?;
                let unknown = attachments::find(tx, attachment(3).id).await?;
                let blob = blobs::find(tx, attachment(2).hash).await?;
                Ok((removed, kept, unknown, blob))
            })
        })
        .await;
    let (removed, kept, unknown, blob) = found.unwrap();
    assert_eq!(removed.map(|file| (file.dossier, file.removed_at)), Some((id, Some(at(3)))));
    assert_eq!(kept.map(|file| (file.dossier, file.hash, file.removed_at)), Some((id, attachment(2).hash, None)));
    assert_eq!(unknown, None);
    assert_eq!(blob.map(|blob| blob.size), Some(1_234));
}

async fn verifying_reads_every_dossier_once(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let mut stories = Vec::new();
    for number in 1..=7 {
        let story = filed(number, filer, 58, 1, at(480));
        story.store_all(&db).await;
        stories.push(story);
    }
    stories.sort_by_key(Story::id);
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page: Result<_, StorageError> =
            db.read(move |tx| Box::pin(async move { dossiers::list_for_verify(tx, after, 3).await })).await;
        let page = page.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.dossier.id);
        seen.extend(page);
    }
    assert_eq!(seen.len(), stories.len());
    for (entry, story) in seen.iter().zip(&stories) {
        assert_eq!(&entry.dossier, story.dossier());
        assert_eq!(entry.events, story.records);
    }
    // What somebody changes behind the program's back shows.
    let tampering: Result<u64, StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                let forged = Sql::new("update dossier set state = replace(state, $1, $2)");
                tx.exec(forged, params!["Làng Jút 1", "Làng Jút 2"]).await
            })
        })
        .await;
    assert_eq!(tampering.unwrap(), 7);
    let page: Result<_, StorageError> =
        db.read(move |tx| Box::pin(async move { dossiers::list_for_verify(tx, None, 1).await })).await;
    let entry = &page.unwrap()[0];
    assert_ne!(replay(&entry.events).as_ref(), Ok(&entry.dossier));
}

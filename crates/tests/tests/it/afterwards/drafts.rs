//! Drafts end: deleted by their filer after a question, or told of and deleted when nobody changes them; with their files.

use std::time::Duration;

use storage::Sql;
use tests::app::{TestApp, email_of, sign_in};
use usecases::jobs::forget_expired;

use crate::steps::{CITIZEN, STRANGER, draft, filed, on_both_databases, paper, review};

on_both_databases! {
    a_draft_is_deleted_after_a_question_with_everything_in_it;
    a_draft_that_nobody_changes_is_told_of_and_expires;
    what_was_filed_cannot_be_deleted;
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn count(app: &TestApp, sql: Sql) -> i64 {
    let counted = app.db().read(move |tx| Box::pin(async move { tx.one(sql, Vec::new()).await?.take::<i64>(0) }));
    counted.await.unwrap()
}

async fn left(app: &TestApp) -> [i64; 4] {
    [
        count(app, Sql::new("select count(*) from dossier where status = 'draft'")).await,
        count(app, Sql::new("select count(*) from dossier_event e where not exists (select 1 from dossier d where d.id = e.dossier_id and d.status <> 'draft')")).await,
        count(app, Sql::new("select count(*) from attachment")).await,
        count(app, Sql::new("select count(*) from blob")).await,
    ]
}

async fn a_draft_is_deleted_after_a_question_with_everything_in_it(app: TestApp) {
    let citizen = app.citizen(CITIZEN).await;
    let files = draft(&citizen).await;
    review(&citizen, &files).await;
    assert!(left(&app).await.iter().all(|count| *count > 0));
    let address = files.path().replace("tep-dinh-kem", "xoa-ban-nhap");
    let stranger = app.citizen(STRANGER).await;
    stranger.get(&address).await.must_be(404);
    let list = citizen.get("/ho-so").await.must_be(200);
    list.must_say("Nếu không sửa thêm, hồ sơ này bị xóa lúc 08:00 21/02/2027");
    let question = citizen.get(&address).await.must_be(200);
    question.must_say("không lấy lại được");
    let gone = citizen.submit(&question, question.form(&address)).await.must_be(303);
    citizen.follow(&gone).await.must_be(200).must_say("Đã xóa hồ sơ đang soạn");
    citizen.submit(&question, question.form(&address)).await.must_be(303);
    citizen.get(files.path()).await.must_be(404);
    app.run_jobs().await;
    assert_eq!(left(&app).await, [0; 4]);
    // The bytes go an hour later.
    assert_eq!(app.count_files(), 1);
    app.advance(Duration::from_secs(60 * 60));
    app.run_jobs().await;
    assert_eq!(app.count_files(), 0);
    let noted = Sql::new("select count(*) from audit where act = 'delete_draft' and subject_kind = 'draft'");
    assert_eq!(count(&app, noted).await, 1);
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn a_draft_that_nobody_changes_is_told_of_and_expires(app: TestApp) {
    let citizen = app.citizen(CITIZEN).await;
    let files = draft(&citizen).await;
    review(&citizen, &files).await;
    let letters = |app: &TestApp| -> Vec<String> {
        let letters = app.letters(&email_of(CITIZEN));
        letters.iter().map(|letter| letter.subject.clone()).filter(|subject| subject.contains("đang soạn")).collect()
    };
    let round = async || {
        let forgotten = forget_expired(app.portal().app(), app.now()).await.unwrap();
        app.run_jobs().await;
        (forgotten.draft_reminders, forgotten.drafts)
    };
    app.advance(DAY * 82);
    assert_eq!(round().await, (0, 0));
    app.advance(DAY * 2);
    assert_eq!(round().await, (1, 0));
    assert_eq!(round().await, (0, 0), "told once");
    assert_eq!(letters(&app), ["Hồ sơ đang soạn sắp bị xóa"]);
    // Somebody who goes on with it has the whole time again.
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    let page = citizen.get(files.path()).await.must_be(200);
    citizen.submit(&page, page.form(files.path()).upload("file-1", paper("tờ hai.pdf"))).await.must_be(303);
    app.advance(DAY * 8);
    assert_eq!(round().await, (0, 0));
    app.advance(DAY * 77);
    assert_eq!(round().await, (1, 0), "told again, for it was left alone again");
    app.advance(DAY * 8);
    assert_eq!(round().await, (0, 1));
    assert_eq!(round().await, (0, 0));
    assert_eq!(letters(&app)[0], "Hồ sơ đang soạn đã bị xóa");
    assert_eq!(left(&app).await, [0; 4]);
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    citizen.get(files.path()).await.must_be(404);
}

async fn what_was_filed_cannot_be_deleted(app: TestApp) {
    let citizen = app.citizen(CITIZEN).await;
    let files = draft(&citizen).await;
    let review = review(&citizen, &files).await;
    let address = files.path().replace("tep-dinh-kem", "xoa-ban-nhap");
    let question = citizen.get(&address).await.must_be(200);
    citizen.submit(&review, review.form(review.path())).await.must_be(303);
    // The question was open when it was filed in another window: it stays.
    let late = citizen.submit(&question, question.form(&address)).await.must_be(303);
    citizen.follow(&late).await.must_be(200);
    // Another draft with the same paper goes, the paper stays.
    let second = draft(&citizen).await;
    crate::steps::review(&citizen, &second).await;
    let address = second.path().replace("tep-dinh-kem", "xoa-ban-nhap");
    let question = citizen.get(&address).await.must_be(200);
    citizen.submit(&question, question.form(&address)).await.must_be(303);
    app.run_jobs().await;
    app.advance(Duration::from_secs(2 * 60 * 60));
    app.run_jobs().await;
    let citizen = app.visitor();
    sign_in(&citizen, CITIZEN).await;
    let (code, _) = filed(&citizen).await;
    citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    assert_eq!(app.differences().await, Vec::<String>::new());
    let deleted = app.db().write(|tx| Box::pin(async move { tx.script("delete from dossier_event").await }));
    let deleted: Result<(), storage::StorageError> = deleted.await;
    assert!(deleted.unwrap_err().is_constraint("dossier_event_append_only"));
}

//! Drafts for programs: parts that are kept, parts that are refused by name, and versions that were seen.

use serde_json::{Value, json};
use tests::app::TestApp;

use super::world::{PAPER, World, ask, tag, whole, with_program};
use crate::steps::{BIRTH, COMMUNE};

with_program! {
    a_draft_is_begun_once_and_changed_part_by_part;
    what_cannot_be_read_is_refused_by_its_place_and_nothing_is_kept;
    who_has_not_seen_the_last_version_changes_nothing;
    the_page_and_the_program_work_on_one_draft;
    another_persons_draft_does_not_exist;
    files_come_in_pieces_and_go;
}

fn paths(obstacles: &Value) -> Vec<&str> {
    obstacles.as_array().unwrap().iter().filter_map(|obstacle| obstacle["path"].as_str()).collect()
}

fn kinds(obstacles: &Value) -> Vec<&str> {
    obstacles.as_array().unwrap().iter().filter_map(|obstacle| obstacle["kind"].as_str()).collect()
}

fn places(page: &tests::page::Page) -> Vec<String> {
    let document = page.json();
    let errors = document["errors"].as_array().unwrap_or_else(|| panic!("{document}"));
    errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
}

async fn a_draft_is_begun_once_and_changed_part_by_part(world: World) {
    let form = world.province().visitor().get(&format!("/api/v1/procedures/{BIRTH}/form")).await.must_be(200).json();
    assert_eq!(form["schema"]["$defs"]["shared"]["$id"], "urn:motcua:shared");
    assert!(form["papers"].as_array().unwrap().iter().any(|paper| paper["code"] == PAPER));
    assert_eq!(form["fees"][0]["amount"], 8000);
    let draft = world.draft().await;
    let again = world.send("POST", "/api/v1/drafts", &[], &json!({"procedure": BIRTH, "agency": COMMUNE})).await;
    assert_eq!(again.must_be(200).header("location"), Some(draft.as_str()));
    let first = world.get(&draft).await.must_be(200);
    let obstacles = &first.json()["obstacles"];
    assert!(
        kinds(obstacles).contains(&"owner_missing") && paths(obstacles).contains(&"child.full_name"),
        "{obstacles}"
    );
    // Wrong answers are kept, and told.
    let some = json!({"answers": {"child.birth_date": "2026-12-24", "child.full_name": "X1", "birth.situation": "9"}});
    let second = world.patch(&draft, &tag(&first), &some).await.must_be(200);
    assert_ne!(tag(&first), tag(&second));
    assert_eq!(second.json()["answers"]["child.birth_date"], "2026-12-24");
    let wrong = second.json()["obstacles"].clone();
    for path in ["child.birth_date", "child.full_name", "birth.situation"] {
        assert!(paths(&wrong).contains(&path), "{path}: {wrong}");
    }
    // Everything but the paper.
    let third = world.patch(&draft, &tag(&second), &whole()).await.must_be(200);
    assert_eq!(kinds(&third.json()["obstacles"]), ["paper_missing"], "{}", third.json()["obstacles"]);
    assert_eq!(third.json()["obstacles"][0]["component"], PAPER);
    assert_eq!(third.json()["owner"]["birth_date"], "1990-02-05");
    // Taken back again.
    let fourth = world.patch(&draft, &tag(&third), &json!({"answers": {"child.full_name": null}})).await.must_be(200);
    assert!(fourth.json()["answers"].get("child.full_name").is_none());
    let list = world.get(&format!("{draft}/obstacles")).await.must_be(200).json();
    assert_eq!(list["obstacles"], fourth.json()["obstacles"]);
    // Nothing is changed by nothing.
    let same = world.patch(&draft, &tag(&fourth), &json!({})).await.must_be(200);
    assert_eq!(tag(&same), tag(&fourth));
    let list = world.get("/api/v1/drafts").await.must_be(200).json();
    assert_eq!(list["drafts"].as_array().unwrap().len(), 1);
    assert_eq!((&list["drafts"][0]["procedure"]["code"], &list["next"]), (&json!(BIRTH), &Value::Null));
    assert_eq!(differences(world.province()).await, Vec::<String>::new());
}

async fn differences(app: &TestApp) -> Vec<String> {
    app.differences().await
}

async fn what_cannot_be_read_is_refused_by_its_place_and_nothing_is_kept(world: World) {
    let draft = world.draft().await;
    let seen = world.get(&draft).await;
    let owner = |changes: Value| {
        let mut owner = whole()["owner"].clone();
        owner.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        json!({ "owner": owner })
    };
    let cases = [
        (json!({"ghi_chu": 1}), vec!["/ghi_chu"]),
        (json!({"owner": []}), vec!["/owner"]),
        (
            json!({"owner": {}}),
            vec![
                "/owner/relation_to_filer",
                "/owner/kind",
                "/owner/full_name",
                "/owner/number",
                "/owner/phone",
                "/owner/address",
            ],
        ),
        (owner(json!({"phone": 912345678})), vec!["/owner/phone", "/owner/phone"]),
        (owner(json!({"relation_to_filer": "self"})), vec!["/owner/relation_to_filer"]),
        (owner(json!({"birth_date": "1990-13-05"})), vec!["/owner/birth_date"]),
        (owner(json!({"birth_date": "1990-02-05-06"})), vec!["/owner/birth_date"]),
        (owner(json!({"relation_to_filer": "on_behalf"})), vec!["/owner/number"]),
        (owner(json!({"full_name": "Rơ\u{7}Châm"})), vec!["/owner/full_name"]),
        (owner(json!({"commune": "1"})), vec!["/owner/commune"]),
        (json!({"delivery": {"way": "by_post", "phone": "0912345678"}}), vec!["/delivery/name", "/delivery/address"]),
        (json!({"delivery": {"way": "post"}}), vec!["/delivery/way"]),
        (
            json!({"answers": {"không": 1, "child.full_name": 1, "a/b~c": null}}),
            vec!["/answers/a~1b~0c", "/answers/child.full_name", "/answers/không"],
        ),
        (json!({"answers": {"father.is_given": "có"}}), vec!["/answers/father.is_given"]),
        (json!({"answers": {"child.full_name": ["A"]}}), vec!["/answers/child.full_name"]),
        (json!({"answers": {"child.full_name": "A\u{0}B"}}), vec!["/answers/child.full_name"]),
        (json!({"answers": {"child.full_name": "A".repeat(20_001)}}), vec!["/answers/child.full_name"]),
    ];
    for (body, expected) in cases {
        let page = world.patch(&draft, &tag(&seen), &body).await.must_be(422);
        assert_eq!(places(&page), expected, "{body}");
        assert!(page.json()["errors"].as_array().unwrap().iter().all(|error| error["detail"] != ""), "{body}");
    }
    let raw = async |kind: &str, body: &[u8]| {
        let headers = [("if-match", "\"1\""), ("content-type", kind)];
        world.ask("PATCH", &draft, &headers, body.to_vec()).await.status()
    };
    assert_eq!(raw("application/json", b"{\"answers\":{},\"answers\":{}}").await, 400);
    assert_eq!(raw("application/json", b"[]").await, 400);
    assert_eq!(raw("application/json", &b"[".repeat(100_000)).await, 400);
    assert_eq!(raw("application/json", b"\xff").await, 400);
    assert_eq!(raw("application/json", &vec![b' '; 600_000]).await, 413);
    assert_eq!(raw("text/plain", b"{}").await, 415);
    assert_eq!(raw("application/x-www-form-urlencoded", b"a=1").await, 415);
    let begun = world.send("POST", "/api/v1/drafts", &[], &json!({"procedure": "9.9", "agency": "X", "a": 1})).await;
    assert_eq!(places(&begun.must_be(422)), ["/a", "/procedure", "/agency"]);
    let elsewhere = world.send("POST", "/api/v1/drafts", &[], &json!({"procedure": BIRTH, "agency": "H21.58"})).await;
    assert_eq!(elsewhere.must_be(422).json()["type"], "urn:motcua:problem:not_fileable");
    assert_eq!(tag(&world.get(&draft).await), tag(&seen), "nothing was kept");
}

async fn who_has_not_seen_the_last_version_changes_nothing(world: World) {
    let draft = world.draft().await;
    let seen = tag(&world.get(&draft).await);
    let change = json!({"answers": {"child.full_name": "Rơ Châm An"}});
    world.send("PATCH", &draft, &[], &change).await.must_be(428);
    for other in ["*", "W/\"1\"", "1", "\"\"", "\"-1\"", "\"1\", \"2\"", "\"99999999999999999999999\""] {
        let page = world.patch(&draft, other, &change).await.must_be(412);
        assert_eq!(tag(&page), seen);
    }
    world.send("PATCH", &draft, &[("if-match", &seen), ("if-match", &seen)], &change).await.must_be(428);
    // Two programs have seen the same.
    let other = world.tokens("khac", &[]).await["access_token"].as_str().unwrap().to_owned();
    let headers = [("if-match", seen.as_str()), ("content-type", "application/json")];
    let body = json!({"answers": {"child.full_name": "Rơ Châm Bình"}}).to_string().into_bytes();
    let first = world.patch(&draft, &seen, &change).await.must_be(200);
    let second = ask(world.province(), Some(&other), "PATCH", &draft, &headers, body).await.must_be(412);
    assert_eq!(tag(&second), tag(&first));
    assert_eq!(world.get(&draft).await.json()["answers"]["child.full_name"], "Rơ Châm An");
    // Nor is it deleted by whoever has not seen it.
    world.ask("DELETE", &draft, &[], Vec::new()).await.must_be(428);
    world.ask("DELETE", &draft, &[("if-match", &seen)], Vec::new()).await.must_be(412);
    world.ask("DELETE", &draft, &[("if-match", &tag(&first))], Vec::new()).await.must_be(204);
    world.get(&draft).await.must_be(404);
    world.ask("DELETE", &draft, &[("if-match", &tag(&first))], Vec::new()).await.must_be(404);
    assert_eq!(differences(world.province()).await, Vec::<String>::new());
}

async fn the_page_and_the_program_work_on_one_draft(world: World) {
    let draft = world.whole_draft().await;
    let id = draft.rsplit('/').next().unwrap();
    let review = world.person.province.get(&format!("/nop-ho-so/{BIRTH}/{id}/xem-lai")).await.must_be(200);
    review.must_say("Rơ Châm An");
    review.must_say("giay-chung-sinh.pdf");
    let filed = world.person.province.submit(&review, review.form(review.path())).await.must_be(303);
    let code = filed.location().split('/').nth(2).unwrap().to_owned();
    let gone = world.get(&draft).await.must_be(410);
    assert_eq!(gone.json()["code"], code.as_str());
    // By the page: no key of the program's tells the secret.
    let late = world.submit(&draft, "khóa").await.must_be(400);
    assert_eq!(late.json()["type"], "urn:motcua:problem:no_key", "a key is ASCII");
    let late = world.submit(&draft, "k-1").await.must_be(409);
    assert_eq!(late.json()["code"], code.as_str());
    let dossier = world.get(&format!("/api/v1/dossiers/{code}")).await.must_be(200).json();
    assert_eq!(dossier["timeline"][0]["program"], Value::Null);
}

async fn another_persons_draft_does_not_exist(world: World) {
    let draft = world.whole_draft().await;
    let stranger = world.strangers_token().await;
    let nothing = "/api/v1/drafts/00000000000000000000000000000000";
    let body = || json!({"answers": {}}).to_string().into_bytes();
    for (method, end, headers) in [
        ("GET", "", vec![]),
        ("PATCH", "", vec![("if-match", "\"1\""), ("content-type", "application/json")]),
        ("DELETE", "", vec![("if-match", "\"1\"")]),
        ("GET", "/obstacles", vec![]),
        ("POST", "/submit", vec![("idempotency-key", "k")]),
        ("POST", "/uploads", vec![("tus-resumable", "1.0.0"), ("upload-length", "9")]),
        ("GET", "/files/00000000000000000000000000000000", vec![]),
        ("DELETE", "/files/00000000000000000000000000000000", vec![]),
    ] {
        for place in [draft.as_str(), nothing] {
            let path = format!("{place}{end}");
            let page = ask(world.province(), Some(&stranger), method, &path, &headers, body()).await.must_be(404);
            assert!(!page.text().contains("Rơ Châm"), "{method} {path}");
        }
    }
    let list = ask(world.province(), Some(&stranger), "GET", "/api/v1/drafts", &[], Vec::new()).await.must_be(200);
    assert_eq!(list.json()["drafts"], json!([]));
}

async fn files_come_in_pieces_and_go(world: World) {
    let draft = world.draft().await;
    let tag = tag(&world.get(&draft).await);
    world.patch(&draft, &tag, &json!({"answers": {"birth.proof": "1"}})).await.must_be(200);
    let place = format!("{draft}/uploads");
    let abilities = world.province().visitor().send(tests::http::request("OPTIONS", &place, Vec::new())).await;
    assert_eq!(abilities.must_be(204).header("tus-version"), Some("1.0.0"));
    let bytes = b"%PDF-1.7\n% a paper in two pieces\n%%EOF\n";
    let metadata = super::world::metadata(PAPER, "giấy chứng sinh.pdf");
    let length = bytes.len().to_string();
    let headers =
        [("tus-resumable", "1.0.0"), ("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
    let unknown = super::world::metadata("khong-co", "a.pdf");
    let wrong = [headers[0], headers[1], ("upload-metadata", unknown.as_str())];
    world.ask("POST", &place, &wrong, Vec::new()).await.must_be(400);
    world.ask("POST", &place, &headers[1..], Vec::new()).await.must_be(412);
    let upload = world.ask("POST", &place, &headers, Vec::new()).await.must_be(201).location().to_owned();
    let piece = async |offset: &str, bytes: &[u8]| {
        let headers = [
            ("tus-resumable", "1.0.0"),
            ("upload-offset", offset),
            ("content-type", "application/offset+octet-stream"),
        ];
        world.ask("PATCH", &upload, &headers, bytes.to_vec()).await
    };
    piece("0", &bytes[..10]).await.must_be(204);
    piece("0", &bytes[..10]).await.must_be(409);
    let told = world.ask("HEAD", &upload, &[("tus-resumable", "1.0.0")], Vec::new()).await.must_be(200);
    assert_eq!(told.header("upload-offset"), Some("10"));
    piece("10", &bytes[10..]).await.must_be(204);
    let shown = world.get(&draft).await.must_be(200).json();
    let file = &shown["files"][0];
    assert_eq!((&file["component"], &file["name"]), (&json!(PAPER), &json!("giấy chứng sinh.pdf")));
    let address = format!("{draft}/files/{}", file["id"].as_str().unwrap());
    assert_eq!(world.get(&address).await.must_be(200).bytes(), bytes);
    world.ask("DELETE", &address, &[], Vec::new()).await.must_be(204);
    world.ask("DELETE", &address, &[], Vec::new()).await.must_be(404);
    world.get(&address).await.must_be(404);
    // One that is not wanted any more, and one that is no file of ours.
    let upload = world.ask("POST", &place, &headers, Vec::new()).await.must_be(201).location().to_owned();
    world.ask("DELETE", &upload, &[("tus-resumable", "1.0.0")], Vec::new()).await.must_be(204);
    world.ask("HEAD", &upload, &[("tus-resumable", "1.0.0")], Vec::new()).await.must_be(404);
    let other = [headers[0], ("upload-length", "4"), headers[2], ("content-type", "application/offset+octet-stream")];
    world.ask("POST", &place, &other, b"MZ\x90\x00".to_vec()).await.must_be(422);
}

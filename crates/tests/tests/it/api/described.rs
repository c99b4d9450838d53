//! The document and the router hold each other: every address is described, every description answers, and what is answered
//! fits its schema.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};
use tests::app::{Engine, TestApp};
use tests::http::request;
use tests::page::Page;
use web::portal::Role;

use super::world::{PAPER, World, ask, tag, whole, with_program};
use crate::steps::{BIRTH, COMMUNE};

with_program! {
    what_is_answered_fits_the_document;
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

async fn document(app: &TestApp) -> Value {
    app.visitor().get("/api/openapi.json").await.must_be(200).json()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_is_described_and_every_description_answers() {
    for role in [Role::National, Role::Province] {
        let app = TestApp::start_as(role, Engine::Sqlite).await;
        let document = document(&app).await;
        let described = document["paths"].as_object().unwrap();
        let visitor = app.visitor();
        // The router's own list: every route of the door's source.
        let routes: BTreeSet<String> = crate::rights::routes_of("api");
        assert!(role == Role::National || routes == described.keys().cloned().collect(), "{routes:?}");
        for path in routes {
            let address = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
            let address = address.collect::<Vec<_>>().join("/");
            for method in METHODS {
                let status = visitor.send(request(&method.to_uppercase(), &address, Vec::new())).await.status();
                let is_served = match described.contains_key(&path) {
                    // GET answers HEAD by itself.
                    true => status != 405,
                    false => status != 404,
                };
                let is_described = document["paths"][&path][method].is_object()
                    || (method == "head" && document["paths"][&path]["get"].is_object());
                assert_eq!(is_served, is_described, "{role:?}: {method} {path}: {status}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_told_whole() {
    let app = TestApp::start(Engine::Sqlite).await;
    let document = document(&app).await;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let about = format!("{method} {path}");
            assert!(operation["operationId"].is_string() && !operation["summary"].is_null(), "{about}");
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let named = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
            for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                assert!(named(part), "{about}: {part}");
            }
            assert!(parameters.iter().all(|parameter| parameter["description"].is_string()), "{about}");
            let personal = ["/drafts", "/dossiers"].iter().any(|kind| path.contains(kind)) && method != "options";
            assert_eq!(operation["security"].is_array(), personal, "{about}");
            assert!(!personal || operation["responses"]["401"].is_object(), "{about}");
            for (status, answer) in operation["responses"].as_object().unwrap() {
                assert!(answer["description"].as_str().is_some_and(|words| !words.is_empty()), "{about}: {status}");
                let kind = if status.starts_with('2') { "application/json" } else { "application/problem+json" };
                let content = answer["content"].as_object();
                assert!(
                    status.starts_with('2') || content.is_some_and(|all| all.contains_key(kind)),
                    "{about}: {status}"
                );
            }
        }
    }
    // What is in the document as an example fits its own schema.
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let Some(example) = schema.get("example") else { continue };
        let faults: Vec<String> = validator(&document, &json!({ "$ref": format!("#/components/schemas/{name}") }))
            .iter_errors(example)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

fn validator(document: &Value, schema: &Value) -> Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::draft202012::new(&whole).unwrap_or_else(|error| panic!("{schema}: {error}"))
}

/// Panics unless the document describes this answer of the operation.
fn must_fit(document: &Value, operation: &str, page: &Page) {
    let paths = document["paths"].as_object().unwrap();
    let mut operations = paths.values().flat_map(|path| path.as_object().unwrap().values());
    let operation = operations.find(|known| known["operationId"] == operation).unwrap_or_else(|| panic!("{operation}"));
    let answer = &operation["responses"][page.status().to_string()];
    assert!(answer.is_object(), "{}: {} is not described", operation["operationId"], page.status());
    for name in
        answer["headers"].as_object().map(|headers| headers.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    {
        assert!(page.header(&name).is_some(), "{}: {} has no {name}", operation["operationId"], page.status());
    }
    let Some(content) = answer["content"].as_object() else {
        assert!(page.bytes().is_empty(), "{}: a body that is not described", operation["operationId"]);
        return;
    };
    let kind = page.header("content-type").unwrap();
    if content.contains_key("application/octet-stream") {
        return;
    }
    let schema = &content.get(kind).unwrap_or_else(|| panic!("{}: {kind}", operation["operationId"]))["schema"];
    let body = page.json();
    let faults: Vec<String> = validator(document, schema)
        .iter_errors(&body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}: {faults:?}: {body}", operation["operationId"]);
    // A name that the schema does not know is one that nobody was told of.
    if let (Some(reference), Some(object)) = (schema["$ref"].as_str(), body.as_object()) {
        let known = document.pointer(reference.trim_start_matches('#')).unwrap();
        for name in object.keys().filter(|_| known["properties"].is_object()) {
            assert!(known["properties"][name].is_object(), "{}: {name}", operation["operationId"]);
        }
    }
}

async fn what_is_answered_fits_the_document(world: World) {
    let document = document(world.province()).await;
    let scheme = &document["components"]["securitySchemes"]["account"];
    let discovery = format!("{}/.well-known/openid-configuration", world.portals.national.public_url());
    assert_eq!((&scheme["type"], &scheme["openIdConnectUrl"]), (&json!("openIdConnect"), &json!(discovery)));
    assert_eq!(document["servers"][0]["url"], world.province().public_url());
    let fit = |operation: &str, page: &Page| must_fit(&document, operation, page);
    let visitor = world.province().visitor();
    fit("showDescription", &visitor.get("/api/openapi.json").await);
    fit("showResourceMetadata", &visitor.get("/.well-known/oauth-protected-resource").await);
    fit("listProcedures", &visitor.get("/api/v1/procedures?q=khai%20sinh").await);
    fit("listProcedures", &visitor.get("/api/v1/procedures?page=0").await);
    fit("showProcedure", &visitor.get(&format!("/api/v1/procedures/{BIRTH}")).await);
    fit("showProcedure", &visitor.get("/api/v1/procedures/9.9").await);
    for code in [BIRTH, "1.000656", "1.004859"] {
        fit("showForm", &visitor.get(&format!("/api/v1/procedures/{code}/form")).await);
    }
    fit("showForm", &visitor.get("/api/v1/procedures/9.9/form").await);
    fit("listAgencies", &visitor.get("/api/v1/agencies").await);
    fit("showAgency", &visitor.get(&format!("/api/v1/agencies/{COMMUNE}")).await);

    let procedure = json!({"procedure": BIRTH, "agency": COMMUNE});
    fit("startDraft", &world.send("POST", "/api/v1/drafts", &[], &json!({})).await.must_be(422));
    fit("startDraft", &world.ask("POST", "/api/v1/drafts", &[], b"{".to_vec()).await.must_be(415));
    let begun = world.send("POST", "/api/v1/drafts", &[], &procedure).await.must_be(201);
    fit("startDraft", &begun);
    fit("startDraft", &world.send("POST", "/api/v1/drafts", &[], &procedure).await.must_be(200));
    let draft = begun.header("location").unwrap().to_owned();
    fit("listDrafts", &world.get("/api/v1/drafts").await);
    fit("listDrafts", &world.get("/api/v1/drafts?after=x").await.must_be(422));
    fit("listDrafts", &ask(world.province(), None, "GET", "/api/v1/drafts", &[], Vec::new()).await.must_be(401));
    fit("showDraft", &world.get(&draft).await);
    fit("showDraft", &world.get("/api/v1/drafts/x").await.must_be(404));
    fit("changeDraft", &world.send("PATCH", &draft, &[], &json!({})).await.must_be(428));
    fit("changeDraft", &world.patch(&draft, "\"7\"", &json!({})).await.must_be(412));
    fit("changeDraft", &world.patch(&draft, "\"1\"", &json!({"a": 1})).await.must_be(422));
    let seen = tag(&world.get(&draft).await);
    fit("changeDraft", &world.patch(&draft, &seen, &whole()).await.must_be(200));
    fit("listObstacles", &world.get(&format!("{draft}/obstacles")).await);
    fit("submitDraft", &world.submit(&draft, "").await.must_be(400));
    fit("submitDraft", &world.submit(&draft, "k").await.must_be(422));
    let uploads = format!("{draft}/uploads");
    fit("showUploadAbilities", &visitor.send(request("OPTIONS", &uploads, Vec::new())).await);
    let headers = |length: &'static str| {
        let metadata = super::world::metadata(PAPER, "a.pdf");
        [("tus-resumable", "1.0.0".to_owned()), ("upload-length", length.to_owned()), ("upload-metadata", metadata)]
    };
    let begin = async |length: &'static str| {
        let headers = headers(length);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.ask("POST", &uploads, &headers, Vec::new()).await
    };
    let upload = begin("40").await.must_be(201);
    fit("beginUpload", &upload);
    fit("beginUpload", &begin("-1").await.must_be(400));
    fit("beginUpload", &begin("999999999999").await.must_be(413));
    fit("beginUpload", &begin("0").await.must_be(422));
    let upload = upload.location().to_owned();
    let resumable = ("tus-resumable", "1.0.0");
    fit("showUpload", &world.ask("HEAD", &upload, &[resumable], Vec::new()).await.must_be(200));
    let piece = [resumable, ("upload-offset", "0"), ("content-type", "application/offset+octet-stream")];
    fit("continueUpload", &world.ask("PATCH", &upload, &piece, b"%PDF".to_vec()).await.must_be(204));
    fit("continueUpload", &world.ask("PATCH", &upload, &piece, b"%PDF".to_vec()).await.must_be(409));
    fit("continueUpload", &world.ask("PATCH", &upload, &piece[..2], b"%PDF".to_vec()).await.must_be(415));
    fit("continueUpload", &world.ask("PATCH", &upload, &piece[1..], b"%PDF".to_vec()).await.must_be(412));
    fit("forgetUpload", &world.ask("DELETE", &upload, &[resumable], Vec::new()).await.must_be(204));
    fit("forgetUpload", &world.ask("DELETE", &upload, &[resumable], Vec::new()).await.must_be(404));
    let file = world.upload(&draft, PAPER, "a.pdf", b"%PDF-1.7\n% a paper\n%%EOF\n").await;
    fit("downloadDraftFile", &world.get(&format!("{draft}/files/{file}")).await.must_be(200));
    let other = world.upload(&draft, "", "b.pdf", b"%PDF-1.7\n% another\n%%EOF\n").await;
    fit("removeDraftFile", &world.ask("DELETE", &format!("{draft}/files/{other}"), &[], Vec::new()).await.must_be(204));

    let older = [("idempotency-key", "k"), ("if-match", "\"1\"")];
    fit("submitDraft", &world.ask("POST", &format!("{draft}/submit"), &older, Vec::new()).await.must_be(412));
    let filed = world.submit(&draft, "k").await.must_be(201);
    fit("submitDraft", &filed);
    fit("submitDraft", &world.submit(&draft, "khac").await.must_be(409));
    fit("showDraft", &world.get(&draft).await.must_be(410));
    let (code, secret) = (filed.json()["code"].clone(), filed.json()["secret"].clone());
    let place = format!("/api/v1/dossiers/{}", code.as_str().unwrap());
    fit("listDossiers", &world.get("/api/v1/dossiers").await);
    fit("listDossiers", &world.get("/api/v1/dossiers?status=x").await.must_be(422));
    fit("showDossier", &world.get(&place).await);
    fit("showDossier", &world.get("/api/v1/dossiers/x").await.must_be(404));
    fit("showReceipt", &world.get(&format!("{place}/receipt")).await);
    fit("downloadFile", &world.get(&format!("{place}/files/{file}")).await);
    fit("showResult", &world.get(&format!("{place}/result")).await.must_be(404));
    let other = world.draft().await;
    fit("deleteDraft", &world.ask("DELETE", &other, &[], Vec::new()).await.must_be(428));
    fit("deleteDraft", &world.ask("DELETE", &other, &[("if-match", "\"9\"")], Vec::new()).await.must_be(412));
    fit("deleteDraft", &world.ask("DELETE", &other, &[("if-match", "\"1\"")], Vec::new()).await.must_be(204));
    let tracked = json!({"code": code, "secret": secret});
    fit("trackDossier", &world.send("POST", "/api/v1/tracking", &[], &tracked).await.must_be(200));
    fit("trackDossier", &world.send("POST", "/api/v1/tracking", &[], &json!([])).await.must_be(422));
}

//! Every address of the portals and who may use it: an address without a line here fails, and so does a line that is not so.

use std::collections::BTreeSet;
use std::path::Path;

use tests::app::{Engine, TestApp};
use tests::http::{Client, request};
use tests::page::Page;
use web::portal::Role;

use crate::steps::{CITIZEN, COMMUNE, STRANGER, draft, filed, on_both_databases};

on_both_databases! {
    nobody_gets_in_where_the_table_says_no;
}

/// Who may use an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// Whoever comes.
    Everyone,
    /// Whoever is signed in with an account.
    Account,
    /// The account whose dossier, draft or session stands in the address.
    Own,
    /// Any officer.
    Officer,
    /// Administrators.
    Administrator,
    /// The officers of the agency whose dossier stands in the address.
    OwnAgency,
    /// A program with a token of the person whose draft or dossier it is: nobody by a cookie.
    Program,
    /// Whoever holds the random identifier that stands in the address and nowhere else but with its owner.
    Holder,
}

use Right::{Account, Administrator, Everyone, Holder, Officer, Own, OwnAgency, Program};

const TABLE: &[(&str, Right)] = &[
    ("/", Everyone),
    ("/.well-known/motcua-receipt-keys.json", Everyone),
    ("/.well-known/oauth-protected-resource", Everyone),
    ("/.well-known/openid-configuration", Everyone),
    ("/api/openapi.json", Everyone),
    ("/api/v1/agencies", Everyone),
    ("/api/v1/agencies/{code}", Everyone),
    ("/api/v1/dossiers", Program),
    ("/api/v1/dossiers/{code}", Program),
    ("/api/v1/dossiers/{code}/files/{file}", Program),
    ("/api/v1/dossiers/{code}/receipt", Program),
    ("/api/v1/dossiers/{code}/result", Program),
    ("/api/v1/drafts", Program),
    ("/api/v1/drafts/{id}", Program),
    ("/api/v1/drafts/{id}/files/{file}", Program),
    ("/api/v1/drafts/{id}/obstacles", Program),
    ("/api/v1/drafts/{id}/submit", Program),
    ("/api/v1/drafts/{id}/uploads", Program),
    ("/api/v1/drafts/{id}/uploads/{upload}", Program),
    ("/api/v1/procedures", Everyone),
    ("/api/v1/procedures/{code}", Everyone),
    ("/api/v1/procedures/{code}/form", Everyone),
    ("/api/v1/tracking", Everyone),
    ("/bao-phat/sms/{gateway}/{message}/{token}", Holder),
    ("/can-bo", Officer),
    ("/can-bo/bao-mat", Officer),
    ("/can-bo/bao-mat/go-khoa/{key}", Officer),
    ("/can-bo/bao-mat/go-ung-dung", Officer),
    ("/can-bo/bao-mat/khoa-truy-cap", Officer),
    ("/can-bo/bao-mat/khoa-truy-cap/{id}", Own),
    ("/can-bo/bao-mat/ma-du-phong", Officer),
    ("/can-bo/bao-mat/ung-dung", Officer),
    ("/can-bo/bao-mat/ung-dung/{id}", Own),
    ("/can-bo/da-kich-hoat", Everyone),
    ("/can-bo/dang-nhap", Everyone),
    ("/can-bo/dang-nhap/khoa-truy-cap", Everyone),
    ("/can-bo/dang-nhap/ma-ung-dung/{id}", Holder),
    ("/can-bo/dang-nhap/thiet-lap/{id}", Holder),
    ("/can-bo/ho-so/{code}", OwnAgency),
    ("/can-bo/ho-so/{code}/bo-sung", OwnAgency),
    ("/can-bo/ho-so/{code}/dan-cu", OwnAgency),
    ("/can-bo/ho-so/{code}/du-thao/{name}", OwnAgency),
    ("/can-bo/ho-so/{code}/giay-to/{name}", OwnAgency),
    ("/can-bo/ho-so/{code}/han-tra", OwnAgency),
    ("/can-bo/ho-so/{code}/ket-qua", OwnAgency),
    ("/can-bo/ho-so/{code}/tep/{file}", OwnAgency),
    ("/can-bo/ho-so/{code}/tep/{file}/doi-chieu", OwnAgency),
    ("/can-bo/ho-so/{code}/tiep-nhan", OwnAgency),
    ("/can-bo/ho-so/{code}/tra-ket-qua", OwnAgency),
    ("/can-bo/ho-so/{code}/trao-doi", OwnAgency),
    ("/can-bo/ho-so/{code}/tu-choi", OwnAgency),
    ("/can-bo/khoi-phuc", Officer),
    ("/can-bo/khoi-phuc/tai-khoan/{account}", OwnAgency),
    ("/can-bo/khoi-phuc/{id}", OwnAgency),
    ("/can-bo/khoi-phuc/{id}/dung", OwnAgency),
    ("/can-bo/khoi-phuc/{id}/gui-lai-ma", OwnAgency),
    ("/can-bo/khoi-phuc/{id}/ma", OwnAgency),
    ("/can-bo/khoi-phuc/{id}/xac-nhan", OwnAgency),
    ("/can-bo/kich-hoat/{token}", Holder),
    ("/can-bo/tai-khoan", Officer),
    ("/can-bo/tai-khoan/mat-khau", Officer),
    ("/can-bo/tai-khoan/phien/khac/ket-thuc", Officer),
    ("/can-bo/tai-khoan/phien/{session}/ket-thuc", Officer),
    ("/co-quan", Everyone),
    ("/co-quan/{code}", Everyone),
    ("/co-quan/{code}/linh-vuc", Everyone),
    ("/da-dong-tai-khoan", Everyone),
    ("/dang-ky", Everyone),
    ("/dang-ky/cho-xac-nhan/{id}", Holder),
    ("/dang-ky/cho-xac-nhan/{id}/email", Holder),
    ("/dang-ky/ma-otp/{id}", Holder),
    ("/dang-ky/ma-otp/{id}/gui-lai", Holder),
    ("/dang-ky/mat-khau/{id}", Holder),
    ("/dang-ky/thanh-cong", Everyone),
    ("/dang-ky/xac-nhan", Holder),
    ("/dang-ky/{kind}", Everyone),
    ("/dang-ky/{kind}/thong-tin", Everyone),
    ("/dang-nhap", Everyone),
    ("/dang-nhap/cong-dvcqg", Everyone),
    ("/dang-nhap/da-ra/{provider}", Everyone),
    ("/dang-nhap/khoa-truy-cap", Everyone),
    ("/dang-nhap/lien-ket/{id}", Holder),
    ("/dang-nhap/ma-otp/{id}", Holder),
    ("/dang-nhap/ma-otp/{id}/gui-lai", Holder),
    ("/dang-nhap/ma-ung-dung/{id}", Holder),
    ("/dang-nhap/qua", Everyone),
    ("/dang-nhap/qua/{provider}", Everyone),
    ("/dang-nhap/ve/{provider}", Everyone),
    ("/dang-xuat", Everyone),
    ("/dia-ban/goi-y", Everyone),
    ("/ho-so", Account),
    ("/ho-so/{code}", Own),
    ("/ho-so/{code}/bien-nhan", Own),
    ("/ho-so/{code}/bien-nhan-rut-gon.json", Own),
    ("/ho-so/{code}/bien-nhan.json", Own),
    ("/ho-so/{code}/bo-sung", Own),
    ("/ho-so/{code}/bo-sung/{file}/xoa", Own),
    ("/ho-so/{code}/da-nop", Own),
    ("/ho-so/{code}/giay-to/{name}", Own),
    ("/ho-so/{code}/han-tra", Own),
    ("/ho-so/{code}/han-tra.json", Own),
    ("/ho-so/{code}/rut", Own),
    ("/ho-so/{code}/tat-ca.zip", Own),
    ("/ho-so/{code}/tep/{file}", Own),
    ("/ho-so/{code}/trao-doi", Own),
    ("/ho-tro", Everyone),
    ("/kho-du-lieu", Account),
    ("/kho-du-lieu/{item}", Own),
    ("/kho-du-lieu/{item}/tep", Own),
    ("/khoi-phuc/da-dung", Everyone),
    ("/khoi-phuc/dung", Everyone),
    ("/khoi-phuc/dung/{token}", Holder),
    ("/kiem-tra-bien-nhan", Everyone),
    ("/nop-ho-so/{procedure}", Everyone),
    ("/nop-ho-so/{procedure}/{draft}/cac-phan", Own),
    ("/nop-ho-so/{procedure}/{draft}/chu-ho-so", Own),
    ("/nop-ho-so/{procedure}/{draft}/noi-nhan-ket-qua", Own),
    ("/nop-ho-so/{procedure}/{draft}/tai-len", Own),
    ("/nop-ho-so/{procedure}/{draft}/tai-len/{upload}", Own),
    ("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem", Own),
    ("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/ghep", Own),
    ("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/tu-kho", Own),
    ("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/{file}", Own),
    ("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/{file}/xem", Own),
    ("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/{file}/xoa", Own),
    ("/nop-ho-so/{procedure}/{draft}/to-khai/{page}", Own),
    ("/nop-ho-so/{procedure}/{draft}/xem-lai", Own),
    ("/nop-ho-so/{procedure}/{draft}/xoa-ban-nhap", Own),
    ("/oidc/authorize", Everyone),
    ("/oidc/dang-xuat", Everyone),
    ("/oidc/jwks", Everyone),
    ("/oidc/logout", Everyone),
    ("/oidc/tiep", Everyone),
    ("/oidc/token", Everyone),
    ("/oidc/userinfo", Everyone),
    ("/quan-tri", Officer),
    ("/quan-tri/tai-khoan", Administrator),
    ("/quan-tri/tai-khoan/{id}", Administrator),
    ("/quan-tri/tai-khoan/{id}/phe-duyet", Administrator),
    ("/quan-tri/tai-khoan/{id}/tu-choi", Administrator),
    ("/quen-mat-khau", Everyone),
    ("/quen-mat-khau/ma-otp/{id}", Holder),
    ("/quen-mat-khau/ma-otp/{id}/gui-lai", Holder),
    ("/quen-mat-khau/mat-khau/{id}", Holder),
    ("/quen-mat-khau/thanh-cong", Everyone),
    ("/tai-khoan", Account),
    ("/tai-khoan/bao-mat", Account),
    ("/tai-khoan/bao-mat/go-khoa/{key}", Account),
    ("/tai-khoan/bao-mat/go-ung-dung", Account),
    ("/tai-khoan/bao-mat/khoa-truy-cap", Account),
    ("/tai-khoan/bao-mat/khoa-truy-cap/{id}", Own),
    ("/tai-khoan/bao-mat/ma-du-phong", Account),
    ("/tai-khoan/bao-mat/ung-dung", Account),
    ("/tai-khoan/bao-mat/ung-dung/{id}", Own),
    ("/tai-khoan/can-cuoc", Account),
    ("/tai-khoan/dai-dien", Account),
    ("/tai-khoan/dai-dien/con", Account),
    ("/tai-khoan/dai-dien/giao", Account),
    ("/tai-khoan/dai-dien/nhat-ky", Account),
    ("/tai-khoan/dai-dien/thoi", Account),
    ("/tai-khoan/dai-dien/{id}/ket-thuc", Own),
    ("/tai-khoan/dai-dien/{id}/lam-viec-thay", Own),
    ("/tai-khoan/dai-dien/{id}/nhan", Own),
    ("/tai-khoan/dong", Account),
    ("/tai-khoan/du-lieu", Account),
    ("/tai-khoan/du-lieu.json", Account),
    ("/tai-khoan/email", Account),
    ("/tai-khoan/email/ma-otp/{id}", Own),
    ("/tai-khoan/email/ma-otp/{id}/gui-lai", Own),
    ("/tai-khoan/khoi-phuc", Account),
    ("/tai-khoan/mat-khau", Account),
    ("/tai-khoan/phien", Account),
    ("/tai-khoan/phien/khac/ket-thuc", Account),
    ("/tai-khoan/phien/{session}/ket-thuc", Account),
    ("/tai-khoan/so-dien-thoai", Account),
    ("/tai-khoan/so-dien-thoai/ma-otp/{id}", Own),
    ("/tai-khoan/so-dien-thoai/ma-otp/{id}/gui-lai", Own),
    ("/tai-khoan/ung-dung", Account),
    ("/tai-khoan/ung-dung/{client}/thu-hoi", Account),
    ("/thong-tin-va-dich-vu", Everyone),
    ("/thu-tuc", Everyone),
    ("/thu-tuc/linh-vuc", Everyone),
    ("/thu-tuc/{code}", Everyone),
    ("/thu-tuc/{code}/{part}", Everyone),
    ("/tra-cuu", Everyone),
];

/// The doors whose addresses the table lists; what `web` and `cli` serve beside them is the same for everybody.
const DOORS: [&str; 4] = ["account", "api", "office", "portal"];

#[test]
fn every_address_has_a_line() {
    let found: BTreeSet<String> = DOORS.into_iter().flat_map(routes_of).collect();
    let listed: BTreeSet<String> = TABLE.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert!(found.len() > 50, "only {} addresses were found", found.len());
    // Those are put together from the purpose of a code.
    let made = |path: &&String| path.contains("/ma-otp/");
    let missing: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).filter(|path| !made(path)).collect();
    assert!(missing.is_empty() && gone.is_empty(), "without a line: {missing:?}; without a route: {gone:?}");
}

/// Every address that the source of a door names.
pub(crate) fn routes_of(door: &str) -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of crates");
    let mut found = BTreeSet::new();
    collect(&crates.join(door).join("src"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            let source = std::fs::read_to_string(&path).unwrap();
            let routes = source.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            found.extend(routes.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
}

async fn nobody_gets_in_where_the_table_says_no(app: TestApp) {
    let owner = app.citizen(CITIZEN).await;
    let (code, _) = filed(&owner).await;
    let draft = draft(&owner).await.path().split('/').nth(3).unwrap().to_owned();
    let strangers = [
        ("nobody", app.visitor()),
        ("another citizen", app.citizen(STRANGER).await),
        ("the agency's officer", app.officer(COMMUNE).await),
        ("another agency's officer", app.officer("H21.58.53").await),
    ];
    for (pattern, right) in TABLE {
        let address = fill_in(pattern, &code, &draft);
        for (who, client) in &strangers {
            for method in ["GET", "POST"] {
                let answer = ask(client, method, &address).await;
                let about = format!("{method} {address} by {who}: {} {}", answer.status(), answer.text());
                assert!(answer.status() < 500, "{about}");
                if !allows(*right, who) {
                    let leads_to_sign_in = answer.status() == 303 && answer.location().contains("/dang-nhap");
                    assert!(leads_to_sign_in || (400..500).contains(&answer.status()), "{about}");
                    // Of the telephone so many digits as no random identifier has by chance.
                    for private in ["Rơ Châm H'Lan", CITIZEN, "345678"] {
                        // The officer of the agency may know them, a citizen's own header shows the citizen's name.
                        let known = *who == "another citizen" && private == "Rơ Châm H'Lan";
                        assert!(known || !answer.text().contains(private), "{about}");
                    }
                }
            }
        }
    }
    // What was refused to everybody else is the owner's still.
    for page in [format!("/ho-so/{code}"), format!("/nop-ho-so/1.001193/{draft}/xem-lai"), "/tai-khoan".to_owned()] {
        owner.get(&page).await.must_be(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_national_portal_keeps_the_same_table() {
    let app = TestApp::start_as(Role::National, Engine::Sqlite).await;
    let nobody = app.visitor();
    for (pattern, right) in TABLE {
        let address = fill_in(pattern, "H21.58.51-261123-0001", "00000000000000000000000000000000");
        for method in ["GET", "POST"] {
            let answer = ask(&nobody, method, &address).await;
            let about = format!("{method} {address}: {}", answer.status());
            assert!(answer.status() < 500, "{about}");
            if !allows(*right, "nobody") {
                // Dossiers are kept by the provinces: the nation leads there.
                let leads_on = matches!(answer.status(), 303 | 307)
                    && (answer.location().contains("/dang-nhap")
                        || answer.location().starts_with("http://other.test/"));
                assert!(leads_on || (400..500).contains(&answer.status()), "{about}");
            }
        }
    }
}

fn allows(right: Right, who: &str) -> bool {
    match right {
        Everyone | Holder => true,
        Account => who == "another citizen",
        Own | Administrator | Program => false,
        Officer => who.ends_with("officer"),
        OwnAgency => who == "the agency's officer",
    }
}

fn fill_in(pattern: &str, code: &str, draft: &str) -> String {
    let code = match pattern {
        path if path.contains("co-quan") || path.contains("agencies") => COMMUNE,
        path if path.contains("thu-tuc") || path.contains("procedures") => "1.001193",
        _ => code,
    };
    let nobody = "00000000000000000000000000000000";
    [
        ("{code}", code),
        ("{draft}", draft),
        ("{procedure}", "1.001193"),
        ("{name}", "bien-nhan.pdf"),
        ("{file}", nobody),
        ("{item}", nobody),
        ("{id}", nobody),
        ("{account}", nobody),
        ("{session}", &nobody.repeat(2)),
        ("{kind}", "cong-dan"),
        ("{key}", "AAAA"),
        ("{page}", "ben-nu"),
        ("{part}", "ho-so"),
        ("{provider}", "dvcqg"),
        ("{client}", "gia-lai"),
        ("{gateway}", "simulated"),
        ("{message}", nobody),
        ("{token}", nobody),
        ("{upload}", nobody),
    ]
    .into_iter()
    .fold(pattern.to_owned(), |path, (placeholder, value)| path.replace(placeholder, value))
}

async fn ask(client: &Client, method: &str, address: &str) -> Page {
    let mut request = request(method, address, Vec::new());
    if method == "POST" {
        request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    }
    client.send(request).await
}

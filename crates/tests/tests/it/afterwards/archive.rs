//! `/ho-so/{code}/tat-ca.zip`: whole, readable by other programs, and the filer's alone.

use std::process::Command;

use tests::app::TestApp;

use super::{ask, at_desk};
use crate::steps::{CITIZEN, STRANGER, filed_by, on_both_databases, paper};

on_both_databases! {
    the_archive_holds_everything_and_another_program_reads_it;
}

/// Names, sizes and checksums as Python's zipfile finds them, and some contents.
const READ: &str = "
import sys, zipfile, json
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
log = json.loads(archive.read('nhat-ky.json'))
dossier = json.loads(archive.read('ho-so.json'))
page = archive.read('ho-so.html').decode()
assert dossier['code'] in page and len(log) == dossier['version'], (len(log), dossier['version'])
assert json.loads(archive.read('bien-nhan.json'))['manifest']['code'] == dossier['code']
messages = json.loads(archive.read('thong-bao.json'))
kinds = [message['kind'] for message in messages]
assert {'filed', 'accepted', 'finished'} <= set(kinds), kinds
for message in messages:
    assert message['channel'] == 'email' and message['state'] == 'sent' and message['at'], message
    assert '***@' in message['to'] and dossier['code'] in message['subject'] and message['text'], message
for name in archive.namelist():
    if name.endswith('.pdf'):
        assert archive.read(name).startswith(b'%PDF-'), name
    print(name)
";

async fn the_archive_holds_everything_and_another_program_reads_it(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = ask(&app, &code).await;
    let supplement = format!("/ho-so/{code}/bo-sung");
    let page = citizen.get(&supplement).await.must_be(200);
    let form = page.form(&supplement).upload("file-0", paper("..\\..\\bản rõ.pdf")).fill("words-1", "Tôi.");
    citizen.submit(&page, form.press("viec", "gui")).await.must_be(303);
    at_desk(&officer, &code, "tiep-nhan", &[]).await.must_be(303);
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let finish = page.form(&format!("/can-bo/ho-so/{code}/ket-qua")).upload("result", paper("kết quả.pdf"));
    officer.submit(&page, finish).await.must_be(303);
    app.run_jobs().await;
    let address = format!("/ho-so/{code}/tat-ca.zip");
    let zip = citizen.get(&address).await.must_be(200);
    assert_eq!(zip.header("content-type"), Some("application/zip"));
    assert!(zip.header("content-disposition").unwrap().contains(&format!("{}.zip", code.to_lowercase())));
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("all.zip");
    std::fs::write(&path, zip.bytes()).unwrap();
    let read = Command::new("python3").args(["-c", READ]).arg(&path).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let names = String::from_utf8(read.stdout).unwrap();
    for name in [
        "thong-bao.json",
        "trao-doi.json",
        "bien-nhan.pdf",
        "giay-tiep-nhan.pdf",
        "tep-dinh-kem/01-",
        "bản rõ.pdf",
        "tep-da-thay/01-giấy chứng sinh.pdf",
        "ket-qua/01-kết quả.pdf",
    ] {
        assert!(names.contains(name), "{name}: {names}");
    }
    assert!(!names.contains('\\') && !names.contains("/../"), "{names}");
    app.citizen(STRANGER).await.get(&address).await.must_be(404);
    assert_eq!(officer.get(&address).await.status(), 303, "the desk has its own pages");
}

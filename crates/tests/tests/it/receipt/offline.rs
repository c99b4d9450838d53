//! A receipt is checked without the portal: by `motcua receipt verify`, and by a stranger's script with another library.

use std::path::Path;
use std::process::{Command, Output};

use oidc::jose::JwkSet;
use tempfile::TempDir;
use tests::app::TestApp;
use tests::foreign::check_receipt;
use tests::server::program;
use usecases::receipts::Verdict;

use super::{keys_of, receipt_of};
use crate::steps::{on_both_databases, paper};

on_both_databases! {
    the_program_and_a_strangers_script_say_the_same;
    no_byte_can_be_changed;
}

fn motcua(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program()).current_dir(folder).args(["receipt", "verify"]).args(arguments).output().unwrap()
}

async fn the_program_and_a_strangers_script_say_the_same(app: TestApp) {
    let (client, code, receipt) = receipt_of(&app).await;
    let short = client.get(&format!("/ho-so/{code}/bien-nhan-rut-gon.json")).await.must_be(200);
    let folder = TempDir::with_prefix("motcua-receipt-").unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let text = String::from_utf8(receipt.clone()).unwrap();
    write("right.json", &receipt);
    write("short.json", short.bytes());
    write("keys.json", &keys_of(&app).await);
    write("other-keys.json", br#"{"keys":[]}"#);
    write("paper.pdf", &paper("a").bytes);
    write("other.pdf", b"%PDF-1.7\n");
    write("value.json", text.replace("Tổ 1,", "Tổ 2,").as_bytes());
    write("signed.json", text.replace("08:00:00.000", "07:00:00.000").as_bytes());
    write("spaced.json", text.replacen("\":", "\": ", 1).as_bytes());
    let cases: [(&[&str], i32); 11] = [
        (&["right.json", "--keys", "keys.json"], 0),
        (&["right.json", "--keys", "keys.json", "--file", "paper.pdf"], 0),
        (&["short.json", "--keys", "keys.json", "--file", "paper.pdf"], 0),
        (&["right.json", "--keys", "keys.json", "--file", "paper.pdf", "--file", "other.pdf"], 1),
        (&["value.json", "--keys", "keys.json"], 1),
        (&["signed.json", "--keys", "keys.json"], 1),
        (&["spaced.json", "--keys", "keys.json"], 1),
        (&["paper.pdf", "--keys", "keys.json"], 1),
        (&["right.json", "--keys", "other-keys.json"], 1),
        (&["right.json"], 2),
        (&["gone.json", "--keys", "keys.json"], 2),
    ];
    for (arguments, expected) in cases {
        let output = motcua(folder.path(), arguments);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {said}");
        let is_told = said.contains("WRONG") || said.contains("is not a receipt");
        assert_eq!(is_told, expected == 1, "{arguments:?}: {said}");
        if let [receipt, "--keys", keys, files @ ..] = arguments {
            let files: Vec<&str> = files.iter().copied().filter(|word| *word != "--file").collect();
            assert_eq!(check_receipt(folder.path(), receipt, keys, &files), expected == 0, "the script: {arguments:?}");
        }
    }
    // The keys beside the receipt are found, too.
    write("motcua-receipt-keys.json", &keys_of(&app).await);
    assert_eq!(motcua(folder.path(), &["right.json"]).status.code(), Some(0));
    // A value cannot steer the terminal.
    write("steering.json", text.replace("Tổ 1,", "\\u001b[2J").as_bytes());
    let said = motcua(folder.path(), &["steering.json"]).stdout;
    assert!(!said.contains(&0x1b), "{}", String::from_utf8_lossy(&said));
}

async fn no_byte_can_be_changed(app: TestApp) {
    let (_, _, receipt) = receipt_of(&app).await;
    let keys_text = keys_of(&app).await;
    let keys = JwkSet::read(&keys_text).unwrap();
    let verdict = |bytes: &[u8]| {
        usecases::receipts::check_receipt(bytes, Some(&keys), Vec::new())
            .map_or(Verdict::Wrong, |check| check.verdict())
    };
    assert_eq!(verdict(&receipt), Verdict::Right);
    let mut changed = receipt.clone();
    for place in 0..receipt.len() {
        for change in [1, 0x20] {
            changed[place] ^= change;
            assert_eq!(verdict(&changed), Verdict::Wrong, "byte {place}: {}", String::from_utf8_lossy(&changed));
            changed[place] = receipt[place];
        }
    }
    // The stranger's script takes longer, so it looks at some.
    let folder = TempDir::with_prefix("motcua-receipt-").unwrap();
    std::fs::write(folder.path().join("keys.json"), keys_text).unwrap();
    for place in (0..receipt.len()).step_by(receipt.len() / 20) {
        changed[place] ^= 1;
        std::fs::write(folder.path().join("changed.json"), &changed).unwrap();
        assert!(!check_receipt(folder.path(), "changed.json", "keys.json", &[]), "byte {place}");
        changed[place] = receipt[place];
    }
}

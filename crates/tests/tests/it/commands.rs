//! The program's commands as whoever runs a portal types them.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use tests::server::program;

#[test]
fn an_officer_is_entered_at_the_command_line() {
    let folder = TempDir::with_prefix("motcua-command-").unwrap();
    let config = folder.path().join("motcua.toml");
    let text = format!(
        "database = \"sqlite:{0}/motcua.db\"\nblob_dir = \"{0}/blobs\"\nsecret = \"{1}\"\nenrolment_hours = 5\n\
         public_url = \"https://dichvucong.vi-du.example\"\n\
         [smtp]\nfrom_address = \"khong-tra-loi@vi-du.example\"\n",
        folder.path().display(),
        "s".repeat(32)
    );
    std::fs::write(&config, text).unwrap();
    let entered = add(&config, "lan.rcham", "Rơ Châm H'Lan", "H21.58.51", "reception");
    let printed = String::from_utf8(entered.stdout).unwrap();
    assert!(entered.status.success(), "{}", String::from_utf8_lossy(&entered.stderr));
    let link = printed.lines().find(|line| line.starts_with("https://dichvucong.vi-du.example/can-bo/kich-hoat/"));
    assert_eq!(link.unwrap().rsplit('/').next().unwrap().len(), 64, "{printed}");
    for (login, name, agency, role, wrong) in [
        ("lan.rcham", "Rơ Châm H'Lan", "H21.58.51", "reception", "another officer"),
        ("lan rcham", "Rơ Châm H'Lan", "H21.58.51", "reception", "a login name has"),
        ("lan.hai", "R2D2\u{7}", "H21.58.51", "reception", "--name"),
        ("lan.hai", "Rơ Châm H'Lan", "H21.58.999", "reception", "no agency has the code"),
        ("lan.hai", "Rơ Châm H'Lan", "nowhere", "reception", "not an agency code"),
        ("lan.hai", "Rơ Châm H'Lan", "H21.58.51", "king", "one of reception"),
    ] {
        let refused = add(&config, login, name, agency, role);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(wrong), "{login} {agency} {role}: {said}");
    }
    let link = |login: &str| run(&config, &["officer", "link", "--login", login]);
    assert!(link("lan.rcham").status.success());
    assert!(String::from_utf8_lossy(&link("ai.do").stderr).contains("no officer signs in as ai.do"));
}

/// Whoever writes a form checks the folder without a build, and is told file, line and reason of every slip.
#[test]
fn a_folder_of_content_is_checked() {
    let copy = TempDir::with_prefix("motcua-content-").unwrap();
    throwaway::copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content"), copy.path()).unwrap();
    let check = || Command::new(program()).args(["content", "check", "--dir"]).arg(copy.path()).output().unwrap();
    let good = check();
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    let said = String::from_utf8_lossy(&good.stdout).into_owned();
    assert!(
        said.contains("of them with files of their own")
            && said.contains("samples come out as they expect")
            && said.contains("procedures have the general form"),
        "{said}"
    );
    let folder = copy.path().join("procedures/1.000894");
    for (file, from, to) in
        [("form.schema.json", "\"person-name\"", "\"nickname\""), ("form.ui.json", "\"SHOW\"", "\"REVEAL\"")]
    {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        std::fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
        let refused = check();
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(&format!("procedures/1.000894/{file}, line ")), "{said}");
        std::fs::write(folder.join(file), text).unwrap();
    }
}

fn add(config: &Path, login: &str, name: &str, agency: &str, role: &str) -> Output {
    run(config, &["officer", "add", "--login", login, "--name", name, "--agency", agency, "--role", role])
}

fn run(config: &Path, arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).arg("--config").arg(config).output().unwrap()
}

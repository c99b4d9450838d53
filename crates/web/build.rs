//! Prepares what every page needs: assets named by their content and compressed, and the list of translation files.

// A build script has no configuration of ours to read: the place for its output comes from cargo's environment.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Each stylesheet is one file per door, put together from the parts that the door uses.
const STYLESHEETS: [(&str, &[&str]); 2] = [
    ("portal.css", &["fonts", "base", "layout", "forms", "components", "portal", "print"]),
    ("office.css", &["fonts", "base", "layout", "forms", "components", "office", "print"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let root = Path::new(ROOT);
    for folder in ["assets/css", "assets/js", "assets/pictures", "assets/fonts/web", "translations"] {
        println!("cargo::rerun-if-changed={ROOT}/{folder}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    pack_assets(&root.join("assets"), &out)?;
    list_translations(&root.join("translations"), &out)
}

fn pack_assets(assets: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for folder in ["fonts/web", "pictures", "js"] {
        for path in list(&assets.join(folder))? {
            files.insert(name_of(&path), fs::read(&path)?);
        }
    }
    let mut hashed: BTreeMap<String, String> =
        files.iter().map(|(name, bytes)| (name.clone(), hashed_name(name, bytes))).collect();
    for (name, parts) in STYLESHEETS {
        let mut css = String::new();
        for part in parts {
            css.push_str(&fs::read_to_string(assets.join(format!("css/{part}.css")))?);
        }
        for (plain, unique) in &hashed {
            css = css.replace(&format!("url({plain})"), &format!("url({unique})"));
        }
        let css = minify(&css).into_bytes();
        hashed.insert(name.to_owned(), hashed_name(name, &css));
        files.insert(name.to_owned(), css);
    }
    let mut table = String::from("pub(crate) static ASSETS: &[Asset] = &[\n");
    for (name, bytes) in &files {
        let unique = &hashed[name];
        fs::write(out.join(unique), bytes)?;
        let compressed = match compress(name, bytes)? {
            Some(small) => {
                fs::write(out.join(format!("{unique}.br")), small)?;
                format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{unique}.br\")))")
            }
            None => "None".to_owned(),
        };
        writeln!(
            table,
            "Asset {{ name: {name:?}, path: \"/assets/{unique}\", media_type: {:?}, \
             plain: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{unique}\")), brotli: {compressed} }},",
            media_type(name),
        )?;
    }
    table.push_str("];\n");
    Ok(fs::write(out.join("assets.rs"), table)?)
}

fn list_translations(translations: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut table = String::new();
    for (locale, constant) in [("vi", "VIETNAMESE"), ("en", "ENGLISH")] {
        writeln!(table, "pub(crate) static {constant}: &[(&str, &str)] = &[")?;
        for path in list(&translations.join(locale))? {
            writeln!(table, "({:?}, include_str!({:?})),", name_of(&path), path.canonicalize()?)?;
        }
        table.push_str("];\n");
    }
    Ok(fs::write(out.join("translations.rs"), table)?)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension != "txt") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// `portal.css` becomes `portal.1f0c2a9b.css`, so that a browser may keep it for ever.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{stem}.{:02x}{:02x}{:02x}{:02x}.{extension}", digest[0], digest[1], digest[2], digest[3])
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn compress(name: &str, bytes: &[u8]) -> Result<Option<Vec<u8>>, Box<dyn Error>> {
    if !matches!(name.rsplit_once('.'), Some((_, "css" | "js" | "svg"))) {
        return Ok(None);
    }
    let mut small = Vec::new();
    let settings =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 18, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &settings)?;
    Ok((small.len() < bytes.len()).then_some(small))
}

/// Removes comments and the spaces that CSS does not need; our stylesheets hold no string with a comment or a brace in it.
fn minify(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        plain.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    plain.push_str(rest);
    let mut small = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        let tight = small.ends_with(['{', '}', ';', ':', ',', '>']) || word.starts_with(['{', '}', ';', ',', '>']);
        if !small.is_empty() && !tight {
            small.push(' ');
        }
        small.push_str(word);
    }
    small.replace(";}", "}")
}

//! Everything of a dossier as one archive: data, log, letters, papers, files, for whoever files it. Made while it goes out.

use std::io;

use async_zip::base::write::ZipFileWriter;
use async_zip::{Compression, ZipDateTime, ZipDateTimeBuilder, ZipEntryBuilder};
use bytes::{Bytes, BytesMut};
use domain::codes::{DossierCode, Recipient};
use domain::dossier::{Attachment, MAX_REMARKS};
use domain::ids::Hash;
use domain::time::Instant;
use futures_util::stream::{Stream, try_unfold};
use futures_util::{AsyncWriteExt, io::AsyncWrite};
use serde::Serialize;
use storage::messages::{self, Fate, StoredMessage};
use storage::remarks;
use tokio::io::{AsyncReadExt, DuplexStream};
use tokio::task::JoinHandle;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::make_document::{Document, make_document};
use crate::receipts::view_receipt;
use crate::remarks::remarks_json;
use crate::view_dossier::view_dossier;

/// How much is read and sent at a time.
const PIECE: usize = 64 << 10;
/// The most characters of a file's name in the archive, its number left out.
const LONGEST_NAME: usize = 100;

/// What an archive of a dossier holds, ready to be streamed.
pub struct DossierArchive {
    /// When it was made.
    at: Instant,
    entries: Vec<(String, Content)>,
}

enum Content {
    Made(Vec<u8>),
    Stored(Hash),
}

/// Gathers what belongs to the dossier; its files are read only when the archive is streamed. `page` is the dossier as
/// people read it, as HTML.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn export_dossier(
    app: &App,
    ctx: &Ctx,
    code: &DossierCode,
    page: Vec<u8>,
) -> Result<DossierArchive, UsecaseError> {
    let found = view_dossier(app, ctx, code).await?;
    let dossier = found.dossier;
    let id = dossier.id;
    let (letters, remarks) = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let letters = messages::list_for_dossier(tx, id).await?;
                Ok::<_, UsecaseError>((letters, remarks::list(tx, id, MAX_REMARKS as u32).await?))
            })
        })
        .await?;
    let letters: Vec<_> = letters.iter().map(message_json).collect();
    let mut entries = vec![
        ("ho-so.html".to_owned(), Content::Made(page)),
        ("ho-so.json".to_owned(), json(&dossier)?),
        ("nhat-ky.json".to_owned(), json(&found.log)?),
        ("trao-doi.json".to_owned(), json(&remarks_json(&remarks))?),
    ];
    if !letters.is_empty() {
        entries.push(("thong-bao.json".to_owned(), json(&letters)?));
    }
    if let Some(receipt) = view_receipt(app, ctx, code).await?.receipt {
        entries.push(("bien-nhan.json".to_owned(), Content::Made(receipt.to_text().into_bytes())));
    }
    let papers = [
        ("bien-nhan.pdf".to_owned(), Document::Receipt, true),
        ("giay-tiep-nhan.pdf".to_owned(), Document::AcceptanceSlip, dossier.accepted_at.is_some()),
        ("phieu-tu-choi.pdf".to_owned(), Document::RefusalSlip, dossier.refusal.is_some()),
    ];
    let asked = (1..=dossier.supplement_count())
        .map(|number| (Document::supplement_slip_name(number), Document::SupplementSlip(number), true));
    for (name, document, _) in papers.into_iter().chain(asked).filter(|(.., is_there)| *is_there) {
        entries.push((name, Content::Made(make_document(app, ctx, code, document).await?)));
    }
    let supplied = dossier.open_supplement().map(|open| open.files.as_slice()).unwrap_or_default();
    let folders: [(&str, Vec<&Attachment>); 4] = [
        ("tep-dinh-kem", dossier.attachments.iter().collect()),
        ("tep-da-thay", dossier.replaced.iter().map(|old| &old.attachment).collect()),
        ("tep-bo-sung-chua-gui", supplied.iter().map(|file| &file.attachment).collect()),
        ("ket-qua", dossier.results.iter().collect()),
    ];
    for (folder, files) in folders {
        for (number, file) in (1..).zip(files) {
            entries.push((entry_name(folder, number, &file.file_name), Content::Stored(file.hash)));
        }
    }
    Ok(DossierArchive { at: ctx.now, entries })
}

impl DossierArchive {
    /// The archive's bytes as they are made: never whole in memory, and no faster than they are taken.
    pub fn stream(self, app: &App) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        let (writer, reader) = tokio::io::duplex(PIECE);
        let making = tokio::spawn(make(self, app.clone(), writer));
        try_unfold(Some((reader, making)), next_piece)
    }
}

type Making = (DuplexStream, JoinHandle<io::Result<()>>);

async fn next_piece(state: Option<Making>) -> io::Result<Option<(Bytes, Option<Making>)>> {
    let Some((mut reader, making)) = state else { return Ok(None) };
    let mut piece = BytesMut::with_capacity(PIECE);
    if reader.read_buf(&mut piece).await? > 0 {
        return Ok(Some((piece.freeze(), Some((reader, making)))));
    }
    // Whoever downloads must see that an archive broke off: the end is told only when it was made whole.
    making.await.map_err(io::Error::other)??;
    Ok(None)
}

async fn make(archive: DossierArchive, app: App, writer: DuplexStream) -> io::Result<()> {
    let mut zip = ZipFileWriter::with_tokio(writer);
    let at = date_of(archive.at);
    for (name, content) in archive.entries {
        let entry =
            ZipEntryBuilder::new(name.into(), Compression::Stored).last_modification_date(at).unix_permissions(0o644);
        match content {
            Content::Made(bytes) => zip.write_entry_whole(entry, &bytes).await.map_err(io::Error::other)?,
            Content::Stored(hash) => {
                let mut file = app.blobs().open_file(hash).await.map_err(io::Error::other)?;
                let mut sink = zip.write_entry_stream(entry).await.map_err(io::Error::other)?;
                copy(&mut file, &mut sink).await?;
                sink.close().await.map_err(io::Error::other)?;
            }
        }
    }
    zip.close().await.map_err(io::Error::other)?;
    Ok(())
}

async fn copy(file: &mut tokio::fs::File, sink: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    let mut piece = BytesMut::with_capacity(PIECE);
    while file.read_buf(&mut piece).await? > 0 {
        sink.write_all(&piece).await?;
        piece.clear();
    }
    Ok(())
}

fn date_of(at: Instant) -> ZipDateTime {
    let local = at.local();
    let small = |number: i8| u32::try_from(number).unwrap_or(1);
    ZipDateTimeBuilder::new()
        .year(i32::from(local.year()))
        .month(small(local.month()))
        .day(small(local.day()))
        .hour(small(local.hour()))
        .minute(small(local.minute()))
        .second(small(local.second()))
        .build()
}

/// A message about the dossier and what became of it; whoever gets the archive need not know the whole address.
fn message_json(stored: &StoredMessage) -> serde_json::Value {
    let message = &stored.message;
    let (state, state_at) = match &stored.fate {
        Fate::Waiting => ("waiting", None),
        Fate::Sent { at } => ("sent", Some(*at)),
        Fate::Failed { at, .. } => ("failed", Some(*at)),
    };
    serde_json::json!({
        "at": message.created_at,
        "kind": message.template,
        "channel": message.channel.as_str(),
        "to": Recipient::parse(&message.to).map(|recipient| recipient.masked()).unwrap_or_default(),
        "state": state,
        "state_at": state_at,
        "subject": message.subject,
        "text": message.text,
    })
}

fn json(value: &impl Serialize) -> Result<Content, UsecaseError> {
    let text = serde_json::to_vec_pretty(value).map_err(|_| UsecaseError::Broken("a dossier is written as JSON"))?;
    Ok(Content::Made(text))
}

/// A name that every system unpacks into its folder and nowhere else; the number keeps equal ones apart.
fn entry_name(folder: &str, number: usize, name: &str) -> String {
    let is_safe = |c: char| !c.is_control() && !r#"<>:"/\|?*"#.contains(c);
    let cleaned: String = name.chars().map(|c| if is_safe(c) { c } else { '-' }).collect();
    let cleaned = cleaned.trim_matches([' ', '.']);
    let (stem, ending) = match cleaned.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 5 => (stem, format!(".{ending}")),
        _ => (cleaned, String::new()),
    };
    let stem: String = stem.chars().take(LONGEST_NAME).collect();
    format!("{folder}/{number:02}-{stem}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        for (name, expected) in [
            ("giấy chứng sinh.pdf", "tep/01-giấy chứng sinh.pdf"),
            ("../../etc/passwd", "tep/01--..-etc-passwd"),
            ("C:\\x\\y.PDF", "tep/01-C--x-y.PDF"),
            ("..", "tep/01-"),
            ("a\r\nb.pdf", "tep/01-a--b.pdf"),
            ("con .", "tep/01-con"),
        ] {
            assert_eq!(entry_name("tep", 1, name), expected, "{name:?}");
        }
        let long = entry_name("tep", 12, &format!("{}.pdf", "ă".repeat(300)));
        assert!(
            long.starts_with("tep/12-ă") && long.ends_with("ă.pdf") && long.chars().count() == 7 + 100 + 4,
            "{long}"
        );
    }
}

//! A draft as programs see it.

use std::collections::BTreeMap;

use domain::dossier::{Attachment, Delivery, Dossier, Owner, OwnerKind, Relation};
use domain::partial_date::PartialDate;
use serde::Serialize;
use serde_json::Value;
use usecases::version_of;
use utoipa::ToSchema;
use web::errors::WebError;
use web::portal::Portal;

use super::obstacles::{Obstacle, obstacles_of};
use crate::caller::Caller;

/// Something with a code.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"code": "H21.58.51", "name": "UBND thị trấn Ia Kha"}))]
pub(crate) struct Named {
    /// Its code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
}

/// A draft.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "id": "8f14e45fceea167a5a36dedd4bea2543", "version": 2,
    "procedure": {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"},
    "agency": {"code": "H21.58.51", "name": "UBND thị trấn Ia Kha"}, "started_at": 1795395600000_i64,
    "form_version": "2024-06-06", "owner": null, "answers": {"birth.proof": "1"}, "delivery": {"way": "online"},
    "files": [], "obstacles": [{"kind": "owner_missing", "detail": "Nhập thông tin chủ hồ sơ"}]
}))]
pub(crate) struct Draft {
    /// Its identifier.
    id: String,
    /// How often it was changed; the same as in `ETag`.
    version: u64,
    /// The procedure.
    procedure: Named,
    /// The agency that will receive it.
    agency: Named,
    /// When it was begun, in milliseconds UTC.
    started_at: i64,
    /// The version of the form by which it is judged today; null when the procedure has no form.
    form_version: Option<String>,
    /// Whose matter it is.
    owner: Option<OwnerData>,
    /// The answers by path, right or wrong.
    #[schema(value_type = Object)]
    answers: BTreeMap<String, Value>,
    /// Where the result is received.
    delivery: Option<DeliveryData>,
    /// The files that have arrived.
    files: Vec<FileData>,
    /// What keeps it from being filed; empty when it can be.
    obstacles: Vec<Obstacle>,
}

/// Whose matter a dossier is.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "relation_to_filer": "self_owner", "kind": "citizen", "full_name": "Rơ Châm H'Lan", "number": "064190000123",
    "birth_date": "1990-02-05", "phone": "+84912345678", "email": null, "address": "Tổ 1, thị trấn Ia Kha, Ia Grai, Gia Lai"
}))]
pub(crate) struct OwnerData {
    /// `self_owner`; for somebody else `on_behalf`, or `by_mandate` with a mandate in writing among the files.
    relation_to_filer: &'static str,
    /// `citizen` or `organisation`.
    kind: &'static str,
    /// The name.
    full_name: String,
    /// The identity or tax number; a child under 14 may have none.
    number: Option<String>,
    /// The birth date: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; null for organisations.
    birth_date: Option<String>,
    /// Where to call.
    phone: String,
    /// Where to write.
    email: Option<String>,
    /// The address in one line.
    address: String,
}

/// Where a result is received.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"way": "by_post", "name": "Rơ Châm H'Lan", "phone": "+84912345678", "address": "Tổ 1, Ia Kha"}))]
pub(crate) struct DeliveryData {
    /// `online`, `at_desk` or `by_post`.
    way: &'static str,
    /// By post: who receives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// By post: their telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// By post: their address.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// A file of a draft or of a dossier.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0cc175b9c0f1b6a831c399e269772661", "component": "000.00.00.G21-KQ1", "component_name": "Giấy chứng sinh",
    "name": "giay-chung-sinh.pdf", "media_type": "application/pdf", "size": 48213,
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "uploaded_at": 1795395600000_i64
}))]
pub(crate) struct FileData {
    /// Its identifier.
    id: String,
    /// The paper that it is for; null for one beside the list.
    component: Option<String>,
    /// That paper's name.
    component_name: String,
    /// The file's name.
    name: String,
    /// Its kind, found by its content.
    media_type: String,
    /// How many bytes it has.
    size: u64,
    /// The SHA-256 of its bytes.
    sha256: String,
    /// When it arrived, in milliseconds UTC.
    uploaded_at: i64,
}

impl Draft {
    /// A draft as it stands, judged by today's version.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub(crate) async fn of(portal: &Portal, caller: &Caller, dossier: &Dossier) -> Result<Self, WebError> {
        let today = caller.ctx.now.day();
        Ok(Self {
            id: dossier.id.to_string(),
            version: dossier.version,
            procedure: Named { code: dossier.procedure.code.to_string(), name: dossier.procedure.name.clone() },
            agency: Named { code: dossier.agency.code.to_string(), name: dossier.agency.name.clone() },
            started_at: dossier.started_at.as_millis(),
            form_version: version_of(portal.app(), dossier, today).map(|version| version.version.clone()),
            owner: dossier.owner.as_ref().map(OwnerData::of),
            answers: dossier.answers.clone(),
            delivery: dossier.delivery.as_ref().map(DeliveryData::of),
            files: dossier.attachments.iter().map(FileData::of).collect(),
            obstacles: obstacles_of(portal, caller, dossier).await?,
        })
    }
}

impl OwnerData {
    /// The owner.
    pub(crate) fn of(owner: &Owner) -> Self {
        Self {
            relation_to_filer: match owner.relation_to_filer {
                Relation::SelfOwner => "self_owner",
                Relation::OnBehalf => "on_behalf",
                Relation::ByMandate => "by_mandate",
            },
            kind: match owner.kind {
                OwnerKind::Citizen => "citizen",
                OwnerKind::Organisation => "organisation",
            },
            full_name: owner.full_name.to_string(),
            number: owner.number.as_ref().map(ToString::to_string),
            birth_date: owner.birth_date.as_ref().map(PartialDate::to_string),
            phone: owner.phone.to_string(),
            email: owner.email.as_ref().map(ToString::to_string),
            address: owner.address.clone(),
        }
    }
}

impl DeliveryData {
    /// The way.
    pub(crate) fn of(delivery: &Delivery) -> Self {
        let plain = |way| Self { way, name: None, phone: None, address: None };
        match delivery {
            Delivery::AtDesk => plain("at_desk"),
            Delivery::Online => plain("online"),
            Delivery::ByPost { name, phone, address } => Self {
                way: "by_post",
                name: Some(name.to_string()),
                phone: Some(phone.to_string()),
                address: Some(address.clone()),
            },
        }
    }
}

impl FileData {
    /// A file.
    pub(crate) fn of(file: &Attachment) -> Self {
        Self {
            id: file.id.to_string(),
            component: file.component_code.clone(),
            component_name: file.component_name.clone(),
            name: file.file_name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: file.hash.to_string(),
            uploaded_at: file.uploaded_at.as_millis(),
        }
    }
}

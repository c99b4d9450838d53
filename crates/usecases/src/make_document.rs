//! The printed forms of a dossier: the receipt and the forms 01, 02 and 03, made from the dossier as it stands recorded.

use documents::{
    AcceptanceSlip, Applicant, Letterhead, Moment, PortalSignature, Receipt, ReceivedFile, RefusalReason, RefusalSlip,
    RequestedItem, Signature, SlipCopy, SubmittedComponent, SupplementSlip,
};
use domain::agency::Agency;
use domain::codes::DossierCode;
use domain::dossier::{Defect, Delivery, Dossier, Owner, Subject, SupplementItem};
use domain::receipt::SignedReceipt;
use domain::time::Instant;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::receipts::{IssuedReceipt, view_receipt};
use crate::view_dossier::view_dossier;

/// The documents that can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// What arrived, when and where: given at once on filing (R57, R58).
    Receipt,
    /// Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    AcceptanceSlip,
    /// Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, of which request, counted from 1.
    SupplementSlip(u32),
    /// Form 03: Phiếu từ chối tiếp nhận, giải quyết hồ sơ.
    RefusalSlip,
}

impl Document {
    /// The document of this file name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "bien-nhan.pdf" => Some(Self::Receipt),
            "giay-tiep-nhan.pdf" => Some(Self::AcceptanceSlip),
            "phieu-tu-choi.pdf" => Some(Self::RefusalSlip),
            _ => {
                let number = name.strip_prefix("phieu-bo-sung-")?.strip_suffix(".pdf")?;
                number.parse().ok().filter(|parsed: &u32| parsed.to_string() == number).map(Self::SupplementSlip)
            }
        }
    }

    /// The file name of form 02 of a request, counted from 1.
    pub fn supplement_slip_name(number: u32) -> String {
        format!("phieu-bo-sung-{number}.pdf")
    }
}

/// Makes the document for somebody who may read the dossier; not found while there is nothing to print yet.
pub async fn make_document(
    app: &App,
    ctx: &Ctx,
    code: &DossierCode,
    document: Document,
) -> Result<Vec<u8>, UsecaseError> {
    let (dossier, receipt) = match document {
        Document::Receipt => {
            let IssuedReceipt { filed, receipt, .. } = view_receipt(app, ctx, code).await?;
            (filed, receipt)
        }
        Document::AcceptanceSlip | Document::SupplementSlip(_) | Document::RefusalSlip => {
            (view_dossier(app, ctx, code).await?.dossier, None)
        }
    };
    let app = app.clone();
    // Typesetting takes milliseconds of computing, so it has a thread of its own.
    let typeset = move || typeset(&app, &dossier, receipt.as_ref(), document);
    tokio::task::spawn_blocking(typeset).await.map_err(|_| UsecaseError::CutOff)?
}

fn typeset(
    app: &App,
    dossier: &Dossier,
    receipt: Option<&SignedReceipt>,
    document: Document,
) -> Result<Vec<u8>, UsecaseError> {
    let facts = Facts::of(app, dossier, receipt)?;
    let typesetter = app.typesetter();
    Ok(match document {
        Document::Receipt => typesetter.receipt(&facts.receipt()?)?,
        Document::AcceptanceSlip => typesetter.acceptance_slip(&facts.acceptance_slip()?)?,
        Document::SupplementSlip(number) => typesetter.supplement_slip(&facts.supplement_slip(number)?)?,
        Document::RefusalSlip => typesetter.refusal_slip(&facts.refusal_slip()?)?,
    })
}

/// What all of these documents draw from.
struct Facts<'a> {
    app: &'a App,
    dossier: &'a Dossier,
    receipt: Option<&'a SignedReceipt>,
    owner: &'a Owner,
    code: String,
}

impl<'a> Facts<'a> {
    fn of(app: &'a App, dossier: &'a Dossier, receipt: Option<&'a SignedReceipt>) -> Result<Self, UsecaseError> {
        let owner = dossier.owner.as_ref().ok_or(UsecaseError::NotFound)?;
        let code = dossier.code.as_ref().ok_or(UsecaseError::NotFound)?.to_string();
        Ok(Self { app, dossier, receipt, owner, code })
    }

    fn receipt(&self) -> Result<Receipt, UsecaseError> {
        let dossier = self.dossier;
        let rules = &self.app.content().rules;
        let files = dossier.attachments.iter().map(|file| ReceivedFile {
            component: file.component_name.clone(),
            file_name: file.file_name.clone(),
            size: file.size,
            sha256: file.hash.to_string(),
        });
        Ok(Receipt {
            letterhead: self.letterhead(),
            code: self.code.clone(),
            secret: dossier.secret.as_ref().map(ToString::to_string).unwrap_or_default(),
            procedure_code: dossier.procedure.code.to_string(),
            procedure_name: dossier.procedure.name.clone(),
            catalogue_version: dossier.procedure.catalogue_version.clone(),
            owner_name: self.owner.full_name.to_string(),
            owner_number: self.owner.number_text().to_owned(),
            filer_name: String::new(),
            filed_at: moment(dossier.filed_at)?,
            answer_due_at: moment(dossier.answer_due_at)?,
            answer_hours: rules.answer_within_working_hours,
            delivery: self.delivery(),
            files: files.collect(),
            look_up_address: self.look_up_address(),
            look_up_page: self.look_up_page(),
            help_phone: self.app.help_phone(&dossier.agency.code),
            portal_signature: self.receipt.map(|receipt| self.portal_signature(receipt)),
        })
    }

    /// The signature as far as paper carries it; what the QR code says names no one.
    fn portal_signature(&self, receipt: &SignedReceipt) -> PortalSignature {
        let (digest, page) =
            (receipt.manifest.digest(), format!("{}/kiem-tra-bien-nhan", self.app.settings().public_url));
        let signature = receipt.signature.rsplit("..").next().unwrap_or_default();
        PortalSignature {
            digest: digest.to_string(),
            signature: signature.chars().take(16).collect(),
            check_address: format!("{page}?ma={}&so={digest}", self.code),
            check_page: page,
        }
    }

    fn acceptance_slip(&self) -> Result<AcceptanceSlip, UsecaseError> {
        let dossier = self.dossier;
        let due = dossier.due.as_ref().ok_or(UsecaseError::NotFound)?;
        let receiver = dossier.accepted_by.as_ref().map(|officer| officer.name.clone()).unwrap_or_default();
        Ok(AcceptanceSlip {
            letterhead: self.letterhead(),
            number: self.number("TNHS"),
            place: place_of(self.app, dossier),
            copy: SlipCopy::ForFiler,
            code: self.code.clone(),
            applicant: self.applicant(),
            procedure_code: dossier.procedure.code.to_string(),
            procedure_name: dossier.procedure.name.clone(),
            components: self.components(),
            sets: 1,
            time_limit: due.limit.to_string(),
            accepted_at: moment(dossier.accepted_at)?,
            due_at: moment(Some(due.due_at))?,
            due_derivation: derivation(due),
            delivery: self.delivery(),
            register_book: String::new(),
            register_ordinal: String::new(),
            filer: Signature { name: String::new(), instead: "Đã nộp trực tuyến".into() },
            receiver: Signature { name: receiver, instead: String::new() },
            look_up_address: self.look_up_address(),
            look_up_page: self.look_up_page(),
            help_phone: self.app.help_phone(&dossier.agency.code),
        })
    }

    fn supplement_slip(&self, number: u32) -> Result<SupplementSlip, UsecaseError> {
        let dossier = self.dossier;
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let asked = place.and_then(|place| dossier.supplements.get(place)).ok_or(UsecaseError::NotFound)?;
        Ok(SupplementSlip {
            letterhead: self.letterhead(),
            number: self.number("HDHS"),
            place: place_of(self.app, dossier),
            code: self.code.clone(),
            applicant: self.applicant(),
            procedure_code: dossier.procedure.code.to_string(),
            procedure_name: dossier.procedure.name.clone(),
            filed_at: moment(dossier.filed_at)?,
            requested_at: moment(Some(asked.requested_at))?,
            respond_by: asked.respond_by.vietnamese(),
            items: asked.request.items().iter().map(requested_item).collect(),
            legal_ground: asked.request.legal_ground().map(ToString::to_string).unwrap_or_default(),
            officer: Signature { name: asked.officer.name.clone(), instead: String::new() },
            look_up_address: self.look_up_address(),
            look_up_page: self.look_up_page(),
            help_phone: self.app.help_phone(&dossier.agency.code),
        })
    }

    fn refusal_slip(&self) -> Result<RefusalSlip, UsecaseError> {
        let dossier = self.dossier;
        let reasons = dossier.refusal.as_ref().ok_or(UsecaseError::NotFound)?;
        let ground = reasons.legal_ground().unwrap_or_default();
        let officer = dossier.refused_by.as_ref().map(|officer| officer.name.clone()).unwrap_or_default();
        let reason = |text: &String| RefusalReason { text: text.clone(), legal_ground: ground.to_owned() };
        Ok(RefusalSlip {
            letterhead: self.letterhead(),
            number: self.number("TNHS"),
            place: place_of(self.app, dossier),
            code: self.code.clone(),
            applicant: self.applicant(),
            procedure_code: dossier.procedure.code.to_string(),
            procedure_name: dossier.procedure.name.clone(),
            filed_at: moment(dossier.filed_at)?,
            refused_at: moment(dossier.refused_at)?,
            reasons: reasons.items().iter().map(reason).collect(),
            advice: "Hoàn thiện giấy tờ theo các lý do trên rồi nộp hồ sơ mới.".into(),
            filer: Signature { name: String::new(), instead: "Đã nộp trực tuyến".into() },
            officer: Signature { name: officer, instead: String::new() },
            look_up_address: self.look_up_address(),
            look_up_page: self.look_up_page(),
            help_phone: self.app.help_phone(&dossier.agency.code),
        })
    }

    fn letterhead(&self) -> Letterhead {
        let desk = self.app.content().agencies.desk_of(&self.dossier.agency.code);
        let desk = desk.map_or_else(|| "Bộ phận Một cửa".to_owned(), |desk| desk.name.clone());
        Letterhead { agency: self.dossier.agency.name.clone(), desk }
    }

    /// The number of the slip in the desk's register: the dossier's ordinal of its day.
    fn number(&self, symbol: &str) -> String {
        self.dossier.code.as_ref().map(|code| format!("{:04}/{symbol}", code.number())).unwrap_or_default()
    }

    fn applicant(&self) -> Applicant {
        Applicant {
            name: self.owner.full_name.to_string(),
            address: self.owner.address.clone(),
            phone: self.owner.phone.national(),
            email: self.owner.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// What was submitted, by component, in the order of the uploads.
    fn components(&self) -> Vec<SubmittedComponent> {
        let mut components: Vec<(String, u32)> = Vec::new();
        for file in &self.dossier.attachments {
            match components.iter_mut().find(|(name, _)| *name == file.component_name) {
                Some((_, count)) => *count += 1,
                None => components.push((file.component_name.clone(), 1)),
            }
        }
        let listed =
            |(name, count): (String, u32)| SubmittedComponent { name, quantity: format!("{count} tệp điện tử") };
        components.into_iter().map(listed).collect()
    }

    fn delivery(&self) -> String {
        match &self.dossier.delivery {
            None => String::new(),
            Some(Delivery::Online) => "Trực tuyến, tải về từ trang hồ sơ".into(),
            Some(Delivery::AtDesk) => format!("Tại {}", self.letterhead().desk),
            Some(Delivery::ByPost { name, phone, address }) => {
                format!("Qua bưu chính công ích: {name}, {}, {address}", phone.national())
            }
        }
    }

    fn look_up_page(&self) -> String {
        format!("{}/tra-cuu", self.app.settings().public_url)
    }

    fn look_up_address(&self) -> String {
        format!("{}?ma={}", self.look_up_page(), self.code)
    }
}

/// The place in the date line: what the agency's name says after its kind.
pub(crate) fn place_of(app: &App, dossier: &Dossier) -> String {
    let agency: Option<&Agency> = app.content().agencies.find(&dossier.agency.code);
    let name = agency.map_or(dossier.agency.name.as_str(), |agency| agency.name.as_str());
    let kinds = [
        "UBND ",
        "xã ",
        "Xã ",
        "thị trấn ",
        "phường ",
        "Phường ",
        "huyện ",
        "Huyện ",
        "thị xã ",
        "thành phố ",
        "tỉnh ",
    ];
    let place = kinds.iter().fold(name, |name, kind| name.strip_prefix(kind).unwrap_or(name));
    if place.starts_with("Sở ") || place.starts_with("Ban ") { "Gia Lai".into() } else { place.to_owned() }
}

fn requested_item(item: &SupplementItem) -> RequestedItem {
    let name = match &item.subject {
        Subject::Component { name, .. } => name.clone(),
        Subject::Question { title, .. } => title.clone(),
        Subject::Other => String::new(),
    };
    let reason = match item.defect {
        Defect::Missing => "còn thiếu",
        Defect::Unreadable => "không đọc được",
        Defect::Incomplete => "chưa đủ",
        Defect::Wrong => "không đúng",
        Defect::Expired => "đã hết hiệu lực",
        Defect::Other => "",
    };
    RequestedItem { name, reason: reason.to_owned(), text: item.sentence.to_string() }
}

pub(crate) fn moment(at: Option<Instant>) -> Result<Moment, UsecaseError> {
    let local = at.ok_or(UsecaseError::NotFound)?.local();
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    Ok(Moment {
        year: i32::from(local.year()),
        month: small(local.month()),
        day: small(local.day()),
        hour: small(local.hour()),
        minute: small(local.minute()),
    })
}

/// How the due time was found, in one line.
fn derivation(due: &domain::deadline::DueDate) -> String {
    let skipped: Vec<String> =
        due.skipped.iter().map(|day| format!("{} ({})", day.day.vietnamese(), day.name)).collect();
    let mut skipped = if skipped.is_empty() { String::new() } else { format!("; không tính {}", skipped.join(", ")) };
    for pause in &due.pauses {
        let (from, to) = (pause.from.vietnamese(), pause.to.vietnamese());
        skipped.push_str(&format!("; tạm dừng chờ bổ sung từ {from} đến {to}"));
    }
    format!(
        "{} kể từ {}, theo giờ hành chính, trừ thứ Bảy, Chủ nhật và ngày nghỉ lễ{skipped}; quy tắc {}, lịch {}",
        due.limit,
        due.accepted_at.vietnamese(),
        due.rule_version,
        due.calendar_version
    )
}

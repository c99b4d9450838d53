//! The population register behind a platform for sharing data: `POST /lgsp/token` gives a token for a client's name and secret,
//! `POST /lgsp/csdldc/xac-thuc-cong-dan` takes one question with its purpose and asker.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::World;
use crate::faults::{FaultKind, Service};
use crate::population::{Said, Verdict, compare};

/// The one token that is taken; it means nothing elsewhere.
const TOKEN: &str = "ve-tra-cuu-mo-phong";

/// `{"maYeuCau":"…","soDinhDanh":"…","hoVaTen":"…","ngaySinh":"19850312","mucDich":"…","nguoiKhaiThac":{"kind":"CITIZEN","id":"…"}}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Question {
    ma_yeu_cau: String,
    so_dinh_danh: String,
    ho_va_ten: String,
    ngay_sinh: String,
    muc_dich: String,
    nguoi_khai_thac: Asker,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asker {
    kind: String,
    id: String,
}

/// A token for whoever shows a name and a secret (RFC 6749, 4.4).
pub(crate) async fn token(headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let is_asked = body.is_ok_and(|body| body.as_ref() == b"grant_type=client_credentials");
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    match (shown.is_some_and(|shown| shown.len() > 4), is_asked) {
        (false, _) => refused(StatusCode::UNAUTHORIZED, "invalid_client"),
        (true, false) => refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
        (true, true) => {
            Json(json!({ "access_token": TOKEN, "token_type": "Bearer", "expires_in": 3_600 })).into_response()
        }
    }
}

/// The answer to one question.
pub(crate) async fn ask(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if shown != Some(TOKEN) {
        return refused(StatusCode::UNAUTHORIZED, "invalid_token");
    }
    let question = body.ok().and_then(|body| serde_json::from_slice::<Question>(&body).ok());
    let Some(question) = question.filter(is_well_formed) else {
        return refused(StatusCode::BAD_REQUEST, "a question has an asker, a purpose and a person");
    };
    match world.faults.take_refusal(Service::Population) {
        Some(FaultKind::Temporary) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(_) => return refused(StatusCode::FORBIDDEN, "refused for good, as asked"),
        None => {}
    }
    match world.faults.take_spoiled_answer(Service::Population) {
        Some(FaultKind::Slow(delay)) => tokio::time::sleep(delay).await,
        Some(_) => return "<html>Bảo trì hệ thống</html>".into_response(),
        None => {}
    }
    Json(answer(&question)).into_response()
}

fn answer(question: &Question) -> Value {
    let said = Said { number: &question.so_dinh_danh, name: &question.ho_va_ten, birth_date: &question.ngay_sinh };
    match compare(&said) {
        Verdict::Unknown => json!({ "ketQua": "UNKNOWN" }),
        Verdict::Mismatch(fields) => json!({ "ketQua": "MISMATCH", "khac": fields }),
        Verdict::Match(entry) => {
            let member = |(name, relation)| json!({ "hoVaTen": name, "quanHe": relation });
            json!({
                "ketQua": "MATCH",
                "congDan": {
                    "gioiTinh": entry.sex,
                    "ngaySinh": entry.birth_date,
                    "noiThuongTru": entry.residence,
                    "thanhVienHo": entry.household.into_iter().map(member).collect::<Vec<_>>(),
                },
            })
        }
    }
}

fn is_well_formed(question: &Question) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    question.so_dinh_danh.len() == 12
        && is_digits(&question.so_dinh_danh)
        && matches!(question.ngay_sinh.len(), 4 | 6 | 8)
        && is_digits(&question.ngay_sinh)
        && (1..=100).contains(&question.ho_va_ten.trim().chars().count())
        && !question.muc_dich.trim().is_empty()
        && !question.ma_yeu_cau.is_empty()
        && matches!(question.nguoi_khai_thac.kind.as_str(), "CITIZEN" | "OFFICER")
        && !question.nguoi_khai_thac.id.is_empty()
}

fn refused(status: StatusCode, reason: &str) -> Response {
    (status, Json(json!({ "error": reason }))).into_response()
}

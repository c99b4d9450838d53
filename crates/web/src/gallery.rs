//! Every component in every state on one page, for those who design and for the tests of accessibility: `/phong-cach`.

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use serde::Deserialize;

use crate::i18n::{Locale, Texts};
use crate::view::filters;
use crate::view::form::{Choice, FormView};
use crate::view::page::{Demo, HelpContact, OfficerName, Page, PageViewer, Section};
use crate::view::parts::{Link, Pagination, Step, StepState, SummaryRow, Task, Tone};

/// Serves the gallery: `/phong-cach` in the citizens' layout, `/phong-cach/can-bo` in the officers',
/// `/phong-cach/trang-chu` the parts of a home page and of lists, `/phong-cach/loi` an error page.
///
/// `?trang-thai=loi` shows the fields refused, `?trang-thai=khoa` disabled; `?nguoi-xem=khach|cong-dan` changes the header.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/phong-cach", get(show_citizens))
        .route("/phong-cach/can-bo", get(show_officers))
        .route("/phong-cach/trang-chu", get(show_home))
        .route("/phong-cach/loi", get(show_error))
}

#[derive(Deserialize)]
struct Wishes {
    lang: Option<String>,
    #[serde(rename = "trang-thai")]
    state: Option<String>,
    #[serde(rename = "nguoi-xem")]
    viewer: Option<String>,
}

impl Wishes {
    fn texts(&self) -> &'static Texts {
        Texts::of(self.lang.as_deref().and_then(Locale::parse).unwrap_or_default())
    }

    fn is_disabled(&self) -> bool {
        self.state.as_deref() == Some("khoa")
    }

    fn form(&self) -> FormView {
        match self.state.as_deref() {
            Some("loi") => refused_form(),
            Some("trong") => FormView::new(),
            _ => filled_form(),
        }
    }
}

#[derive(Template)]
#[template(path = "gallery/citizens.html")]
struct CitizensGallery {
    page: Page<'static>,
    t: &'static Texts,
    form: FormView,
    disabled: bool,
    samples: Samples,
}

#[derive(Template)]
#[template(path = "gallery/home.html")]
struct HomeGallery {
    page: Page<'static>,
    t: &'static Texts,
    form: FormView,
    samples: Samples,
}

#[derive(Template)]
#[template(path = "gallery/officers.html")]
struct OfficersGallery {
    page: Page<'static>,
    t: &'static Texts,
    form: FormView,
    samples: Samples,
}

struct Samples {
    crumbs: Vec<Link>,
    kinds: Vec<Choice>,
    deliveries: Vec<Choice>,
    communes: Vec<Choice>,
    rows: Vec<SummaryRow>,
    tasks: Vec<Task>,
    steps: Vec<Step>,
    pages: Pagination,
    tones: [(Tone, &'static str); 5],
    dossiers: Vec<SampleDossier>,
}

struct SampleDossier {
    code: String,
    procedure: &'static str,
    owner: &'static str,
    filed_at: &'static str,
    due_at: &'static str,
    status: &'static str,
    tone: Tone,
}

async fn show_citizens(Query(wishes): Query<Wishes>) -> Response {
    let viewer = match wishes.viewer.as_deref() {
        Some("cong-dan") => PageViewer::Citizen("Nguyễn Thị Ánh Tuyết"),
        _ => PageViewer::Anonymous,
    };
    let t = wishes.texts();
    let page = page(t, "/phong-cach", viewer).in_section(Section::Services);
    draw(CitizensGallery { page, t, form: wishes.form(), disabled: wishes.is_disabled(), samples: samples() })
}

async fn show_home(Query(wishes): Query<Wishes>) -> Response {
    let t = wishes.texts();
    let page = page(t, "/phong-cach/trang-chu", PageViewer::Citizen("Nguyễn Thị Ánh Tuyết")).in_section(Section::Home);
    draw(HomeGallery { page, t, form: wishes.form(), samples: samples() })
}

async fn show_officers(Query(wishes): Query<Wishes>) -> Response {
    let t = wishes.texts();
    let officer = OfficerName { name: "Rơ Châm H’Len", agency: "UBND xã Ia Grai" };
    let page = page(t, "/phong-cach/can-bo", PageViewer::Officer(officer)).in_section(Section::Inbox);
    draw(OfficersGallery { page, t, form: wishes.form(), samples: samples() })
}

async fn show_error(Query(wishes): Query<Wishes>) -> Response {
    let t = wishes.texts();
    let page = page(t, "/phong-cach/loi", PageViewer::Unknown);
    draw(crate::view::error_page::ErrorPage { page, t, key: "error-not-found", request_id: "4f1d-22c8" })
}

fn draw(template: impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!("The gallery cannot be drawn: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn page(t: &'static Texts, path: &'static str, viewer: PageViewer<'static>) -> Page<'static> {
    Page {
        t,
        portal_name: "Cổng Dịch vụ công tỉnh Gia Lai",
        path,
        section: None,
        viewer,
        csrf_token: "",
        demo: Some(Demo { simulators: "http://127.0.0.1:8002/", moved_clock: Some("14:05 02/12/2026".to_owned()) }),
        help: HelpContact {
            name: "Bộ phận tiếp nhận và trả kết quả huyện Ia Grai",
            phone: "(0269) 3844 789",
            phone_link: "+842693844789",
        },
    }
}

fn filled_form() -> FormView {
    FormView::new()
        .with("full_name", "Nguyễn Thị Ánh Tuyết")
        .with("birth_date.day", "22")
        .with("birth_date.month", "11")
        .with("birth_date.year", "1990")
        .with("kind", "citizen")
        .with("delivery", "post")
        .with("delivery", "online")
        .with("commune", "23767")
        .with("note", "Đề nghị gọi trước khi giao kết quả.")
        .with("agree", "1")
}

fn refused_form() -> FormView {
    let mut form = FormView::new().with("full_name", "Nguyễn <b>Văn</b> \"A\"").with("birth_date.day", "31").with("birth_date.month", "2");
    form.refuse("full_name", "Họ và tên chỉ gồm chữ cái và khoảng trắng");
    form.refuse("email", "Nhập địa chỉ thư điện tử, ví dụ ten@example.com");
    form.refuse("password", "Mật khẩu cần ít nhất 8 ký tự");
    form.refuse("birth_date", "Ngày sinh phải là một ngày có thật, ví dụ 22/11/1990");
    form.refuse("kind", "Chọn loại tài khoản");
    form.refuse("delivery", "Chọn ít nhất một cách nhận kết quả");
    form.refuse("commune", "Chọn xã, phường nơi cư trú");
    form.refuse("note", "Ghi chú dài tối đa 500 ký tự");
    form.refuse("paper", "Tệp phải là PDF, JPG hoặc PNG, dung lượng không quá 100 MB");
    form.refuse("agree", "Đánh dấu để xác nhận thông tin là đúng");
    form
}

fn samples() -> Samples {
    let task = |text: &str, href: Option<&str>, status: &str, tone| Task {
        text: text.to_owned(),
        href: href.map(str::to_owned),
        hint: String::new(),
        status: status.to_owned(),
        tone,
    };
    let step = |title: &str, at: &str, by: &str, note: &str, state| Step {
        title: title.to_owned(),
        at: at.to_owned(),
        by: by.to_owned(),
        note: note.to_owned(),
        state,
    };
    Samples {
        crumbs: vec![Link::new("/", "Trang chủ"), Link::new("/thu-tuc", "Thủ tục"), Link::new("/thu-tuc?q=ho-tich", "Hộ tịch")],
        kinds: vec![
            Choice::new("citizen", "Công dân"),
            Choice::new("enterprise", "Doanh nghiệp").with_hint("Doanh nghiệp, hợp tác xã, hộ kinh doanh có mã số thuế."),
        ],
        deliveries: vec![
            Choice::new("desk", "Nhận tại Bộ phận tiếp nhận và trả kết quả"),
            Choice::new("post", "Nhận qua dịch vụ bưu chính công ích").with_hint("Cước phí trả cho nhân viên bưu điện khi nhận."),
            Choice::new("online", "Nhận bản điện tử trên Cổng"),
        ],
        communes: vec![Choice::new("23764", "Xã Ia Krái"), Choice::new("23767", "Xã Ia Grai"), Choice::new("23770", "Xã Ia Hrung")],
        rows: vec![
            SummaryRow::new("Họ và tên", "Nguyễn Thị Ánh Tuyết").changed_at("#a"),
            SummaryRow::new("Số CMND/CCCD", "064190001234"),
            SummaryRow::new("Địa chỉ", "Thôn Thắng Trạch 2\nXã Ia Grai\nTỉnh Gia Lai").changed_at("#b"),
            SummaryRow::new("Thư điện tử", "").changed_at("#c"),
        ],
        tasks: vec![
            task("Chủ hồ sơ", Some("#1"), "Đã nhập", Tone::Good),
            task("Nơi nhận kết quả", Some("#2"), "Đang nhập", Tone::Active),
            task("Tệp đính kèm thành phần hồ sơ", Some("#3"), "Chưa nhập", Tone::Neutral),
            task("Nộp hồ sơ", None, "Chưa thể nộp", Tone::Neutral),
        ],
        steps: vec![
            step("Trả kết quả", "", "", "", StepState::ToCome),
            step("Đang giải quyết", "08:30 23/11/2026", "UBND xã Ia Grai · Rơ Châm H’Len", "Hẹn trả 16:00 26/11/2026.", StepState::Current),
            step("Đã tiếp nhận", "08:10 23/11/2026", "UBND xã Ia Grai", "", StepState::Done),
            step("Đã nộp hồ sơ", "21:47 22/11/2026", "Nguyễn Thị Ánh Tuyết", "", StepState::Done),
        ],
        pages: Pagination::new(6, 5_664, 20, "/thu-tuc?q=khai%20sinh"),
        tones: [
            (Tone::Neutral, "Bản nháp"),
            (Tone::Active, "Đang giải quyết"),
            (Tone::Good, "Đã trả kết quả"),
            (Tone::Attention, "Sắp đến hạn"),
            (Tone::Bad, "Quá hạn"),
        ],
        dossiers: sample_dossiers(),
    }
}

fn sample_dossiers() -> Vec<SampleDossier> {
    let kinds = [
        ("Đăng ký khai sinh", "Nguyễn Thị Ánh Tuyết", "Quá hạn", Tone::Bad),
        ("Đăng ký kết hôn", "Siu H’Bia", "Sắp đến hạn", Tone::Attention),
        (
            "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu đối với tổ chức đang sử dụng đất",
            "Công ty TNHH Một thành viên Cà phê Ia Grai",
            "Chờ tiếp nhận",
            Tone::Neutral,
        ),
        ("Xác nhận tình trạng hôn nhân", "Rơ Mah Đốt", "Đang giải quyết", Tone::Active),
    ];
    let rows = (1..=24).zip(kinds.iter().cycle());
    rows.map(|(number, (procedure, owner, status, tone))| SampleDossier {
        code: format!("H21.58.51-261122-{number:04}"),
        procedure,
        owner,
        filed_at: "21:47 22/11/2026",
        due_at: "16:00 26/11/2026",
        status,
        tone: *tone,
    })
    .collect()
}

//! Every component in every state on one page, for those who design and for the tests of accessibility: `/phong-cach`.

mod captcha;
mod samples;

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use serde::Deserialize;

use crate::captcha::Captcha;
use crate::captcha::sample::{self, State};
use crate::i18n::{Locale, Texts};
use crate::view::filters;
use crate::view::form::FormView;
use crate::view::page::{Demo, HelpContact, OfficerName, Page, PageViewer, Section};
use crate::view::parts::Tone;

pub use self::captcha::live_router;

use self::samples::{Samples, filled_form, refused_form, samples};

/// Serves the gallery: `/phong-cach` in the citizens' layout, `/phong-cach/can-bo` in the officers',
/// `/phong-cach/trang-chu` the parts of a home page and of lists, `/phong-cach/loi` an error page. [`live_router`] adds a
/// form that takes a captcha.
///
/// `?trang-thai=loi` shows the fields refused, `?trang-thai=khoa` disabled; `?nguoi-xem=khach|cong-dan` changes the header.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/phong-cach", get(show_citizens))
        .route("/phong-cach/can-bo", get(show_officers))
        .route("/phong-cach/trang-chu", get(show_home))
        .route("/phong-cach/loi", get(show_error))
        .route("/phong-cach/ma-xac-nhan/{file}", get(sample::show))
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

    fn captcha(&self) -> Captcha {
        sample::captcha(match self.state.as_deref() {
            Some("khoa") => State::Passed,
            Some("trong") => State::Hard,
            _ => State::Demonstration,
        })
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
    captcha: Captcha,
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

async fn show_citizens(Query(wishes): Query<Wishes>) -> Response {
    let viewer = match wishes.viewer.as_deref() {
        Some("cong-dan") => PageViewer::Citizen("Nguyễn Thị Ánh Tuyết"),
        _ => PageViewer::Anonymous,
    };
    let t = wishes.texts();
    let page = page(t, "/phong-cach", viewer).in_section(Section::Services);
    draw(CitizensGallery {
        page,
        t,
        form: wishes.form(),
        disabled: wishes.is_disabled(),
        captcha: wishes.captcha(),
        samples: samples(),
    })
}

async fn show_home(Query(wishes): Query<Wishes>) -> Response {
    let t = wishes.texts();
    let page = page(t, "/phong-cach/trang-chu", PageViewer::Citizen("Nguyễn Thị Ánh Tuyết")).in_section(Section::Home);
    draw(HomeGallery { page, t, form: wishes.form(), samples: samples() })
}

async fn show_officers(Query(wishes): Query<Wishes>) -> Response {
    let t = wishes.texts();
    let officer = OfficerName {
        name: "Rơ Châm H’Len",
        agency: "UBND xã Ia Grai",
        has_inbox: true,
        sees_recoveries: true,
        administers: false,
    };
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
        is_national: false,
        is_office: false,
        path: path.into(),
        is_shown_once: false,
        section: None,
        viewer,
        csrf_token: "",
        acting: None,
        acting_ended: None,
        is_being_recovered: false,
        demo: Some(Demo { simulators: "http://127.0.0.1:8002/", moved_clock: Some("14:05 02/12/2026".to_owned()) }),
        help: HelpContact {
            name: "Bộ phận tiếp nhận và trả kết quả huyện Ia Grai",
            phone: "(0269) 3844 789",
            phone_link: "+842693844789",
        },
    }
}

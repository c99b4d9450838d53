//! `/dia-ban/goi-y`: the communes that somebody may mean who is typing an address, as JSON for the page's script.

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use domain::address::Place;
use serde::Serialize;
use web::addresses::MOST_OFFERED;
use web::fields::Fields;
use web::portal::Portal;

/// The longest end of a line that is looked at, in bytes.
const LONGEST: usize = 800;

/// What was found.
#[derive(Serialize)]
struct Suggested {
    /// Where the communes' names begin in what was asked, counted as scripts count: in units of UTF-16.
    from: usize,
    places: Vec<SuggestedPlace>,
}

/// A commune of today.
#[derive(Serialize)]
struct SuggestedPlace {
    name: String,
    /// The old name by which it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

pub(crate) async fn suggest(State(portal): State<Portal>, uri: Uri) -> Response {
    let query = Fields::of_query(uri.query());
    let content = portal.app().content();
    let asked = Some(query.text("q")).filter(|asked| asked.len() <= LONGEST).unwrap_or_default();
    let found = content.areas.gazetteer().suggest(asked, content.home_province(), MOST_OFFERED);
    let from = asked[..found.from].encode_utf16().count();
    let place = |Place { name, before, .. }: Place| SuggestedPlace { name, before };
    let places = found.places.into_iter().map(place).collect();
    // The same for everybody until there is another map.
    ([(CACHE_CONTROL, "public, max-age=86400")], Json(Suggested { from, places })).into_response()
}

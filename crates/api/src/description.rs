//! `/api/openapi.json`: the description of this door, made from the code itself.

use axum::response::Response;
use utoipa::OpenApi;

use crate::json::{Problem, public};
use crate::{agencies, procedures, tracking};

/// The read API of the portal.
#[derive(OpenApi)]
#[openapi(
    info(title = "Một Cửa: read API", description = "Procedures, agencies and the progress of dossiers."),
    paths(procedures::list, procedures::show, agencies::list, agencies::show, tracking::look_up),
    components(schemas(Problem))
)]
struct Description;

/// Shows the description.
pub(crate) async fn show() -> Response {
    public(&Description::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_described_as_openapi_3_1() {
        let description = serde_json::to_value(Description::openapi()).expect("serializes");
        assert!(description["openapi"].as_str().expect("a version").starts_with("3.1"));
        for path in [
            "/api/v1/procedures",
            "/api/v1/procedures/{code}",
            "/api/v1/agencies",
            "/api/v1/agencies/{code}",
            "/api/v1/tracking",
        ] {
            assert!(description["paths"][path].is_object(), "{path}");
        }
    }
}

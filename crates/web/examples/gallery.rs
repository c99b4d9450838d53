//! Serves the gallery of components by itself: `cargo run -p web --example gallery`, then http://127.0.0.1:8099/phong-cach.

use std::error::Error;

use axum::Router;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = Router::new().merge(web::gallery::router()).merge(web::assets::router());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    println!("http://{}/phong-cach", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

//! 화면 모음 — serves every template with every sample at `/gallery`, for looking at and for axe-core.
//!
//! `cargo run -p web --example gallery [-- PORT]`, then `/gallery/<number>?lang=ko`.

use axum::{
    Router,
    extract::{Path, Query},
    http::StatusCode,
    response::Html,
    routing::get,
};
use std::{collections::HashMap, sync::Arc};
use web::{assets, lang, render::Pages, view};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8099), |p| p.parse::<u16>())?;
    let pages = Arc::new(Pages::new()?);
    let app = Router::new()
        .route(
            "/gallery",
            get(|| async {
                let rows = view::gallery().into_iter().enumerate().map(|(i, s)| {
                    format!("<li><a href=/gallery/{i}?lang=ko>{i} {} {}</a> <a href=/gallery/{i}?lang=en>en</a>\n", s.template, s.name)
                });
                Html(rows.collect::<String>())
            }),
        )
        .route("/gallery/{n}", get(move |Path(n): Path<usize>, Query(q): Query<HashMap<String, String>>| async move {
            let sample = view::gallery().into_iter().nth(n).ok_or((StatusCode::NOT_FOUND, String::new()))?;
            let lang = q.get("lang").and_then(|l| lang::known(l)).unwrap_or("ko");
            let mut frame = view::Frame::sample(lang, sample.face);
            frame.who = q.get("who").cloned();
            pages
                .draw_value(&frame, sample.template, &sample.view)
                .map(|html| ([("content-security-policy", web::POLICY)], Html(html)))
                .map_err(|e| (StatusCode::INTERNAL_SERVER_ERROR, format!("{e}")))
        }))
        .route("/assets/{hash}/{*path}", get(assets::serve));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http on 127.0.0.1:{port}/gallery");
    Ok(axum::serve(listener, app).await?)
}

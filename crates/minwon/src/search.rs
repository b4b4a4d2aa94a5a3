//! 찾기 — `minwon search WORDS`: the same search as on the desk, with the eyes of the operator, page after page.

use crate::house::{self, Data};
use app::act::Call;
use domain::access::Who;
use std::process::ExitCode;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// What to look for: words, or a 신청번호 or 접수번호.
    words: String,
    /// Stop after so many hits.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// One JSON object a line: {"number": …, "title": …}.
    #[arg(long)]
    json: bool,
}

/// Hits asked for at once.
const PAGE: u32 = 200;

/// Prints the hits, newest first.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    house::seal(&app).await?;
    let (mut before, mut shown) = (None, 0);
    'pages: loop {
        let hits = app
            .search(&Who::System, &args.words, before, PAGE, &Call::default())
            .await?;
        for item in &hits.items {
            if shown == args.limit {
                break 'pages;
            }
            shown += 1;
            let (number, title) = (
                item.petition.number.to_string(),
                item.title.as_deref().unwrap_or("-"),
            );
            if args.json {
                println!("{}", serde_json::json!({ "number": number, "title": title }));
            } else {
                println!("{number}  {}", title.replace('\n', " "));
            }
        }
        before = hits.next;
        if before.is_none() {
            break;
        }
    }
    app.places.close().await;
    Ok(if shown == 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

//! 찾기 — `minwon search WORDS`: the same search as on the desk, with the eyes of the operator, page after page.

use crate::house::{self, Data};
use app::App;
use app::act::Call;
use domain::access::Who;
use std::process::ExitCode;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// What to look for: words, or a 신청번호 or 접수번호. `-` reads from the standard input, one search a line; with
    /// `--json` an empty object ends the hits of each.
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

/// Prints the hits, newest first; 1 when nothing was found.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    house::seal(&app).await?;
    let mut found = 0;
    if args.words == "-" {
        for line in std::io::stdin().lines() {
            found += search(&app, &line?, args).await?;
            if args.json {
                println!("{{}}");
            }
        }
    } else {
        found = search(&app, &args.words, args).await?;
    }
    app.places.close().await;
    Ok(if found == 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// One search, page after page; gives the number of hits printed.
async fn search(app: &App, words: &str, args: &Args) -> anyhow::Result<usize> {
    let (mut before, mut shown) = (None, 0);
    loop {
        let hits = app
            .search(&Who::System, words, before, PAGE, &Call::default())
            .await?;
        for item in &hits.items {
            if shown == args.limit {
                return Ok(shown);
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
            return Ok(shown);
        }
    }
}

//! 누리집 — the pages of a city on a loopback port, for tests that come in by HTTP or by browser.

use crate::city::{City, PASSWORD};
use std::net::SocketAddr;
use std::sync::Arc;
use store::session::Subject;
use web::{Options, Web};

/// A served city. Dropping it stops serving.
pub struct Site {
    /// The city behind it.
    pub city: City,
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    web: Web,
    serving: tokio::task::JoinHandle<()>,
    duties: tokio::task::JoinHandle<()>,
}

impl Site {
    /// Serves both faces, as the demo does, and keeps the duties running.
    pub async fn new(city: City) -> Site {
        let options = Options {
            demo: true,
            mailbox: Some(city.letters.clone()),
            inbox: Some(city.messages.clone()),
            rehearsal: city.rehearsal.clone().map(|it| it as _),
            ..Options::default()
        };
        let web = Web::new(city.app.clone(), options).expect("every page can be read");
        let router = web::router(web.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("the port is known"));
        let serving =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("serving goes on") });
        let app = Arc::clone(&city.app);
        let duties = tokio::spawn(async move {
            loop {
                for duty in app::duties::ALL {
                    if let Err(error) = duty.once(&app).await {
                        eprintln!("the duty {} failed: {error}", duty.name);
                    }
                }
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            }
        });
        Site {
            city,
            address,
            web,
            serving,
            duties,
        }
    }
}

impl Site {
    /// Signs somebody in without a page: the cookies, name and value, that a browser then has. `inside`: an official who has confirmed who
    /// they are and is in the 보안민원실.
    pub async fn signs_in(&self, subject: Subject, inside: bool) -> Vec<(String, String)> {
        let mut open = self
            .city
            .app
            .begin_session(subject)
            .await
            .expect("a session begins");
        if inside && matches!(subject, Subject::Official(_)) {
            let entered = self.city.app.go_inside(&open, PASSWORD, &[127, 0, 0, 1]).await;
            open = entered.expect("they are let in");
        }
        [&self.web.gate, &self.web.desk]
            .map(|gate| (gate.cookie_name().to_owned(), open.cookie.clone()))
            .into()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
        self.duties.abort();
    }
}

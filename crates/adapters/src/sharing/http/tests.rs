//! 공동이용 HTTP 연계의 시험 — what is posted, what each answer means, and where no request may ever go.

use super::*;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};

fn question() -> Question {
    Question {
        id: Uuid::from_u128(9),
        item: "resident".into(),
        holder: "행정안전부".into(),
        about: "person".into(),
        name: "김하늘 http://127.0.0.1/".into(),
        subject: "../../admin?x=1#@169.254.169.254".into(),
        purpose: "documents".into(),
        basis: "전자정부법 제42조제1항".into(),
        agency: "가온시".into(),
        petition: "2026-1".into(),
        official: "0a".into(),
    }
}

/// A centre that answers every request with these words (`None`: never) and hands over what it was sent.
async fn centre(answer: Option<(&'static str, String)>) -> (String, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/lookups", listener.local_addr().unwrap());
    let (taken, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut request, mut piece) = (Vec::new(), [0; 4096]);
            while !request.ends_with(b"}") && !request.starts_with(b"GET") {
                match stream.read(&mut piece).await {
                    Ok(n) if n > 0 => request.extend_from_slice(&piece[..n]),
                    _ => break,
                }
            }
            taken.send(String::from_utf8(request).unwrap()).unwrap();
            let Some((status, body)) = &answer else {
                std::future::pending::<()>().await;
                return;
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all((head + body).as_bytes()).await;
        }
    });
    (url, receiver)
}

fn settings(url: &str) -> SharingSettings {
    let json = serde_json::json!({ "url": url, "token": "wide open", "timeout": 1, "most": 200 });
    serde_json::from_value(json).unwrap()
}

fn sharing(url: &str) -> HttpSharing {
    HttpSharing::new(settings(url), Mode::Test).unwrap()
}

const ID: &str = "00000000000000000000000000000009";

#[tokio::test]
async fn a_look_up_is_posted_to_the_one_address_whatever_it_is_about() {
    let body = format!(r#"{{"request":"{ID}","found":true,"content":"확인"}}"#);
    let (url, mut taken) = centre(Some(("200 OK", body))).await;
    let sharing = sharing(&url);
    for _ in 0..2 {
        assert_eq!(sharing.look_up(&question()).await, Answer::Found("확인".into()));
        let request = taken.recv().await.unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let head = head.to_lowercase();
        assert!(head.starts_with("post /lookups http/1.1"), "{head}");
        assert!(head.contains(&format!("idempotency-key: {ID}")), "{head}");
        assert!(head.contains("authorization: bearer wide open"), "{head}");
        assert!(!head.contains("169.254") && !head.contains("admin"), "{head}");
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["subject"], question().subject);
        assert_eq!(
            (&body["item"], &body["request"]),
            (&"resident".into(), &ID.into())
        );
        assert_eq!(body.as_object().unwrap().len(), 11);
    }
}

#[tokio::test]
async fn each_answer_means_what_it_should() {
    let said =
        |found: bool, content: &str| format!(r#"{{"request":"{ID}","found":{found},"content":"{content}"}}"#);
    let other = said(true, "남의 것").replace("0009", "0008");
    let cases = [
        (Some(("200 OK", said(false, ""))), Answer::NotFound),
        (
            Some(("200 OK", format!(r#"{{"request":"{ID}","found":false}}"#))),
            Answer::NotFound,
        ),
        (Some(("200 OK", other)), Answer::Later),
        (Some(("200 OK", said(true, &"가".repeat(100)))), Answer::Later),
        (Some(("200 OK", "<html>".into())), Answer::Later),
        (Some(("200 OK", String::new())), Answer::Later),
        (Some(("302 Found", said(true, "x"))), Answer::Later),
        (Some(("307 Temporary Redirect", said(true, "x"))), Answer::Later),
        (Some(("401 Unauthorized", said(true, "x"))), Answer::Later),
        (Some(("404 Not Found", said(false, ""))), Answer::Later),
        (Some(("429 Too Many", String::new())), Answer::Later),
        (Some(("503 Away", String::new())), Answer::Later),
        (Some(("400 Bad Request", String::new())), Answer::Refused),
        (Some(("403 Forbidden", String::new())), Answer::Refused),
        (Some(("422 Unprocessable", String::new())), Answer::Refused),
        (None, Answer::Later),
    ];
    for (answer, expected) in cases {
        let (url, mut taken) = centre(answer.clone()).await;
        assert_eq!(sharing(&url).look_up(&question()).await, expected, "{answer:?}");
        taken.recv().await.unwrap();
        assert!(taken.try_recv().is_err(), "a redirect is not followed");
    }
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(
        sharing(&format!("http://{closed}/")).look_up(&question()).await,
        Answer::Later
    );
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_connected_to() {
    let (url, mut taken) = centre(Some(("200 OK", String::new()))).await;
    // Installs the provider of ciphers, as the real one does.
    let _ = sharing(&url);
    let port = Url::parse(&url).unwrap().port().unwrap();
    // In production, a public name whose address turns out to be near: here the machine's own name stands for it.
    let client = Client::builder()
        .no_proxy()
        .dns_resolver(Arc::new(Once {
            near_allowed: false,
            found: Arc::default(),
        }))
        .build()
        .unwrap();
    assert!(
        client
            .post(format!("http://localhost:{port}/lookups"))
            .body("{}")
            .send()
            .await
            .is_err()
    );
    assert!(taken.try_recv().is_err(), "nothing was sent");
    let allowed = Client::builder()
        .no_proxy()
        .dns_resolver(Arc::new(Once {
            near_allowed: true,
            found: Arc::default(),
        }))
        .build()
        .unwrap();
    assert!(
        allowed
            .post(format!("http://localhost:{port}/lookups"))
            .body("{}")
            .send()
            .await
            .is_ok()
    );
}

#[test]
fn of_many_addresses_only_public_ones_are_left() {
    let all = |list: &[&str]| {
        list.iter()
            .map(|a| a.parse().unwrap())
            .collect::<Vec<SocketAddr>>()
    };
    let mixed = all(&["10.0.0.1:0", "8.8.8.8:0", "[::1]:0"]);
    assert_eq!(
        sieve(mixed.clone().into_iter(), false).unwrap(),
        all(&["8.8.8.8:0"])
    );
    assert_eq!(sieve(mixed.into_iter(), true).unwrap().len(), 3);
    assert!(sieve(all(&["169.254.169.254:0"]).into_iter(), false).is_err());
}

#[test]
fn in_production_the_centre_lies_outside_unless_the_configuration_says_otherwise() {
    for bad in [
        "http://centre.example/",
        "ftp://127.0.0.1/",
        "centre",
        "",
        "http://127.0.0.1.centre.example/",
        "https://user:word@centre.example/",
        "https://centre.example/?to=x",
        "https://centre.example/#x",
    ] {
        assert!(
            matches!(
                HttpSharing::new(settings(bad), Mode::Production),
                Err(BadSettings::Url(_))
            ),
            "{bad}"
        );
    }
    for near in [
        "https://10.1.2.3/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://192.168.0.1:8443/x",
    ] {
        assert!(
            matches!(
                HttpSharing::new(settings(near), Mode::Production),
                Err(BadSettings::Near(_))
            ),
            "{near}"
        );
        let said = SharingSettings {
            private_network: true,
            ..settings(near)
        };
        assert!(HttpSharing::new(said, Mode::Production).is_ok(), "{near}");
    }
    assert!(HttpSharing::new(settings("https://centre.example/v1/lookups"), Mode::Production).is_ok());
    assert!(!format!("{:?}", settings("https://centre.example/")).contains("wide open"));
    assert!(!format!("{:?} {:?}", question(), Answer::Found("김하늘".into())).contains("김하늘"));
}

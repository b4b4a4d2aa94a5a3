//! 문자 HTTP 연계 — one JSON object per message, posted to the provider; its field names are settings.

use crate::secret::Secret;
use ports::{
    delivery::Failed,
    message::{Messenger, TextMessage},
};
use reqwest::{Client, StatusCode, Url, redirect};
use serde_json::{Map, Value};
use std::time::Duration;

/// How to reach the provider.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSettings {
    /// Where messages are posted; `https`, or `http` on this machine.
    pub url: String,
    /// Sent as `Authorization: Bearer …`, where the provider asks for it.
    pub token: Option<Secret>,
    /// The number messages come from, as registered with the provider (발신번호 사전등록제).
    pub from: String,
    /// What the provider calls the fields.
    #[serde(default)]
    pub fields: Fields,
    /// How long to wait for the answer, in seconds.
    #[serde(default = "ten_seconds")]
    pub timeout: u64,
}

/// The names of the fields in the posted object.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// The reader's number.
    pub to: String,
    /// Our number.
    pub from: String,
    /// What the message says.
    pub text: String,
    /// The id of the delivery, the same at every attempt.
    pub id: String,
}

impl Default for Fields {
    fn default() -> Fields {
        let [to, from, text, id] = ["to", "from", "text", "id"].map(str::to_owned);
        Fields { to, from, text, id }
    }
}

/// Settings a provider cannot be reached with.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// Not an address we may post to.
    #[error("text messages: {0:?} is no address to post to: https, or http on this machine")]
    Url(String),
    /// The HTTP client cannot be made.
    #[error("text messages: {0}")]
    Client(#[from] reqwest::Error),
}

/// Posts messages to a provider.
pub struct HttpMessenger {
    client: Client,
    url: Url,
    settings: SmsSettings,
}

impl HttpMessenger {
    /// Checks the settings; speaks to the provider only with the first message.
    pub fn new(settings: SmsSettings) -> Result<HttpMessenger, BadSettings> {
        let url = Url::parse(&settings.url)
            .ok()
            .filter(|url| match url.scheme() {
                "https" => true,
                "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")),
                _ => false,
            })
            .ok_or_else(|| BadSettings::Url(settings.url.clone()))?;
        // Whoever came first has installed the same provider; a second time changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(Duration::from_secs(settings.timeout))
            // A redirect would carry numbers and texts to where nobody agreed to.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(HttpMessenger {
            client,
            url,
            settings,
        })
    }
}

#[async_trait::async_trait]
impl Messenger for HttpMessenger {
    async fn send(&self, message: &TextMessage) -> Result<(), Failed> {
        let (fields, id) = (&self.settings.fields, message.id.to_string());
        let body: Map<String, Value> = [
            (&fields.to, &message.to),
            (&fields.from, &self.settings.from),
            (&fields.text, &message.text),
            (&fields.id, &id),
        ]
        .into_iter()
        .map(|(name, value)| (name.clone(), Value::String(value.clone())))
        .collect();
        let mut request = self
            .client
            .post(self.url.clone())
            .header("Idempotency-Key", &id)
            .json(&body);
        if let Some(token) = &self.settings.token {
            request = request.bearer_auth(token.expose());
        }
        match request.send().await {
            Ok(answer) => judge(answer.status()),
            Err(error) if error.is_timeout() => Err(Failed::Later(
                "the text message provider does not answer in time".to_owned(),
            )),
            Err(_) => Err(Failed::Later(
                "the text message provider cannot be reached".to_owned(),
            )),
        }
    }
}

/// What the provider's answer means for the message. Refusals of *us* (401, 403, 404, 407, a redirect) wait for mended settings; only what
/// speaks of the message itself (400, 413, 422 and their like) is final. The answer's text is not repeated: it may hold the number.
fn judge(status: StatusCode) -> Result<(), Failed> {
    let code = status.as_u16();
    match code {
        200..=299 => Ok(()),
        401 | 403 | 404 | 405 | 407 | 408 | 409 | 421 | 425 | 429 => Err(Failed::Later(format!(
            "the text message provider does not take messages now ({code})"
        ))),
        400..=499 => Err(Failed::Never(format!(
            "the text message provider refuses the message ({code})"
        ))),
        _ => Err(Failed::Later(format!(
            "the text message provider is out of order ({code})"
        ))),
    }
}

fn ten_seconds() -> u64 {
    10
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::id::OutboxId;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        sync::mpsc,
    };
    use uuid::Uuid;

    pub fn message() -> TextMessage {
        TextMessage {
            id: OutboxId(Uuid::from_u128(9)),
            to: "01012345678".to_owned(),
            text: "[민원실] 민원이 접수되었습니다.".to_owned(),
        }
    }

    /// A provider that answers every request with `status` (`None`: never) and hands over what it was sent.
    async fn provider(status: Option<&'static str>) -> (String, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/messages", listener.local_addr().unwrap());
        let (taken, receiver) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                let mut piece = [0; 4096];
                // A post is complete with its closing brace; what follows a redirect would come as GET without a body.
                let whole = |request: &[u8]| {
                    request.ends_with(b"}") || (request.starts_with(b"GET") && request.ends_with(b"\r\n\r\n"))
                };
                while !whole(&request) {
                    match stream.read(&mut piece).await {
                        Ok(n) if n > 0 => request.extend_from_slice(&piece[..n]),
                        _ => break,
                    }
                }
                taken.send(String::from_utf8(request).unwrap()).unwrap();
                let Some(status) = status else {
                    std::future::pending::<()>().await;
                    return;
                };
                let answer = format!(
                    "HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: 11\r\nconnection: close\r\n\r\n01012345678"
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        (url, receiver)
    }

    fn settings(url: &str) -> SmsSettings {
        let json = serde_json::json!({
            "url": url, "token": "wide open", "from": "02120", "timeout": 1, "fields": { "to": "수신", "text": "msg" },
        });
        serde_json::from_value(json).unwrap()
    }

    #[tokio::test]
    async fn a_message_is_posted_as_the_provider_wants_it_and_twice_under_one_key() {
        let (url, mut taken) = provider(Some("202 Accepted")).await;
        let messenger = HttpMessenger::new(settings(&url)).unwrap();
        messenger.send(&message()).await.unwrap();
        messenger.send(&message()).await.unwrap();
        for _ in 0..2 {
            let request = taken.recv().await.unwrap();
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            let head = head.to_lowercase();
            assert!(head.starts_with("post /messages http/1.1"), "{head}");
            assert!(
                head.contains("idempotency-key: 00000000000000000000000000000009"),
                "{head}"
            );
            assert!(head.contains("authorization: bearer wide open"), "{head}");
            assert!(head.contains("content-type: application/json"), "{head}");
            let expected = serde_json::json!({
                "수신": "01012345678", "from": "02120", "msg": "[민원실] 민원이 접수되었습니다.",
                "id": "00000000000000000000000000000009",
            });
            assert_eq!(serde_json::from_str::<Value>(body).unwrap(), expected);
        }
    }

    #[tokio::test]
    async fn each_answer_is_tried_again_or_not_as_it_should_be() {
        let cases = [
            (Some("400 Bad Request"), "never"),
            (Some("422 Unprocessable"), "never"),
            (Some("302 Found"), "later"),
            (Some("401 Unauthorized"), "later"),
            (Some("409 Conflict"), "later"),
            (Some("429 Too Many"), "later"),
            (Some("500 Oops"), "later"),
            (Some("503 Away"), "later"),
            (None, "later"),
        ];
        for (status, expected) in cases {
            let (url, mut taken) = provider(status).await;
            let failed = HttpMessenger::new(settings(&url))
                .unwrap()
                .send(&message())
                .await
                .unwrap_err();
            let found = match failed {
                Failed::Later(_) => "later",
                Failed::Never(_) => "never",
            };
            assert_eq!(found, expected, "{status:?}");
            assert!(!failed.to_string().contains("0101234"), "no number in {failed}");
            taken.recv().await.unwrap();
            assert!(taken.try_recv().is_err(), "a redirect is not followed");
        }
        let closed = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap();
        let messenger = HttpMessenger::new(settings(&format!("http://{closed}/"))).unwrap();
        assert!(matches!(messenger.send(&message()).await, Err(Failed::Later(_))));
    }

    #[test]
    fn numbers_do_not_leave_the_machine_in_the_clear() {
        for bad in [
            "http://sms.example/",
            "ftp://127.0.0.1/",
            "sms.example",
            "",
            "http://127.0.0.1.sms.example/",
        ] {
            assert!(
                matches!(HttpMessenger::new(settings(bad)), Err(BadSettings::Url(_))),
                "{bad}"
            );
        }
        assert!(HttpMessenger::new(settings("https://sms.example/v1/send")).is_ok());
        assert!(!format!("{:?}", settings("https://sms.example/")).contains("wide open"));
    }
}

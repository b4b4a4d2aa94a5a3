//! 전자우편 발송(SMTP) — letters over the agency's mail server.

use super::{Sender, compose};
use crate::secret::Secret;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{Error, authentication::Credentials},
};
use ports::{
    Clock,
    delivery::Failed,
    mail::{Letter, Mailer},
};
use std::{sync::Arc, time::Duration};

/// How to reach the mail server.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// Host name or address.
    pub host: String,
    /// Port, usually 465 (TLS) or 587 (STARTTLS).
    pub port: u16,
    /// How the way there is protected.
    pub protection: Protection,
    /// Login name, where the server asks for one.
    pub login: Option<String>,
    /// Password that goes with it.
    pub password: Option<Secret>,
    /// Who letters come from.
    pub sender: Sender,
    /// How long handing over one letter may take, in seconds.
    #[serde(default = "two_minutes")]
    pub timeout: u64,
}

/// How the way to the mail server is protected. Certificates are checked against the machine's own list of authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, demanded: without it nothing is sent.
    Starttls,
    /// None: for a relay on the same machine only.
    None,
}

/// Settings a mail server cannot be reached with.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// TLS for that host cannot be set up.
    #[error("mail: {0}")]
    Tls(#[from] Error),
    /// Without protection only to this machine.
    #[error(
        "mail: without protection only a relay on this machine is spoken to, not {0}; set protection to tls or starttls"
    )]
    Unprotected(String),
    /// The sender's address is none.
    #[error("mail: {0:?} is not a sender's address")]
    Sender(String),
}

/// Sends over SMTP, keeping connections open for a while.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
    clock: Arc<dyn Clock>,
    timeout: Duration,
}

impl SmtpMailer {
    /// Checks the settings; speaks to the server only with the first letter. Needs a tokio runtime around it.
    pub fn new(settings: SmtpSettings, clock: Arc<dyn Clock>) -> Result<SmtpMailer, BadSettings> {
        if settings.sender.address.parse::<lettre::Address>().is_err() {
            return Err(BadSettings::Sender(settings.sender.address));
        }
        let host = &settings.host;
        let builder = match settings.protection {
            Protection::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host)?,
            Protection::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host)?,
            Protection::None if !["localhost", "127.0.0.1", "::1"].contains(&host.as_str()) => {
                return Err(BadSettings::Unprotected(settings.host));
            }
            Protection::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host),
        };
        let timeout = Duration::from_secs(settings.timeout);
        let mut builder = builder.port(settings.port).timeout(Some(timeout));
        if let (Some(login), Some(password)) = (settings.login, settings.password) {
            builder = builder.credentials(Credentials::new(login, password.expose().to_owned()));
        }
        Ok(SmtpMailer {
            transport: builder.build(),
            sender: settings.sender,
            clock,
            timeout,
        })
    }
}

#[async_trait::async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, letter: &Letter) -> Result<(), Failed> {
        let message = compose(&self.sender, letter, self.clock.now())?;
        // The transport's own limit ends with the connection's set-up; a server that falls silent later is waited for here.
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(sent) => sent.map(drop).map_err(|error| failed(&error)),
            Err(_) => Err(Failed::Later(
                "the mail server does not answer in time".to_owned(),
            )),
        }
    }
}

/// Only 550–559 speak of this letter and its reader (RFC 5321 §4.2.2). A refused login (530–538) or command is about *us*: when the settings
/// are mended, the letter goes. The server's words are left out: they often repeat the address.
fn failed(error: &Error) -> Failed {
    match error.status().map(u16::from) {
        Some(code @ 550..=559) => Failed::Never(format!("the mail server refuses the letter ({code})")),
        Some(code) => Failed::Later(format!("the mail server does not take letters now ({code})")),
        None if error.is_timeout() => Failed::Later("the mail server does not answer in time".to_owned()),
        None if error.is_tls() => Failed::Later("no protected way to the mail server".to_owned()),
        None => Failed::Later("the mail server cannot be reached".to_owned()),
    }
}

fn two_minutes() -> u64 {
    120
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{mode::Mode, sandbox::FrozenClock};
    use domain::{id::OutboxId, time::At};
    use ports::mail::Attachment;
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
        sync::mpsc,
    };
    use uuid::Uuid;

    pub fn sender() -> Sender {
        Sender {
            name: "서울특별시 민원실".to_owned(),
            address: "office@minwon.example".to_owned(),
        }
    }

    pub fn letter() -> Letter {
        Letter {
            id: OutboxId(Uuid::from_u128(1)),
            to: "reader@citizen.example".to_owned(),
            subject: "민원이 접수되었습니다".to_owned(),
            text: "접수증을 보내 드립니다.\n".to_owned(),
            attachments: Vec::new(),
        }
    }

    /// A mail server of one port: answers each command's first word as the table says, otherwise 250; hands over what it took.
    async fn server(
        answers: &'static [(&'static str, &'static str)],
    ) -> (u16, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (taken, receiver) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let taken = taken.clone();
                tokio::spawn(async move {
                    let (read, mut write) = stream.into_split();
                    let mut lines = BufReader::new(read).lines();
                    write.write_all(b"220 test\r\n").await.unwrap();
                    while let Ok(Some(line)) = lines.next_line().await {
                        let word = line.split([' ', ':']).next().unwrap_or_default();
                        let mut answer = answers
                            .iter()
                            .find(|(command, _)| *command == word)
                            .map_or("250 ok", |(_, answer)| answer);
                        if answer == "hang" {
                            std::future::pending::<()>().await;
                        }
                        if word == "DATA" && answer == "250 ok" {
                            write.write_all(b"354 go on\r\n").await.unwrap();
                            let mut body = String::new();
                            while let Ok(Some(line)) = lines.next_line().await {
                                if line == "." {
                                    break;
                                }
                                body.push_str(&line);
                                body.push('\n');
                            }
                            taken.send(body).unwrap();
                            answer = answers
                                .iter()
                                .find(|(command, _)| *command == ".")
                                .map_or("250 taken", |(_, answer)| answer);
                        }
                        if answer == "cut"
                            || write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err()
                        {
                            break;
                        }
                    }
                });
            }
        });
        (port, receiver)
    }

    fn mailer(port: u16) -> SmtpMailer {
        let settings = SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port,
            protection: Protection::None,
            login: None,
            password: None,
            sender: sender(),
            timeout: 1,
        };
        let clock = FrozenClock::new(Mode::Test, At(1_531_790_000_000)).unwrap();
        SmtpMailer::new(settings, Arc::new(clock)).unwrap()
    }

    #[tokio::test]
    async fn a_letter_arrives_whole_and_twice_under_one_message_id() {
        let (port, mut taken) = server(&[]).await;
        let mailer = mailer(port);
        let mut sent = letter();
        sent.subject = "접수\r\nBcc: everyone@citizen.example".to_owned();
        sent.attachments = vec![Attachment {
            name: "접수증.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: b"%PDF-1.7\n\xff\xfe".to_vec(),
        }];
        mailer.send(&sent).await.unwrap();
        mailer.send(&sent).await.unwrap();
        for _ in 0..2 {
            let body = taken.recv().await.unwrap();
            let has = |part: &str| assert!(body.contains(part), "{part} in\n{body}");
            has("Subject: =?utf-8?b?7KCR7IiY?=  Bcc: everyone@citizen.example\n");
            has("Message-ID: <00000000000000000000000000000001@minwon.example>\n");
            has("Date: Tue, 17 Jul 2018 01:13:20 +0000\n");
            has("Auto-Submitted: auto-generated\n");
            has("To: reader@citizen.example\n");
            has("office@minwon.example");
            has("Content-Type: application/pdf\n");
            has("JVBERi0xLjcK//4="); // the paper in base64
            assert!(!body.contains("\nBcc:"), "no header from the subject:\n{body}");
        }
    }

    #[tokio::test]
    async fn each_failure_is_tried_again_or_not_as_it_should_be() {
        let later: &[&'static [(&str, &str)]] = &[
            &[("MAIL", "451 try later")],
            &[("RCPT", "452 mailbox reader@citizen.example full")],
            &[("MAIL", "530 authentication required")],
            &[(".", "421 going down")],
            &[(".", "cut")],
            &[("MAIL", "hang")],
        ];
        for answers in later {
            let (port, _taken) = server(answers).await;
            let failed = mailer(port).send(&letter()).await.unwrap_err();
            assert!(matches!(failed, Failed::Later(_)), "{answers:?}: {failed}");
            assert!(!failed.to_string().contains("reader"), "no address in {failed}");
        }
        for answers in [
            &[("RCPT", "550 reader@citizen.example unknown")],
            &[(".", "554 refused")],
        ] {
            let (port, _taken) = server(answers).await;
            let failed = mailer(port).send(&letter()).await.unwrap_err();
            assert!(matches!(failed, Failed::Never(_)), "{answers:?}: {failed}");
            assert!(!failed.to_string().contains("reader"), "no address in {failed}");
        }
        let (port, mut taken) = server(&[]).await;
        let nowhere = Letter {
            to: "no address".to_owned(),
            ..letter()
        };
        assert!(matches!(mailer(port).send(&nowhere).await, Err(Failed::Never(_))));
        assert!(taken.try_recv().is_err(), "the server was not bothered");
        let closed = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        assert!(matches!(
            mailer(closed).send(&letter()).await,
            Err(Failed::Later(_))
        ));
    }

    #[tokio::test]
    async fn settings_that_would_leak_are_refused() {
        let clock = Arc::new(FrozenClock::new(Mode::Test, At(0)).unwrap());
        let settings: SmtpSettings = serde_json::from_str(
            r#"{"host": "mail.example", "port": 587, "protection": "starttls", "login": "minwon", "password": "wide open",
                "sender": {"name": "민원실", "address": "office@minwon.example"}}"#,
        )
        .unwrap();
        assert!(!format!("{settings:?}").contains("wide open"));
        assert!(SmtpMailer::new(settings.clone(), clock.clone()).is_ok());
        let open = SmtpSettings {
            protection: Protection::None,
            ..settings.clone()
        };
        assert!(matches!(
            SmtpMailer::new(open, clock.clone()),
            Err(BadSettings::Unprotected(_))
        ));
        let nobody = SmtpSettings {
            sender: Sender {
                address: "office".to_owned(),
                ..sender()
            },
            ..settings
        };
        assert!(matches!(
            SmtpMailer::new(nobody, clock),
            Err(BadSettings::Sender(_))
        ));
    }

    /// A server that does not offer STARTTLS gets no letter in the clear.
    #[tokio::test]
    async fn demanded_protection_is_not_done_without() {
        let (port, mut taken) = server(&[]).await;
        let clock = Arc::new(FrozenClock::new(Mode::Test, At(0)).unwrap());
        let settings = SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port,
            protection: Protection::Starttls,
            login: None,
            password: None,
            sender: sender(),
            timeout: 1,
        };
        let failed = SmtpMailer::new(settings, clock)
            .unwrap()
            .send(&letter())
            .await
            .unwrap_err();
        assert!(matches!(failed, Failed::Later(_)), "{failed}");
        assert!(taken.try_recv().is_err());
    }
}

//! 백신 데몬(clamd) — files are streamed to ClamAV's daemon over TCP or a socket of this machine (its commands `zINSTREAM` and `zVERSION`): a
//! length of four bytes and a piece, again and again, a length of zero at the end; then one line comes back.
//!
//! The daemon is never shown a path and never writes a file of ours. A silent or half-dead one is left after `timeout`: the file
//! waits, and is asked about again.

use ports::delivery::Failed;
use ports::scan::{Scanner, Verdict};
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// One piece of a file on its way.
const PIECE: usize = 64 << 10;
/// No answer is longer.
const ANSWER: u64 = 4_096;

/// The way to the daemon.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClamdSettings {
    /// `host:port`, or the path of a socket.
    pub address: String,
    /// Seconds that connecting, sending and answering may take together.
    #[serde(default = "timeout")]
    pub timeout: u64,
    /// Largest file that is sent, in bytes: not above the daemon's own `StreamMaxLength`.
    #[serde(default = "largest")]
    pub largest: usize,
}

fn timeout() -> u64 {
    60
}

fn largest() -> usize {
    25 << 20
}

enum Way {
    Tcp(String),
    Socket(PathBuf),
}

/// ClamAV's daemon.
pub struct Clamd {
    way: Way,
    timeout: Duration,
    largest: usize,
}

/// A connection of either kind.
trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

impl Clamd {
    /// The daemon at this address; nothing is connected yet.
    pub fn new(settings: &ClamdSettings) -> Clamd {
        let way = if settings.address.starts_with('/') {
            Way::Socket(PathBuf::from(&settings.address))
        } else {
            Way::Tcp(settings.address.clone())
        };
        Clamd {
            way,
            timeout: Duration::from_secs(settings.timeout.max(1)),
            largest: settings.largest,
        }
    }

    async fn connect(&self) -> std::io::Result<Box<dyn Line>> {
        Ok(match &self.way {
            Way::Tcp(address) => Box::new(TcpStream::connect(address).await?),
            Way::Socket(path) => Box::new(UnixStream::connect(path).await?),
        })
    }

    /// Sends a command and what belongs to it; gives the line that comes back.
    async fn ask(&self, command: &[u8], content: Option<&[u8]>) -> Result<String, Failed> {
        let talk = async {
            let mut line = self.connect().await?;
            line.write_all(command).await?;
            let sent = match content {
                Some(content) => send(&mut line, content).await,
                None => Ok(()),
            };
            let mut answer = Vec::new();
            let read = (&mut line).take(ANSWER).read_to_end(&mut answer).await;
            // A daemon that has heard enough answers and closes while the rest is still being sent.
            if answer.is_empty() {
                sent?;
                read?;
            }
            Ok::<Vec<u8>, std::io::Error>(answer)
        };
        let answer = tokio::time::timeout(self.timeout, talk)
            .await
            .map_err(|_| Failed::Later("clamd does not answer in time".into()))?
            .map_err(|error| Failed::Later(format!("clamd: {error}")))?;
        let answer = answer.split(|byte| *byte == 0).next().unwrap_or_default();
        let answer = String::from_utf8_lossy(answer).trim().to_owned();
        if answer.is_empty() {
            return Err(Failed::Later("clamd closed without an answer".into()));
        }
        Ok(answer)
    }
}

async fn send(line: &mut Box<dyn Line>, content: &[u8]) -> std::io::Result<()> {
    for piece in content.chunks(PIECE) {
        let length = u32::try_from(piece.len()).unwrap_or(0).to_be_bytes();
        line.write_all(&length).await?;
        line.write_all(piece).await?;
    }
    line.write_all(&[0; 4]).await?;
    line.flush().await
}

/// What an answer means: `stream: OK`, `stream: <name> FOUND`, or an error.
fn understood(answer: &str) -> Result<Verdict, Failed> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(Verdict::Clean);
    }
    // Limits and locks end the same way tomorrow; every other error may be better then.
    let opaque = ["limit exceeded", "Heuristics.Limits", "Heuristics.Encrypted"];
    if opaque.iter().any(|word| said.contains(word)) {
        return Ok(Verdict::Unscannable(said.to_owned()));
    }
    if let Some(name) = said.strip_suffix(" FOUND") {
        return Ok(Verdict::Infected(name.to_owned()));
    }
    Err(Failed::Later(format!("clamd: {said}")))
}

#[async_trait::async_trait]
impl Scanner for Clamd {
    fn there(&self) -> bool {
        true
    }

    async fn signatures(&self) -> Result<String, Failed> {
        self.ask(b"zVERSION\0", None).await
    }

    async fn scan(&self, content: &[u8]) -> Result<Verdict, Failed> {
        if content.len() > self.largest {
            return Ok(Verdict::Unscannable("larger than is sent to the scanner".into()));
        }
        understood(&self.ask(b"zINSTREAM\0", Some(content)).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    fn settings(address: String) -> ClamdSettings {
        ClamdSettings {
            address,
            timeout: 1,
            largest: 1 << 20,
        }
    }

    /// A daemon that takes a stream, keeps what it got, and answers like this.
    async fn daemon(answer: &'static [u8]) -> (Clamd, tokio::task::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let clamd = Clamd::new(&settings(listener.local_addr().unwrap().to_string()));
        let heard = tokio::spawn(async move {
            let (mut line, _) = listener.accept().await.unwrap();
            let mut command = [0; 10];
            line.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let length = line.read_u32().await.unwrap() as usize;
                if length == 0 {
                    break;
                }
                assert!(length <= PIECE);
                let begin = content.len();
                content.resize(begin + length, 0);
                line.read_exact(&mut content[begin..]).await.unwrap();
            }
            line.write_all(answer).await.unwrap();
            content
        });
        (clamd, heard)
    }

    #[tokio::test]
    async fn a_file_is_streamed_whole_and_the_answer_understood() {
        let file: Vec<u8> = (0..PIECE * 2 + 17).map(|n| (n % 251) as u8).collect();
        for (answer, wanted) in [
            (b"stream: OK\0".as_slice(), Some(Verdict::Clean)),
            (
                b"stream: Eicar-Test-Signature FOUND\0",
                Some(Verdict::Infected("Eicar-Test-Signature".into())),
            ),
            (
                b"INSTREAM size limit exceeded. ERROR\0",
                Some(Verdict::Unscannable("INSTREAM size limit exceeded. ERROR".into())),
            ),
            (
                b"stream: Heuristics.Encrypted.Zip FOUND\0",
                Some(Verdict::Unscannable("Heuristics.Encrypted.Zip FOUND".into())),
            ),
            (b"Command read timed out. ERROR\0", None),
            (b"", None),
        ] {
            let (clamd, heard) = daemon(answer).await;
            let said = clamd.scan(&file).await;
            match wanted {
                Some(verdict) => assert_eq!(said.unwrap(), verdict),
                None => assert!(matches!(said, Err(Failed::Later(_))), "{said:?}"),
            }
            assert!(heard.await.unwrap() == file);
        }
    }

    #[tokio::test]
    async fn one_that_is_silent_or_away_is_asked_later() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent = Clamd::new(&settings(listener.local_addr().unwrap().to_string()));
        assert!(matches!(silent.scan(b"x").await, Err(Failed::Later(_))));
        drop(listener);
        assert!(matches!(silent.signatures().await, Err(Failed::Later(_))));
        let nowhere = Clamd::new(&settings("/nowhere/clamd.sock".into()));
        assert!(matches!(nowhere.scan(b"x").await, Err(Failed::Later(_))));
        let large = nowhere.scan(&vec![0; (1 << 20) + 1]).await;
        assert!(matches!(large, Ok(Verdict::Unscannable(_))), "never sent");
    }
}

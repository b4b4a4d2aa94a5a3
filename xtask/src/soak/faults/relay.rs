//! 우편함 — a mail server on loopback that keeps what it is sent, in place of an agency's own.

use anyhow::{Result, bail};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

/// The letters that came, oldest first: to whom, and all of it.
#[derive(Clone, Default)]
pub struct Relay(Arc<Mutex<Vec<(String, String)>>>);

impl Relay {
    /// Listens until the program ends; gives the port.
    pub fn start() -> Result<(Relay, u16)> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let relay = Relay::default();
        let kept = relay.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                // Who breaks off has sent no letter.
                thread::spawn(move || kept.talk(&stream));
            }
        });
        Ok((relay, port))
    }

    fn talk(&self, stream: &TcpStream) -> std::io::Result<()> {
        let answer = |words: &str| write!(&*stream, "{words}\r\n");
        answer("220 relay.example")?;
        let mut lines = BufReader::new(stream).lines();
        let mut to = String::new();
        while let Some(line) = lines.next().transpose()? {
            let command = line.to_ascii_uppercase();
            if command.starts_with("RCPT") {
                to = line;
                answer("250 yes")?;
            } else if command.starts_with("DATA") {
                answer("354 go on")?;
                let mut letter = Vec::new();
                while let Some(line) = lines.next().transpose()? {
                    if line == "." {
                        break;
                    }
                    letter.push(line);
                }
                let mut letters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                letters.push((std::mem::take(&mut to), letter.join("\n")));
                drop(letters);
                answer("250 kept")?;
            } else if command.starts_with("QUIT") {
                return answer("221 good bye");
            } else {
                answer("250 yes")?;
            }
        }
        Ok(())
    }

    /// The letters to this address.
    pub fn to(&self, address: &str) -> Vec<String> {
        let letters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (letters.iter())
            .filter(|(to, _)| to.contains(address))
            .map(|(_, letter)| letter.clone())
            .collect()
    }

    /// The one-time code of the letter that comes to this address behind the first `before` ones.
    pub fn code(&self, address: &str, before: usize) -> Result<String> {
        for _ in 0..200 {
            if let Some(code) = self
                .to(address)
                .get(before)
                .and_then(|letter| six_digits(&body(letter)))
            {
                return Ok(code);
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("no code came to {address}: {:?}", self.to(address))
    }
}

/// What a letter says, out of base64 or of lines that were broken.
fn body(letter: &str) -> String {
    let (head, coded) = letter.split_once("\n\n").unwrap_or_default();
    if !head.contains("Content-Transfer-Encoding: base64") {
        return coded.replace("=\n", "");
    }
    let value = |byte: u8| -> Option<u32> {
        const ALL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        u32::try_from(ALL.iter().position(|one| *one == byte)?).ok()
    };
    let values: Vec<u32> = coded.bytes().filter_map(value).collect();
    let mut bytes = Vec::new();
    for four in values.chunks(4) {
        let all = four.iter().fold(0, |all, six| (all << 6) | six) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&all.to_be_bytes()[1..four.len().max(1)]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first six digits that stand together.
fn six_digits(words: &str) -> Option<String> {
    let code = words
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 6);
    code.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_found_in_the_body() {
        let letter =
            "Date: 123456\nContent-Transfer-Encoding: base64\n\n67O47J24IO2ZleyduOuyiO2Y\nuOuKlCA0OTgwNDQ=\n";
        assert_eq!(body(letter), "본인 확인번호는 498044");
        assert_eq!(six_digits(&body(letter)).as_deref(), Some("498044"));
        assert_eq!(body("Date: 123456\n\nis 279=\n544."), "is 279544.");
        assert_eq!(six_digits("1234567 12345"), None);
    }
}

//! 집 — a real `minwon serve` of the soak's own: its folders, its configuration, the people at its pages, and what they were promised.

use super::{
    browser::{self, Browser, Seen},
    relay::Relay,
};
use crate::{
    shell,
    soak::{load::last_lines, verdict},
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    io::Write,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::Duration,
};

/// What the operator gave the official, and what they chose at the first log-in.
const PASSWORDS: [&str; 2] = ["correct horse 9", "battery staple 8"];

/// Where an official chooses a password of their own.
const FIRST: &str = "/desk/sign-in/password";

/// A city of the soak's own.
pub struct House {
    program: PathBuf,
    folder: PathBuf,
    /// The folder of the data.
    pub data: PathBuf,
    /// The folder of the keys.
    pub keys: PathBuf,
    database: Option<String>,
    /// What its letters go to.
    pub relay: Relay,
    /// In the environment of its servers.
    pub environment: Vec<(String, String)>,
    people: AtomicU32,
    /// Whether the official has chosen their own password.
    chosen: AtomicBool,
}

/// One server of it; dropping it kills it.
pub struct Serving {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    /// What it says.
    pub log: PathBuf,
    child: Child,
}

impl House {
    /// An empty city in this folder, on SQLite or on the PostgreSQL of this address.
    pub fn new(program: &Path, folder: PathBuf, database: Option<String>) -> Result<House> {
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let (relay, port) = Relay::start()?;
        let config = format!(
            r#"[agency]
name = "가온시"
name_en = "Gaon City"
sender = "가온시장"
office = "petition_office"
postcode = "00000"
address = "가온시 가상대로 1"
homepage = "www.gaon.example"
phone = "02-000-0000"
fax = "02-000-0001"
mail = "minwon@gaon.example"
address_of_pages = "https://minwon.gaon.example"
[mail]
host = "127.0.0.1"
port = {port}
protection = "none"
sender = {{ name = "가온시 민원실", address = "minwon@gaon.example" }}
[sms]
url = "https://127.0.0.1:9/send"
from = "020000000"
[sign_in]
second_factor = []
"#
        );
        fs::write(folder.join("minwon.toml"), config)?;
        Ok(House {
            program: program.to_owned(),
            data: folder.join("data"),
            keys: folder.join("keys"),
            folder,
            database,
            relay,
            environment: Vec::new(),
            people: AtomicU32::new(0),
            chosen: AtomicBool::new(false),
        })
    }

    /// A command of the program on this city's data.
    pub fn minwon(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--data")
            .arg(&self.data)
            .arg("--keys")
            .arg(&self.keys)
            .stdin(Stdio::null());
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command.args(words);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Enters the official the people of [`House::official`] log in as. It makes keys and tables where there are none.
    pub fn furnish(&self) -> Result<()> {
        let words = [
            "official",
            "add",
            "--login",
            "kim",
            "--name",
            "김가온",
            "--title",
            "주무관",
        ];
        let mut entering = self
            .minwon(&words)
            .args(["--unit", "petition_office", "--seat", "integrated_receiver"])
            .arg("--password-stdin")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut stdin = entering.stdin.take().context("no standard input")?;
        writeln!(stdin, "{}", PASSWORDS[0])?;
        drop(stdin);
        ensure!(entering.wait()?.success(), "the first official was not entered");
        Ok(())
    }

    fn serve(&self, name: &str, face: &str, port: u16) -> Result<Serving> {
        let log = self.folder.join(format!("{name}.log"));
        let file = fs::File::options().create(true).append(true).open(&log)?;
        let child = self
            .minwon(&[
                "serve",
                "--face",
                face,
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--config",
            ])
            .arg(self.folder.join("minwon.toml"))
            .stdout(Stdio::null())
            .stderr(file)
            .process_group(0)
            .spawn()
            .with_context(|| self.program.display().to_string())?;
        Ok(Serving {
            address: format!("http://127.0.0.1:{port}"),
            log,
            child,
        })
    }

    /// Starts a server with this face and waits until it is well.
    pub fn starts(&self, name: &str, face: &str) -> Result<Serving> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        self.starts_at(name, face, port)
    }

    /// The same at this port.
    pub fn starts_at(&self, name: &str, face: &str, port: u16) -> Result<Serving> {
        let mut serving = self.serve(name, face, port)?;
        for _ in 0..600 {
            if let Some(status) = serving.child.try_wait()? {
                bail!("the server ended ({status}):\n{}", serving.said());
            }
            if browser::health(&serving.address) == "200" {
                return Ok(serving);
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("the server does not become well:\n{}", serving.said())
    }

    /// Starts a server that must not start; gives the last line it says.
    pub fn refuses_to_start(&self) -> Result<String> {
        let mut serving = self.serve("refused", "both", 0)?;
        for _ in 0..300 {
            if let Some(status) = serving.child.try_wait()? {
                let said = serving.said();
                ensure!(!status.success(), "it ended as if nothing was wrong:\n{said}");
                return Ok(said.lines().last().unwrap_or_default().to_owned());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("it runs, and should have refused to start:\n{}", serving.said())
    }

    /// Somebody who has signed in by a code sent to a mail address of their own.
    pub fn citizen(&self, serving: &Serving, lang: &'static str) -> Result<Citizen> {
        let n = self.people.fetch_add(1, Ordering::Relaxed);
        let mail = format!("citizen{n}@home.example");
        let browser = Browser::new(&self.folder, &format!("citizen{n}"), &serving.address, lang);
        let page = browser.go("/sign-in")?;
        let page = browser.submit(&page, "/sign-in", &[("reach", "mail"), ("mail", &mail)])?;
        let code = self.relay.code(&mail, 0)?;
        let page = browser.submit(&page, "/sign-in/code", &[("code", &code)])?;
        ensure!(
            page.status == 200 && page.path == "/my",
            "not signed in: {}",
            page.words()
        );
        Ok(Citizen {
            browser,
            mail,
            numbers: Vec::new(),
        })
    }

    /// An official who has logged in.
    pub fn official(&self, serving: &Serving, lang: &'static str) -> Result<Browser> {
        let n = self.people.fetch_add(1, Ordering::Relaxed);
        let browser = Browser::new(&self.folder, &format!("official{n}"), &serving.address, lang);
        let page = browser.go("/desk/sign-in")?;
        let known = self.chosen.swap(true, Ordering::Relaxed);
        let fields = [("login", "kim"), ("password", PASSWORDS[usize::from(known)])];
        let mut page = browser.submit(&page, "/desk/sign-in", &fields)?;
        if page.path.starts_with(FIRST) {
            let fields = [("password", PASSWORDS[1]), ("again", PASSWORDS[1])];
            page = browser.submit(&page, FIRST, &fields)?;
        }
        ensure!(
            page.status == 200 && page.path.starts_with("/desk") && !page.path.contains("sign-in"),
            "not logged in: {} {}",
            page.path,
            page.words()
        );
        Ok(browser)
    }

    /// Runs `verify` over the closed city: everything holds, and there are exactly as many petitions as were acknowledged.
    pub fn holds(&self, petitions: usize) -> Result<String> {
        let output = self.minwon(&["verify"]).output()?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let verdict = verdict(&told);
        ensure!(
            output.status.success() && verdict.contains(&format!("({petitions} petitions,")),
            "verify: {petitions} petitions were acknowledged\n{told}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(verdict)
    }
}

impl Serving {
    /// The last it said.
    pub fn said(&self) -> String {
        last_lines(&fs::read_to_string(&self.log).unwrap_or_default(), 12)
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) -> Result<()> {
        let pid = self.child.id().to_string();
        shell::must(Command::new("kill").args([&format!("-{name}"), &pid]))
    }

    /// Lets it end in an orderly way; how long that took.
    pub fn stop(mut self) -> Result<f64> {
        let watch = shell::Stopwatch::start();
        self.signal("TERM")?;
        let status = self.child.wait()?;
        ensure!(status.success(), "it ended badly ({status}):\n{}", self.said());
        Ok(watch.elapsed().as_secs_f64())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A person with petitions.
pub struct Citizen {
    /// Their browser.
    pub browser: Browser,
    /// Where their letters go.
    pub mail: String,
    /// The numbers they were given.
    pub numbers: Vec<String>,
}

/// What is ready to be sent: the last page of the road, with the button 신청.
pub struct Ready(Seen);

impl Citizen {
    /// Walks up to the last page.
    pub fn prepares(&self, title: &str) -> Result<Ready> {
        let page = self.writes(title)?;
        ensure!(page.path.ends_with("/contact"), "{}: {}", page.path, page.words());
        let fields = [("name", "김하늘"), ("go", "next")];
        let page = self.browser.submit(&page, &page.path, &fields)?;
        ensure!(page.path.ends_with("/preview"), "{}: {}", page.path, page.words());
        Ok(Ready(page))
    }

    /// The first page, filled in and sent.
    pub fn writes(&self, title: &str) -> Result<Seen> {
        let page = self.browser.go("/file/new/content")?;
        self.writes_on(&page, title)
    }

    /// The same on a page that was opened before.
    pub fn writes_on(&self, page: &Seen, title: &str) -> Result<Seen> {
        let fields = [
            ("title", title),
            ("body", "밤길이 어둡습니다."),
            ("public", "no"),
            ("go", "next"),
        ];
        self.browser.submit(page, "/file/new/content", &fields)
    }

    /// Presses 신청.
    pub fn presses(&self, ready: &Ready) -> Result<Seen> {
        self.browser.submit(&ready.0, &ready.0.path, &[])
    }

    /// Presses 신청 and is given a number; pressing again gives the same one.
    pub fn files(&mut self, ready: &Ready) -> Result<f64> {
        let page = self.presses(ready)?;
        let number = number_of(&page)?;
        let again = number_of(&self.presses(ready)?)?;
        ensure!(again == number, "one form, two petitions: {number} and {again}");
        self.numbers.push(number);
        Ok(page.seconds)
    }

    /// A new petition, filed.
    pub fn files_anew(&mut self, title: &str) -> Result<f64> {
        let ready = self.prepares(title)?;
        self.files(&ready)
    }

    /// Every number that was given is there, with its text.
    pub fn finds_everything(&self) -> Result<()> {
        for number in &self.numbers {
            let page = self.browser.go(&format!("/my/{number}"))?;
            page.says(200, &[number, "밤길이 어둡습니다."])
                .with_context(|| format!("{number} was acknowledged"))?;
        }
        Ok(())
    }
}

fn number_of(page: &Seen) -> Result<String> {
    let number = page.path.strip_prefix("/filed/");
    ensure!(page.status == 200, "{}: {}", page.status, page.words());
    Ok(number
        .with_context(|| format!("no number at {}: {}", page.path, page.words()))?
        .to_owned())
}

/// The page on which an official receives this petition.
pub fn reception(official: &Browser, number: &str) -> Result<Seen> {
    let page = official.go(&format!("/desk/cases/{number}/acts/receive"))?;
    ensure!(page.status == 200, "{}: {}", page.status, page.words());
    Ok(page)
}

/// Presses 접수 there.
pub fn receives(official: &Browser, page: &Seen) -> Result<Seen> {
    official.submit(page, &page.path, &[("kind", "inquiry")])
}

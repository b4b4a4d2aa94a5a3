//! 파일 교환 — an approved answer goes to a folder as XML and PDF, and its number comes back as XML in another.
//!
//! `out/<petition>-<approval>.pdf` is written first, then `….xml`: who sees the XML finds the PDF whole. Every file is written
//! under another name, made durable and then renamed. Answers lie in `in/*.xml`; a settled one moves to `in/done`, one that
//! cannot be used to `in/aside` with its reason beside it in `….reason.txt`, so that nothing is read twice and nothing is lost.

use super::xml::{name, read, written};
use ports::delivery::Failed;
use ports::records::{Dossier, Records, Reply, Settled};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// An answer is a few lines.
const LARGEST: u64 = 64 * 1024;
/// Answers read in one look.
const MOST: usize = 500;

/// The two folders of an outside document system.
#[derive(Debug, Clone)]
pub struct Exchange {
    out: PathBuf,
    inbox: PathBuf,
}

impl Exchange {
    /// Uses `out` and `in` below this folder, and makes them.
    pub fn new(folder: &Path) -> std::io::Result<Exchange> {
        let (out, inbox) = (folder.join("out"), folder.join("in"));
        for place in [&out, &inbox.join("done"), &inbox.join("aside")] {
            fs::create_dir_all(place)?;
        }
        Ok(Exchange { out, inbox })
    }

    /// Does work on files where it holds up nobody else.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Exchange) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, Failed> {
        let own = self.clone();
        match tokio::task::spawn_blocking(move || work(&own)).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(Failed::Later(format!("the exchange folder: {error}"))),
            Err(error) => Err(Failed::Later(format!("the exchange folder: {error}"))),
        }
    }

    fn hand(&self, name: &str, xml: &str, pdf: &[u8]) -> std::io::Result<()> {
        let place = self.out.join(format!("{name}.xml"));
        // The XML comes last: where it stands, the PDF does too.
        if place.exists() {
            return Ok(());
        }
        write(&self.out.join(format!("{name}.pdf")), pdf)?;
        write(&place, xml.as_bytes())
    }

    fn look(&self) -> std::io::Result<Vec<Reply>> {
        let mut replies = Vec::new();
        for mark in self.waiting()?.into_iter().take(MOST) {
            match self.answer(&mark) {
                Ok(reply) => replies.push(reply),
                Err(Unread::Gone) => {}
                Err(Unread::Unfit(why)) => self.put_aside(&mark, &why)?,
                Err(Unread::Machine(error)) => return Err(error),
            }
        }
        Ok(replies)
    }

    /// The names of the answers, in their order.
    fn waiting(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.inbox)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".xml") && entry.file_type()?.is_file() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn answer(&self, mark: &str) -> Result<Reply, Unread> {
        let file = fs::File::open(self.inbox.join(mark)).map_err(Unread::of)?;
        let mut bytes = Vec::new();
        // One byte more than is allowed tells that it is too large, however large it is or grows.
        (file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(Unread::of)?;
        if bytes.len() as u64 > LARGEST {
            return Err(Unread::Unfit(format!("larger than {LARGEST} bytes")));
        }
        let text = String::from_utf8(bytes).map_err(|_| Unread::Unfit("not UTF-8".to_owned()))?;
        let (id, said) = read(text.trim_start_matches('\u{feff}')).map_err(Unread::Unfit)?;
        Ok(Reply {
            mark: mark.to_owned(),
            id,
            said,
        })
    }

    fn put_aside(&self, mark: &str, why: &str) -> std::io::Result<()> {
        tracing::warn!(file = mark, why, "an answer of the document system was put aside");
        let place = free(&self.inbox.join("aside"), mark);
        let reason = place.with_extension("reason.txt");
        write(&reason, format!("{why}\n").as_bytes())?;
        moved(&self.inbox.join(mark), &place)
    }

    fn done(&self, mark: &str) -> std::io::Result<()> {
        moved(&self.inbox.join(mark), &free(&self.inbox.join("done"), mark))
    }
}

enum Unread {
    /// Another process settled it meanwhile.
    Gone,
    /// It cannot be used.
    Unfit(String),
    /// The folder does not answer.
    Machine(std::io::Error),
}

impl Unread {
    fn of(error: std::io::Error) -> Unread {
        match error.kind() {
            ErrorKind::NotFound => Unread::Gone,
            _ => Unread::Machine(error),
        }
    }
}

/// A name in the folder that nothing has yet: `a.xml`, `a.2.xml`, …
fn free(folder: &Path, mark: &str) -> PathBuf {
    let first = folder.join(mark);
    if !first.exists() {
        return first;
    }
    let stem = mark.strip_suffix(".xml").unwrap_or(mark);
    (2..)
        .map(|n: u32| folder.join(format!("{stem}.{n}.xml")))
        .find(|place| !place.exists())
        .unwrap_or(first)
}

/// Moves a file that another process may have moved already.
fn moved(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Writes a file whole or not at all. The name of the half file is this process's own.
fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let half = path.with_extension(format!("{}.part", std::process::id()));
    let mut file = fs::File::create(&half)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&half, path)?;
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl Records for Exchange {
    fn outside(&self) -> bool {
        true
    }

    async fn hand_over(&self, dossier: &Dossier) -> Result<(), Failed> {
        let (name, xml, pdf) = (name(dossier.id), written(dossier), dossier.pdf.clone());
        self.apart(move |own| own.hand(&name, &xml, &pdf)).await
    }

    async fn replies(&self) -> Result<Vec<Reply>, Failed> {
        self.apart(Exchange::look).await
    }

    async fn settle(&self, reply: &Reply, how: &Settled) -> Result<(), Failed> {
        let (mark, how) = (reply.mark.clone(), how.clone());
        self.apart(move |own| match &how {
            Settled::Done => own.done(&mark),
            Settled::Aside(why) => own.put_aside(&mark, why),
        })
        .await
    }

    async fn aside(&self) -> Result<u32, Failed> {
        self.apart(|own| {
            let entries = fs::read_dir(own.inbox.join("aside"))?;
            let files = entries.filter_map(Result::ok);
            let answers = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "xml"));
            Ok(u32::try_from(answers.count()).unwrap_or(u32::MAX))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::PetitionId;
    use domain::time::At;
    use ports::records::{DossierId, Hand, Said};
    use uuid::Uuid;

    fn dossier() -> Dossier {
        Dossier {
            id: DossierId {
                petition: PetitionId(Uuid::from_u128(7)),
                approval: 2,
            },
            unit: "road_facilities".into(),
            unit_name: "도로시설과".into(),
            subject: "<답변> & \"결과\"".into(),
            to: "김하늘 귀하".into(),
            hands: vec![Hand {
                seat: "전결",
                position: "과장".into(),
                name: "신채움".into(),
            }],
            approved_at: At(1_781_000_000_000),
            filing_number: "20260615-7K3F2-QD2XA".into(),
            reception_number: "2026-000001".into(),
            own_number: None,
            public: false,
            retention_years: 5,
            pdf: b"%PDF-1.7".to_vec(),
        }
    }

    const BOM: char = '\u{feff}';

    fn registered(n: &str) -> String {
        let petition = PetitionId(Uuid::from_u128(7));
        format!(
            "{BOM}<registered><number>{n}</number><date>2026-06-16</date><petition>{petition}</petition>\
             <approval>2</approval><unit-code>road_facilities</unit-code></registered>"
        )
    }

    #[tokio::test]
    async fn a_dossier_goes_out_once_and_its_number_comes_back_once() {
        let folder = tempfile::tempdir().unwrap();
        let exchange = Exchange::new(folder.path()).unwrap();
        exchange.hand_over(&dossier()).await.unwrap();
        exchange.hand_over(&dossier()).await.unwrap();
        let out: Vec<_> = fs::read_dir(folder.path().join("out")).unwrap().collect();
        assert_eq!(out.len(), 2, "the letter and its XML, no half file");
        let file = folder
            .path()
            .join("out")
            .join(format!("{}.xml", name(dossier().id)));
        let xml = fs::read_to_string(file).unwrap();
        assert!(
            xml.contains("<subject>&lt;답변&gt; &amp; &quot;결과&quot;</subject>"),
            "{xml}"
        );
        assert_eq!(exchange.replies().await.unwrap(), []);
        fs::write(folder.path().join("in/a.xml"), registered("16175")).unwrap();
        fs::write(folder.path().join("in/b.xml.part"), "half").unwrap();
        let replies = exchange.replies().await.unwrap();
        assert_eq!(replies.len(), 1);
        assert!(matches!(replies[0].said, Said::Registered { n: 16_175, .. }));
        assert_eq!(
            exchange.replies().await.unwrap(),
            replies,
            "until it is settled it is given again"
        );
        exchange.settle(&replies[0], &Settled::Done).await.unwrap();
        exchange.settle(&replies[0], &Settled::Done).await.unwrap();
        assert_eq!(exchange.replies().await.unwrap(), []);
        assert!(folder.path().join("in/done/a.xml").exists());
    }

    #[tokio::test]
    async fn what_cannot_be_used_is_put_aside_with_its_reason_and_holds_up_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let exchange = Exchange::new(folder.path()).unwrap();
        let inbox = folder.path().join("in");
        fs::write(inbox.join("0.xml"), registered("0")).unwrap();
        fs::write(inbox.join("1.xml"), [b' '; 70_000]).unwrap();
        fs::write(inbox.join("2.xml"), [0xB0, 0xA1]).unwrap();
        fs::write(inbox.join("good.xml"), registered("3")).unwrap();
        let replies = exchange.replies().await.unwrap();
        assert_eq!(replies.len(), 1);
        assert_eq!(exchange.aside().await.unwrap(), 3);
        for (file, why) in [
            ("0", "<number> is no number from 1"),
            ("1", "larger than 65536 bytes"),
            ("2", "not UTF-8"),
        ] {
            let reason = fs::read_to_string(inbox.join(format!("aside/{file}.reason.txt"))).unwrap();
            assert_eq!(reason.trim(), why);
        }
        let why = Settled::Aside("no such petition".into());
        exchange.settle(&replies[0], &why).await.unwrap();
        assert_eq!(exchange.aside().await.unwrap(), 4);
        // The same name again does not lie over the first.
        fs::write(inbox.join("good.xml"), registered("0")).unwrap();
        assert_eq!(exchange.replies().await.unwrap(), []);
        assert_eq!(exchange.aside().await.unwrap(), 5);
        assert!(inbox.join("aside/good.2.xml").exists());
    }
}

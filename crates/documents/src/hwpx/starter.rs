//! 시작 서식 — a plain template for each page and letter, made from the table of papers, so that an office can begin before
//! it has drawn its own.

use super::Unfit;
use super::package::Package;
use domain::papers::{Field, Form, Part, Sheet};
use quick_xml::escape::escape;

/// Width of the text, in the format's units (7,200 an inch): A4 less its margins.
const WIDTH: u32 = 48_190;

/// The template of a paper; `None` for registers.
pub fn template(form: &Form) -> Option<Result<Vec<u8>, Unfit>> {
    let content = match form.sheet {
        Sheet::Page => page(form),
        Sheet::Letter => letter(form),
        Sheet::Register => return None,
    };
    let mut section = Section::new();
    section.put(&content);
    let title = format!("{} 서식", form.title[0]);
    let hpf = include_str!("starter/content.hpf").replace("@TITLE@", &escape(title.as_str()));
    let package = Package::of(vec![
        ("version.xml", include_str!("starter/version.xml").to_owned()),
        ("Contents/header.xml", header()),
        ("Contents/section0.xml", section.done()),
        ("Contents/content.hpf", hpf),
        ("settings.xml", include_str!("starter/settings.xml").to_owned()),
        ("Preview/PrvText.txt", title),
        (
            "META-INF/container.xml",
            include_str!("starter/container.xml").to_owned(),
        ),
        (
            "META-INF/container.rdf",
            include_str!("starter/container.rdf").to_owned(),
        ),
        (
            "META-INF/manifest.xml",
            include_str!("starter/manifest.xml").to_owned(),
        ),
    ]);
    Some(package.write())
}

/// A paragraph, or a table.
enum Piece {
    Line(Face, Side, String),
    /// Rows of cells with the widths of the columns, in parts of a hundred.
    Table(Vec<u32>, Vec<Vec<String>>),
}

/// Which letters: their place in the header's list.
#[derive(Clone, Copy)]
enum Face {
    Plain = 0,
    Title = 1,
    Bold = 2,
    Small = 3,
    Sender = 4,
}

/// How a paragraph stands: its place in the header's list.
#[derive(Clone, Copy)]
enum Side {
    Both = 0,
    Middle = 1,
    Right = 2,
}

fn mark(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

fn line(face: Face, side: Side, text: &str) -> Piece {
    Piece::Line(face, side, text.to_owned())
}

fn gap() -> Piece {
    line(Face::Plain, Side::Both, "")
}

fn rows<'a>(fields: impl Iterator<Item = &'a Field>) -> Piece {
    let rows = fields.map(|field| vec![field.ko.to_owned(), mark(field.ko)]);
    Piece::Table(vec![27, 73], rows.collect())
}

fn page(form: &Form) -> Vec<Piece> {
    let mut pieces = vec![
        line(Face::Small, Side::Right, &mark("서식")),
        gap(),
        line(Face::Title, Side::Middle, &mark("제목")),
        gap(),
        rows(
            form.fields
                .iter()
                .filter(|field| matches!(field.part, Part::Row | Part::Box(_))),
        ),
        gap(),
    ];
    let guidance = form.fields.iter().filter(|field| field.part == Part::Guidance);
    pieces.extend(guidance.map(|field| {
        line(
            Face::Plain,
            Side::Both,
            &format!("{}: {}", field.ko, mark(field.ko)),
        )
    }));
    pieces.extend([
        line(Face::Plain, Side::Middle, &mark("맺음말")),
        gap(),
        line(Face::Plain, Side::Middle, &mark("날짜")),
        line(Face::Plain, Side::Right, &mark("서명")),
        line(Face::Bold, Side::Both, &mark("받는 기관")),
        line(
            Face::Sender,
            Side::Middle,
            &format!("{}  {}", mark("발신명의"), mark("관인")),
        ),
    ]);
    pieces
}

fn letter(form: &Form) -> Vec<Piece> {
    let labelled = |names: &[&str]| {
        let parts: Vec<String> = names
            .iter()
            .map(|name| format!("{name} {}", mark(name)))
            .collect();
        line(Face::Small, Side::Both, &parts.join("  "))
    };
    let mut pieces = vec![
        line(Face::Sender, Side::Middle, &mark("기관명")),
        gap(),
        line(Face::Plain, Side::Both, &format!("수신  {}", mark("수신"))),
        line(Face::Plain, Side::Both, &format!("(경유)  {}", mark("경유"))),
        line(Face::Bold, Side::Both, &format!("제목  {}", mark("제목"))),
        gap(),
    ];
    let items: Vec<&Field> = form
        .fields
        .iter()
        .filter(|field| field.part == Part::Item)
        .collect();
    if items.is_empty() {
        // An official's own text holds everything, reasons and ways of redress too.
        pieces.push(line(Face::Plain, Side::Both, &mark("본문")));
    } else {
        pieces.push(line(Face::Plain, Side::Both, &mark("머리말")));
        pieces.push(rows(items.into_iter()));
        for list in form.fields.iter().filter(|field| field.part == Part::List) {
            let cells = ["순번", "내용"].map(|of| mark(&format!("{}.{of}", list.ko)));
            let head = vec!["순번".to_owned(), list.ko.to_owned()];
            pieces.push(gap());
            pieces.push(Piece::Table(vec![12, 88], vec![head, cells.to_vec()]));
        }
        pieces.push(gap());
        pieces.push(line(Face::Plain, Side::Both, &mark("안내")));
    }
    pieces.extend([
        gap(),
        line(Face::Plain, Side::Both, &format!("붙임  {}", mark("붙임"))),
        gap(),
        line(
            Face::Sender,
            Side::Middle,
            &format!("{}  {}", mark("발신명의"), mark("관인")),
        ),
        gap(),
        labelled(&["기안자", "검토자", "결재권자"]),
        labelled(&["협조자"]),
        line(
            Face::Small,
            Side::Both,
            "시행 {{문서번호}} ({{시행일}})  접수 {{접수번호}} ({{접수일시}})",
        ),
        line(Face::Small, Side::Both, "우 {{우편번호}} {{주소}}  {{누리집}}"),
        line(
            Face::Small,
            Side::Both,
            "전화 {{전화}}  전송 {{전송}}  {{전자우편}}  {{공개구분}}",
        ),
        labelled(&["담당자"]),
    ]);
    pieces
}

/// Fonts, letters, paragraphs and borders.
fn header() -> String {
    let scripts = ["HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER"];
    let faces: String = scripts
        .iter()
        .map(|script| {
            format!(
                "<hh:fontface lang=\"{script}\" fontCnt=\"1\"><hh:font id=\"0\" face=\"함초롬바탕\" type=\"TTF\" isEmbedded=\"0\">\
                 <hh:typeInfo familyType=\"FCAT_MYUNGJO\" weight=\"6\" proportion=\"4\" contrast=\"0\" strokeVariation=\"1\" \
                 armStyle=\"1\" letterform=\"1\" midline=\"1\" xHeight=\"1\"/></hh:font></hh:fontface>"
            )
        })
        .collect();
    // Height in hundredths of a point, and weight, in the order of `Face`.
    let letters: String = [(1_100, false), (2_000, true), (1_200, true), (900, false), (1_800, true)]
        .iter()
        .enumerate()
        .map(|(id, (height, bold))| {
            let each = |value: u32| {
                ["hangul", "latin", "hanja", "japanese", "other", "symbol", "user"]
                    .map(|script| format!("{script}=\"{value}\""))
                    .join(" ")
            };
            let (zero, whole) = (each(0), each(100));
            let bold = if *bold { "<hh:bold/>" } else { "" };
            format!(
                "<hh:charPr id=\"{id}\" height=\"{height}\" textColor=\"#000000\" shadeColor=\"none\" useFontSpace=\"0\" \
                 useKerning=\"0\" symMark=\"NONE\" borderFillIDRef=\"1\"><hh:fontRef {zero}/><hh:ratio {whole}/>\
                 <hh:spacing {zero}/><hh:relSz {whole}/><hh:offset {zero}/>{bold}<hh:underline type=\"NONE\" \
                 shape=\"SOLID\" color=\"#000000\"/><hh:strikeout shape=\"NONE\" color=\"#000000\"/>\
                 <hh:outline type=\"NONE\"/><hh:shadow type=\"NONE\" color=\"#B2B2B2\" offsetX=\"10\" offsetY=\"10\"/>\
                 </hh:charPr>"
            )
        })
        .collect();
    let paragraphs: String = ["JUSTIFY", "CENTER", "RIGHT"]
        .iter()
        .enumerate()
        .map(|(id, side)| {
            include_str!("starter/paragraph.xml")
                .replace("@ID@", &id.to_string())
                .replace("@SIDE@", side)
        })
        .collect();
    include_str!("starter/header.xml")
        .replace("@FACES@", &faces)
        .replace("@LETTERS@", &letters)
        .replace("@PARAGRAPHS@", &paragraphs)
}

/// The section as it is written.
struct Section {
    out: String,
    ids: u32,
    first: bool,
}

impl Section {
    fn new() -> Section {
        Section {
            out: include_str!("starter/section.xml").to_owned(),
            ids: 0,
            first: true,
        }
    }

    fn id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    fn put(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Line(face, side, text) => self.line(*face, *side, text),
                Piece::Table(widths, rows) => self.table(widths, rows),
            }
        }
    }

    fn line(&mut self, face: Face, side: Side, text: &str) {
        let (id, face, side) = (self.id(), face as u8, side as u8);
        // The first paragraph of a section carries its page.
        let page = if std::mem::take(&mut self.first) {
            format!(
                "<hp:run charPrIDRef=\"{face}\">{}</hp:run>",
                include_str!("starter/page.xml")
            )
        } else {
            String::new()
        };
        self.out.push_str(&format!(
            "<hp:p id=\"{id}\" paraPrIDRef=\"{side}\" styleIDRef=\"0\" pageBreak=\"0\" columnBreak=\"0\" merged=\"0\">{page}\
             <hp:run charPrIDRef=\"{face}\"><hp:t>{}</hp:t></hp:run></hp:p>",
            escape(text)
        ));
    }

    fn table(&mut self, widths: &[u32], rows: &[Vec<String>]) {
        let (paragraph, table) = (self.id(), self.id());
        let height = 1_900;
        self.out.push_str(&format!(
            "<hp:p id=\"{paragraph}\" paraPrIDRef=\"0\" styleIDRef=\"0\" pageBreak=\"0\" columnBreak=\"0\" merged=\"0\">\
             <hp:run charPrIDRef=\"0\"><hp:tbl id=\"{table}\" zOrder=\"0\" numberingType=\"TABLE\" \
             textWrap=\"TOP_AND_BOTTOM\" textFlow=\"BOTH_SIDES\" lock=\"0\" dropcapstyle=\"None\" pageBreak=\"CELL\" \
             repeatHeader=\"0\" rowCnt=\"{}\" colCnt=\"{}\" cellSpacing=\"0\" borderFillIDRef=\"2\" noAdjust=\"0\">\
             <hp:sz width=\"{WIDTH}\" widthRelTo=\"ABSOLUTE\" height=\"{}\" heightRelTo=\"ABSOLUTE\" protect=\"0\"/>\
             <hp:pos treatAsChar=\"1\" affectLSpacing=\"0\" flowWithText=\"1\" allowOverlap=\"0\" holdAnchorAndSO=\"0\" \
             vertRelTo=\"PARA\" horzRelTo=\"COLUMN\" vertAlign=\"TOP\" horzAlign=\"LEFT\" vertOffset=\"0\" horzOffset=\"0\"/>\
             <hp:outMargin left=\"0\" right=\"0\" top=\"283\" bottom=\"283\"/>\
             <hp:inMargin left=\"510\" right=\"510\" top=\"283\" bottom=\"283\"/>",
            rows.len(),
            widths.len(),
            height * rows.len(),
        ));
        for (r, row) in rows.iter().enumerate() {
            self.out.push_str("<hp:tr>");
            for (c, (cell, width)) in row.iter().zip(widths).enumerate() {
                let id = self.id();
                let face = if c == 0 { Face::Bold } else { Face::Plain } as u8;
                self.out.push_str(&format!(
                    "<hp:tc name=\"\" header=\"0\" hasMargin=\"0\" protect=\"0\" editable=\"0\" dirty=\"0\" \
                     borderFillIDRef=\"2\"><hp:subList id=\"\" textDirection=\"HORIZONTAL\" lineWrap=\"BREAK\" \
                     vertAlign=\"CENTER\" linkListIDRef=\"0\" linkListNextIDRef=\"0\" textWidth=\"0\" textHeight=\"0\" \
                     hasTextRef=\"0\" hasNumRef=\"0\"><hp:p id=\"{id}\" paraPrIDRef=\"0\" styleIDRef=\"0\" pageBreak=\"0\" \
                     columnBreak=\"0\" merged=\"0\"><hp:run charPrIDRef=\"{face}\"><hp:t>{}</hp:t></hp:run></hp:p>\
                     </hp:subList><hp:cellAddr colAddr=\"{c}\" rowAddr=\"{r}\"/><hp:cellSpan colSpan=\"1\" rowSpan=\"1\"/>\
                     <hp:cellSz width=\"{}\" height=\"{height}\"/>\
                     <hp:cellMargin left=\"510\" right=\"510\" top=\"283\" bottom=\"283\"/></hp:tc>",
                    escape(cell.as_str()),
                    WIDTH * width / 100,
                ));
            }
            self.out.push_str("</hp:tr>");
        }
        self.out.push_str("</hp:tbl><hp:t/></hp:run></hp:p>");
    }

    fn done(mut self) -> String {
        self.out.push_str("</hs:sec>");
        self.out
    }
}

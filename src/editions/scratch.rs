//! scratch
#![allow(clippy::all, missing_docs)]
use crate::diagnostics::Diagnostics;
use crate::layout::*;
use crate::model::*;
use crate::span::Span;
use crate::editions::*;
use crate::style::Theme;
use std::sync::Arc;
use std::cell::Cell;
thread_local!{ static LEAF: Cell<u32> = Cell::new(0); }
fn leaf() -> LeafId { LEAF.with(|l| { let n=l.get(); l.set(n+1); LeafId(n) }) }
fn i(kind: InlineKind) -> Inline { Inline::new(Span::NONE, kind) }
fn w(t:&str)->Inline { Inline::text(Span::NONE, t) }
fn t(c: Vec<Inline>) -> Text { Text { leaf: leaf(), content: c } }
fn b(kind: BlockKind) -> Block { Block { span: Span::NONE, name: None, lang: None, only: Only::default(), kind } }
fn p(s:&str)->Block { b(BlockKind::Paragraph(t(vec![w(s)]))) }
fn id(s:&str)->Id { Id(s.to_owned()) }
pub fn book() -> Book {
    LEAF.with(|l| l.set(0));
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="90" height="40"/></svg>"#.to_vec();
    let opening = vec![p("Before any heading & after < nothing.")];
    let mut sections = vec![];
    let mk = |sid:u32, title:&str, level, rank, role:Role, number:Option<&str>, label:Option<&str>, blocks: Vec<Block>, title_t: Text, children| Section { id: SectionId(sid), anchor: id(&title.to_lowercase().replace(' ',"-")), span: Span::NONE, level, rank, role, matter: role.matter(), number: number.map(Into::into), label: label.map(Into::into), title: title_t, lang: None, blocks, children };
    let pt = t(vec![w("The Part")]);
    let pintro = vec![p("Part words.")];
    let ct = t(vec![w("First "), i(InlineKind::Styled(Style::Emphasis, vec![w("Chapter")]))]);
    let cb = vec![
        b(BlockKind::Paragraph(t(vec![w("Call me Ishmael. Some years ago "), i(InlineKind::Styled(Style::Strong, vec![w("never mind")])), w(" how long"), i(InlineKind::NoteCall(NoteId(0))), w(" precisely."), i(InlineKind::LineBreak), w("See "), i(InlineKind::Link{target: Target::Inside(id("second")), title: None, content: vec![w("Chapter 2"), i(InlineKind::NoteCall(NoteId(1)))]}), w(" or "), i(InlineKind::Link{target: Target::Outside("https://example.org/a b?x=1&y=[2]#f".into()), title: Some("Tip".into()), content: vec![w("there")]}), w(", "), i(InlineKind::Code("let x = <T>::y;".into())), i(InlineKind::PageReference{target: Target::Inside(id("deep")), content: vec![w("Section 1.1")]}), i(InlineKind::Picture(Picture{image: ImageId(0), alt: Some("A box".into()), width: None}))]))),
        b(BlockKind::Quote(vec![p("Quoted."), b(BlockKind::Heading{level:2, text: t(vec![w("Not a section")])})])),
        b(BlockKind::Alert{kind: AlertKind::Tip, title: None, blocks: vec![p("Do this.")]}),
        b(BlockKind::Alert{kind: AlertKind::Warning, title: None, blocks: vec![p("Not this.")]}),
        b(BlockKind::List{numbering: Numbering::Number{start:3, parenthesis:true}, tight:true, items: vec![ListItem{span:Span::NONE, task:None, blocks: vec![p("three"), b(BlockKind::List{numbering:Numbering::Bullet, tight:true, items: vec![ListItem{span:Span::NONE, task:Some(true), blocks: vec![p("done")]}, ListItem{span:Span::NONE, task:Some(false), blocks: vec![p("open")]}]})]}, ListItem{span:Span::NONE, task:None, blocks: vec![p("four")]}]}),
        b(BlockKind::Definitions(vec![Definition{span:Span::NONE, term: t(vec![w("Whale")]), details: vec![vec![p("A spouting fish with a horizontal tail.")]]}])),
        b(BlockKind::Code{language: Some("rust,ignore".into()), leaf: leaf(), text: "fn main() {\n    println!(\"a very long line of code that goes on well past the seventy-two columns of the page\");\n}".into()}),
        b(BlockKind::Table({ let caption = Some(t(vec![w("Capitals")])); Table{columns: vec![Alignment::Left, Alignment::Right], head: Row{span:Span::NONE, cells: vec![t(vec![w("Country")]), t(vec![w("Capital")])]}, rows: vec![Row{span:Span::NONE, cells: vec![t(vec![w("Peru")]), t(vec![w("Lima")])]}], label: Some("Table 1".into()), caption }})),
        b(BlockKind::Figure{picture: Picture{image: ImageId(0), alt: Some("A black box & nothing".into()), width: Some(50)}, label: Some("Figure 1".into()), caption: Some(t(vec![w("The box.")]))}),
        b(BlockKind::SceneBreak),
        b(BlockKind::Verse(vec![vec![t(vec![w("Line one")]), t(vec![w("Line two")])], vec![t(vec![w("Line three")])]])),
        b(BlockKind::PageBreak),
        b(BlockKind::Division(Division::Epigraph, vec![p("Epigraph.")])),
        Block { lang: Language::parse("ar"), ..b(BlockKind::Division(Division::Aside, vec![p("مرحبا")])) },
        Block { only: Only{print:true, epub:false, text:false}, ..p("print only") },
    ];
    let st = t(vec![w("Deep")]);
    let sb = vec![p("In the section there is a long paragraph that must be wrapped by the text edition at seventy-two columns, and it has several pages in it as well, which is not likely but a good test.")];
    let deep = mk(2, "Deep", 3, 2, Role::Section, Some("1.1"), Some("Section 1.1"), sb, st, vec![]);
    let c1 = mk(1, "First Chapter", 2, 1, Role::Chapter, Some("1"), Some("Chapter 1"), cb, ct, vec![deep]);
    let c2t = t(vec![w("Second")]);
    let c2 = mk(3, "Second", 2, 1, Role::Chapter, Some("2"), Some("Chapter 2"), vec![p("End."), b(BlockKind::Paragraph(t(vec![w("Again"), i(InlineKind::NoteCall(NoteId(0)))])))], c2t, vec![]);
    sections.push(mk(0, "The Part", 1, 0, Role::Part, Some("I"), Some("Part I"), pintro, pt, vec![c1, c2]));
    let at = t(vec![w("Extra")]);
    sections.push(mk(4, "Extra", 1, 1, Role::Appendix, Some("A"), Some("Appendix A"), vec![p("Appended.")], at, vec![]));
    let notes = vec![
        Note{anchor: id("fn-1"), number: 1, section: Some(SectionId(1)), span: Span::NONE, blocks: vec![p("A note."), p("Second paragraph.")]},
        Note{anchor: id("fn-2"), number: 2, section: Some(SectionId(1)), span: Span::NONE, blocks: vec![b(BlockKind::Code{language:None, leaf: leaf(), text:"code note".into()})]},
    ];
    let mut entries = vec![];
    let mut stack: Vec<&Section> = sections.iter().rev().collect();
    while let Some(s)=stack.pop(){ entries.push(Entry{section:s.id, anchor:s.anchor.clone(), level:s.level, rank:s.rank, number:s.number.clone(), title:s.title_text(), role:s.role, matter:s.matter}); stack.extend(s.children.iter().rev()); }
    let lang = Language::parse("en-US").unwrap();
    Book::seal(BookParts{ metadata: Metadata{title:"Moby & Dick".into(), subtitle: Some("or, the Whale".into()), contributors: vec![Contributor{name:"Herman Melville".into(), role:"aut".into(), file_as:Some("Melville, Herman".into())}, Contributor{name:"Ed Itor".into(), role:"edt".into(), file_as:None}], language: lang, identifier: None, isbn_print: Some("9780306406157".into()), isbn_epub: None, publisher: Some("Harper".into()), date: Some("1851-11-14".into()), rights: Some("Public domain".into()), description: Some("A whale".into()), subjects: vec!["Whales".into()], series: Some(Series{name:"Sea".into(), number:Some("2".into())}), modified: Timestamp(1_790_000_000), file_name:"moby".into() }, opening, sections, notes, images: vec![Image{path:"img/box.svg".into(), kind: ImageKind::Svg, bytes: Arc::new(svg), width:100.0, height:50.0, span:Span::NONE}], cover: Some(ImageId(0)), outline: Outline{entries}, leaves: leaf().0 })
}
pub fn layout(book: &Book) -> Layout {
    let mut marks = vec![]; let mut labels = vec![];
    let mut page = 0;
    for l in 0..book.leaves { if l % 3 == 0 { let n = page + 1; marks.push(Mark{leaf: LeafId(l), offset: if l==3 {16} else {0}, page}); labels.push(if page == 0 {"i".to_owned()} else {n.to_string()}); page += 1; } }
    Layout { pages: vec![], pagination: Pagination{marks, labels}, structure: Structure::default(), anchors: Default::default(), fonts: Arc::new(crate::fonts::FontSet::default()) }
}
#[test]
fn write() {
    let book = book(); let layout = layout(&book);
    let theme = Theme::builtin("classic").unwrap();
    let mut d = Diagnostics::new();
    let list: Vec<Box<dyn Edition>> = vec![Box::new(epub::Epub)];
    for e in list {
        let a = e.publish(&book, &theme, &layout, &mut d).unwrap();
        std::fs::create_dir_all("target/scratch").unwrap();
        std::fs::write(format!("target/scratch/{}", a.name), &a.bytes).unwrap();
    }
}

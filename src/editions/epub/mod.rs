//! The EPUB: version 3.3, with an NCX for old readers.
//!
//! Enters: the book, the theme, the layout (its pagination and its fonts), the cover. Leaves: one `.epub`, or one
//! with Kobo's spans; on demand what an ONIX record says of its accessibility.
//! Promise: it passes EPUBCheck and Ace without a message, says what the book says in its order, and
//! marks where the pages of the print edition begin.
//!
//! By stages: `split` cuts the book into files, `pen` (with `blocks`, `lists`, `inlines`, `notes` and `kobo`) writes
//! each, `front` the pages made from metadata, `navigation` the ways through, `css` the look, `fonts` its faces, `facts` what
//! may be claimed, `package` (with `access`) the list of it all, `onix` the shops' file, `archive` the container.

mod access;
mod archive;
mod blocks;
mod css;
mod facts;
mod fonts;
mod front;
mod inlines;
mod kobo;
mod lists;
mod navigation;
mod notes;
mod onix;
mod package;
mod pen;
mod split;
mod xml;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::editions::{Artifact, Edition};
use crate::layout::{Layout, Pagination};
use crate::model::{Book, Image, ImageId, ImageKind};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::Theme;
use archive::Member;
use facts::Facts;
use navigation::{Landmark, PageLink};
use package::Resource;
use pen::{Job, Mode, Written};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use split::Plan;
use std::borrow::Cow;
use std::collections::BTreeMap;

const XHTML: &str = "application/xhtml+xml";

/// The EPUB edition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Epub<'c> {
    /// The cover of a book that names none.
    pub cover: Option<&'c Image>,
    /// With the spans by which Kobo's readers know a place, and under the name they know such a file by.
    pub kobo: bool,
}

impl Edition for Epub<'_> {
    fn name(&self) -> &'static str {
        if self.kobo { "kepub" } else { "epub" }
    }

    fn publish(
        &self,
        book: &Book,
        theme: &Theme,
        layout: &Layout,
        diagnostics: &mut Diagnostics,
    ) -> Option<Artifact> {
        let ending = if self.kobo { "kepub.epub" } else { "epub" };
        match self.with_job(book, theme, layout, |job| bind(job, diagnostics)) {
            Ok(bytes) => Some(Artifact { name: format!("{}.{ending}", book.metadata.file_name), bytes }),
            Err(error) => {
                let message = format!("the EPUB could not be packed: {error}");
                diagnostics.push(
                    Diagnostic::new(Code::EditionRefused, Span::NONE, message)
                        .hint("a file in it may be larger than the format allows"),
                );
                None
            }
        }
    }
}

impl Epub<'_> {
    /// What an ONIX record says of the EPUB's accessibility: `NAME-onix.xml`.
    #[must_use]
    pub fn onix(&self, book: &Book, theme: &Theme, layout: &Layout) -> Artifact {
        let conformance = book.metadata.conformance.as_ref();
        let bytes = self.with_job(book, theme, layout, |job| onix::detail(&Facts::of(job), conformance));
        Artifact { name: format!("{}-onix.xml", book.metadata.file_name), bytes }
    }

    /// Plans the EPUB, and does something with the plan.
    fn with_job<R>(&self, book: &Book, theme: &Theme, layout: &Layout, act: impl FnOnce(&Job<'_>) -> R) -> R {
        let mut plan = Plan::of(book);
        let pages = page_names(&mut plan, &layout.pagination);
        let images = image_names(book, &plan);
        let drawn = self.cover.filter(|_| book.cover.is_none());
        let cover = match drawn {
            Some(image) => Some(format!("images/cover.{}", image.kind.extension())),
            None => book.cover.and_then(|id| images.get(&id).cloned()),
        };
        let words = &phrases_of(&book.metadata);
        let mode = if self.kobo { Mode::Kobo } else { Mode::Plain };
        let (pagination, plan, pages, images) = (&layout.pagination, &plan, &pages, &images);
        act(&Job { book, theme, words, pagination, layout, plan, pages, images, cover, drawn, mode })
    }
}

/// Id and label of each page that begins in the text.
fn page_names(plan: &mut Plan<'_>, pagination: &Pagination) -> BTreeMap<usize, (String, String)> {
    let labels: BTreeMap<usize, &str> =
        pagination.marks.iter().map(|mark| (mark.page, pagination.label(mark.page))).collect();
    let named = labels.into_iter().filter(|(_, label)| !label.is_empty());
    named.map(|(page, label)| (page, (plan.fresh(&format!("page-{label}")), label.to_owned()))).collect()
}

/// A file, and what the package says of it.
type File<'b> = (Resource, Cow<'b, [u8]>);

fn bind(job: &Job<'_>, diagnostics: &mut Diagnostics) -> zip::result::ZipResult<Vec<u8>> {
    let chapters = &job.plan.chapters;
    let written: Vec<Written> =
        (0..chapters.len()).into_par_iter().filter_map(|at| pen::write(job, at)).collect();
    let (mut files, front) = front_files(job);
    let links = page_links(job, &written);
    let lines = navigation::lines(job);
    let landmarks = navigation::landmarks(job, &front);
    let nav = navigation::nav(job, &lines, &landmarks, &links);
    files.push(text("nav", "nav.xhtml", nav, Some("nav")));
    for (at, (chapter, written)) in chapters.iter().zip(written).enumerate() {
        files.push(text(&format!("text-{at:03}"), &format!("text/{}", chapter.file), written.bytes, None));
    }
    let ncx = navigation::ncx(job, &package::identifier(&job.book.metadata), &lines, &links);
    files.push(plain("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx));
    let texts: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_ref()).collect();
    let faces = fonts::faces(job, &texts, diagnostics);
    files.push(plain("css", "style.css", "text/css", css::sheet(job.theme, &faces).into_bytes()));
    files.extend(faces.list.into_iter().enumerate().map(|(at, face)| {
        plain(&format!("font-{:02}", at + 1), &face.href, face.media_type(), face.cut.bytes)
    }));
    files.extend(image_files(job));
    let (resources, bytes): (Vec<Resource>, Vec<Cow<'_, [u8]>>) = files.into_iter().unzip();
    let opf = package::package(job, &resources, &landmarks);
    let mut members = vec![
        member("META-INF/container.xml", Cow::Owned(package::container()), false),
        member("EPUB/package.opf", Cow::Owned(opf), false),
    ];
    for (resource, bytes) in resources.iter().zip(bytes) {
        let stored = resource.media_type.starts_with("image/") && resource.media_type != "image/svg+xml";
        members.push(member(&format!("EPUB/{}", resource.href), bytes, stored));
    }
    archive::pack(&members)
}

fn member<'b>(path: &str, bytes: Cow<'b, [u8]>, stored: bool) -> Member<'b> {
    Member { path: path.to_owned(), bytes, stored }
}

fn text<'b>(id: &str, href: &str, bytes: Vec<u8>, properties: Option<&'static str>) -> File<'b> {
    let resource =
        Resource { id: id.to_owned(), href: href.to_owned(), media_type: XHTML, properties, spine: true };
    (resource, Cow::Owned(bytes))
}

fn plain<'b>(id: &str, href: &str, media_type: &'static str, bytes: Vec<u8>) -> File<'b> {
    let resource =
        Resource { id: id.to_owned(), href: href.to_owned(), media_type, properties: None, spine: false };
    (resource, Cow::Owned(bytes))
}

/// Cover, title page and copyright page, and the landmarks that lead to them.
fn front_files<'b>(job: &Job<'_>) -> (Vec<File<'b>>, Vec<Landmark>) {
    let mut files = Vec::new();
    let mut marks = Vec::new();
    let mut add = |id: &str, kind: &'static str, words: &str, bytes: Vec<u8>| {
        let href = format!("text/{id}.xhtml");
        marks.push(Landmark { kind, words: words.to_owned(), href: href.clone() });
        files.push(text(id, &href, bytes, None));
    };
    if let Some(image) = &job.cover {
        add("cover", "cover", job.words.cover, front::cover(job, image));
    }
    if job.theme.front.title_page {
        add("title-page", "titlepage", job.words.title_page, front::title_page(job));
    }
    if let Some(page) = front::copyright_page(job).filter(|_| job.theme.front.copyright_page) {
        add("copyright", "copyright-page", job.words.copyright, page);
    }
    (files, marks)
}

/// Where each page of print begins, in reading order.
fn page_links(job: &Job<'_>, written: &[Written]) -> Vec<PageLink> {
    let mut links = Vec::new();
    for (chapter, written) in job.plan.chapters.iter().zip(written) {
        for (id, label) in written.pages.iter().filter_map(|page| job.pages.get(page)) {
            links.push(PageLink { label: label.clone(), href: format!("text/{}#{id}", chapter.file) });
        }
    }
    links
}

/// The path of each image that is shown: numbered, with what of its name is safe anywhere.
fn image_names(book: &Book, plan: &Plan<'_>) -> BTreeMap<ImageId, String> {
    let shown = plan.images.keys().copied().chain(book.cover);
    let mut names = BTreeMap::new();
    for id in shown {
        if let Some(image) = book.image(id) {
            let name = image.path.rsplit('/').next().unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let safe: String =
                stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
            let name = format!("images/{:03}-{safe}.{}", id.0 + 1, image.kind.extension());
            names.insert(id, name);
        }
    }
    names
}

fn image_files<'b>(job: &Job<'b>) -> Vec<File<'b>> {
    let file = |(id, href): (&ImageId, &String)| {
        let image = job.book.image(*id)?;
        let resource = Resource {
            id: format!("image-{:03}", id.0 + 1),
            href: href.clone(),
            media_type: ImageKind::media_type(image.kind),
            properties: (job.book.cover == Some(*id)).then_some("cover-image"),
            spine: false,
        };
        Some((resource, Cow::Borrowed(image.bytes.as_slice())))
    };
    let drawn = job.drawn.zip(job.cover.as_ref()).map(|(image, href)| {
        let resource = Resource {
            id: "cover-image".to_owned(),
            href: href.clone(),
            media_type: image.kind.media_type(),
            properties: Some("cover-image"),
            spine: false,
        };
        (resource, Cow::Borrowed(image.bytes.as_slice()))
    });
    drawn.into_iter().chain(job.images.iter().filter_map(file)).collect()
}

//! The EPUB: version 3.3, with an NCX for old readers.
//!
//! Enters: the book, the theme, the pagination of the layout. Leaves: one `.epub`.
//! Promise: it passes EPUBCheck and Ace without a message, says what the book says in its order, and
//! marks where the pages of the print edition begin.
//!
//! By stages: `split` cuts the book into files, `pen` (with `blocks` and `inlines`) writes each,
//! `front` the pages made from metadata, `navigation` the ways through, `css` the look, `package`
//! (with `access`) the list of it all, `archive` the container.

mod access;
mod archive;
mod blocks;
mod css;
mod front;
mod inlines;
mod navigation;
mod package;
mod pen;
mod split;
mod xml;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::editions::{Artifact, Edition};
use crate::layout::{Layout, Pagination};
use crate::model::{Book, ImageId, ImageKind};
use crate::phrases::phrases_of;
use crate::span::Span;
use crate::style::Theme;
use archive::Member;
use navigation::{Landmark, PageLink};
use package::Resource;
use pen::{Job, Written};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use split::Plan;
use std::borrow::Cow;
use std::collections::BTreeMap;

const XHTML: &str = "application/xhtml+xml";

/// The EPUB edition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Epub;

impl Edition for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn publish(
        &self,
        book: &Book,
        theme: &Theme,
        layout: &Layout,
        diagnostics: &mut Diagnostics,
    ) -> Option<Artifact> {
        match bind(book, theme, &layout.pagination) {
            Ok(bytes) => Some(Artifact { name: format!("{}.epub", book.metadata.file_name), bytes }),
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

/// A file, and what the package says of it.
type File<'b> = (Resource, Cow<'b, [u8]>);

fn bind(book: &Book, theme: &Theme, pagination: &Pagination) -> zip::result::ZipResult<Vec<u8>> {
    let mut plan = Plan::of(book);
    let pages: BTreeMap<usize, (String, String)> = pagination
        .marks
        .iter()
        .map(|mark| {
            let label = pagination.label(mark.page).to_owned();
            (mark.page, label)
        })
        .filter(|(_, label)| !label.is_empty())
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|(page, label)| (page, (plan.fresh(&format!("page-{label}")), label)))
        .collect();
    let images = image_names(book, &plan);
    let words = &phrases_of(&book.metadata);
    let job = Job { book, theme, words, pagination, plan: &plan, pages: &pages, images: &images };
    let written: Vec<Written> =
        (0..plan.chapters.len()).into_par_iter().filter_map(|at| pen::write(&job, at)).collect();
    let (mut files, front) = front_files(&job);
    let links = page_links(&job, &written);
    let lines = navigation::lines(&job);
    let landmarks = navigation::landmarks(&job, &front);
    let nav = navigation::nav(&job, &lines, &landmarks, &links);
    files.push(text("nav", "nav.xhtml", nav, Some("nav")));
    for (at, (chapter, written)) in plan.chapters.iter().zip(written).enumerate() {
        files.push(text(&format!("text-{at:03}"), &format!("text/{}", chapter.file), written.bytes, None));
    }
    let ncx = navigation::ncx(&job, &package::identifier(&book.metadata), &lines, &links);
    files.push(plain("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx));
    files.push(plain("css", "style.css", "text/css", css::sheet(theme).into_bytes()));
    files.extend(image_files(&job));
    let (resources, bytes): (Vec<Resource>, Vec<Cow<'_, [u8]>>) = files.into_iter().unzip();
    let opf = package::package(&job, &resources, &landmarks, !links.is_empty());
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
    if let Some(image) = job.book.cover.and_then(|id| job.images.get(&id)) {
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
    job.images.iter().filter_map(file).collect()
}

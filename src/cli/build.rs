//! `aldine build`: the editions of a manuscript, written together or not at all.

use crate::build::{EDITIONS, Resolved};
use crate::cli::args::{BuildArgs, Format};
use crate::cli::explain::{self, Asked};
use crate::cli::locate::locate;
use crate::cli::programs::System;
use crate::cli::report::{self, Shown};
use crate::cli::session::{Done, Failure, Session};
use crate::cli::write;
use crate::diagnostics::Diagnostics;
use crate::editions::Artifact;
use crate::layout::PageExplained;
use crate::sources::PdfStandard;
use std::fmt::Write as _;
use std::path::PathBuf;

pub(super) fn run(args: &BuildArgs, session: &mut Session) -> Done {
    let located = locate(&args.input)?;
    let mut diagnostics = Diagnostics::new();
    session.progress("reading");
    let request = located.request(&args.input, args.name.as_deref());
    let prepared = request.prepare(&mut diagnostics);
    let resolved = request.resolve(prepared, &mut diagnostics);
    let (artifacts, explained) = match diagnostics.has_errors() {
        true => (Vec::new(), Vec::new()),
        false => make(args, &resolved, &mut diagnostics, session)?,
    };
    diagnostics.sort();
    let shown = Shown { files: &resolved.sources.files, prefix: &located.prefix };
    let passes = report::passes(&diagnostics, args.strict);
    match args.format {
        Format::Human if diagnostics.is_empty() => {}
        Format::Human => report::human(&diagnostics, &shown, args.strict, session),
        Format::Json => {
            let mut document = super::json::document(&diagnostics, &shown);
            if let Some(object) = document.as_object_mut().filter(|_| !args.explain_page.is_empty()) {
                object.insert("pages".into(), explain::document(&explained, &shown));
            }
            session.result(&super::json::text(&document));
        }
    }
    if args.format == Format::Human && !explained.is_empty() {
        session.result(&explain::text(&explained, &shown));
    }
    if !passes {
        return Ok(false);
    }
    let folder = args.out.clone().unwrap_or_else(|| located.folder.join("dist"));
    session.progress("saving");
    let written = write::all(&folder, &artifacts)?;
    if args.format == Format::Human && !session.quiet {
        let told = listed(&written, &artifacts, resolved.sources.settings.pdf_standard);
        session.result(&told);
    }
    Ok(true)
}

/// The editions and what stands beside them, proved; the pages that were asked for, explained.
fn make(
    args: &BuildArgs,
    resolved: &Resolved,
    diagnostics: &mut Diagnostics,
    session: &mut Session,
) -> Result<(Vec<Artifact>, Vec<PageExplained>), Failure> {
    session.progress("setting pages");
    let asked = Asked::new(&args.explain_page);
    let (layout, explained) = resolved.lay_out_explained(&|labels| asked.pick(labels), diagnostics);
    asked.all_found()?;
    session.progress("writing editions");
    let only: Vec<&str> = args.only.iter().map(|edition| edition.name()).collect();
    let names = if only.is_empty() { EDITIONS.to_vec() } else { only };
    let mut artifacts = resolved.publish_with(&layout, &names, &System, diagnostics);
    let mut beside: Vec<Artifact> = Vec::new();
    beside.extend(names.contains(&"pdf").then(|| resolved.cover_file()).flatten());
    beside.extend(args.onix_accessibility.then(|| resolved.onix(&layout)));
    // The pages are the largest thing in memory, and reading back makes the next largest.
    drop(layout);
    session.progress("reading them back");
    resolved.prove(&artifacts, diagnostics);
    artifacts.append(&mut beside);
    Ok((artifacts, explained))
}

/// What was written, a line each.
fn listed(written: &[PathBuf], artifacts: &[Artifact], standard: PdfStandard) -> String {
    let mut told = String::new();
    for (path, artifact) in written.iter().zip(artifacts) {
        let shown = path.display().to_string();
        let shown = shown.trim_start_matches("./");
        let kind = if shown.ends_with(".pdf") { unclaimed(standard) } else { "" };
        let _ = writeln!(told, "{shown}  {}{kind}", size(artifact.bytes.len()));
    }
    told
}

/// What a PDF lacks that others have.
fn unclaimed(standard: PdfStandard) -> &'static str {
    match standard {
        PdfStandard::Ua1 => "",
        PdfStandard::A4 => "  PDF/A-4: tagged, but PDF/UA-1 can't be claimed with it; `ua-2` claims PDF/UA-2",
        PdfStandard::Ua2 => "  PDF/UA-2 and PDF/A-4: PDF/UA-1 can't be claimed with them",
    }
}

/// `1.2 MB`, as shops count.
fn size(bytes: usize) -> String {
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

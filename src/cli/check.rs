//! `aldine check`: everything that is wrong with a manuscript, and nothing written.

use crate::cli::args::{CheckArgs, Format};
use crate::cli::json;
use crate::cli::locate::locate;
use crate::cli::report::{self, Shown};
use crate::cli::session::{Done, Session};
use crate::diagnostics::Diagnostics;

pub(super) fn run(args: &CheckArgs, session: &mut Session) -> Done {
    let located = locate(&args.input)?;
    let mut diagnostics = Diagnostics::new();
    session.progress("reading");
    let request = located.request(&args.input, None);
    let mut prepared = request.prepare(&mut diagnostics);
    prepared.sources.settings.guess_languages |= args.guess_languages;
    let resolved = request.resolve(prepared, &mut diagnostics);
    if !diagnostics.has_errors() {
        session.progress("setting pages");
        let _ = resolved.lay_out(&mut diagnostics);
    }
    diagnostics.sort();
    let shown = Shown { files: &resolved.sources.files, prefix: &located.prefix };
    match args.format {
        Format::Human => report::human(&diagnostics, &shown, args.strict, session),
        Format::Json => session.result(&json::text(&json::document(&diagnostics, &shown))),
    }
    Ok(report::passes(&diagnostics, args.strict))
}

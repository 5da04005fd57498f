//! One run of the program: where it speaks, in which colours, at what time.

use crate::cli::args::{Color, Look};
use crate::model::Timestamp;
use annotate_snippets::{Group, Level, Renderer};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};

/// A command that could not do its work: the exit code, and what to say.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Failure {
    /// A file that could not be read or written.
    pub(super) fn file(message: String) -> Self {
        Failure { code: 3, message, hint: None }
    }

    /// Wrong usage.
    pub(super) fn usage(message: String) -> Self {
        Failure { code: 2, message, hint: None }
    }

    pub(super) fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

/// Whether the manuscript passed, or why nothing could be said of it.
pub(super) type Done = Result<bool, Failure>;

pub(super) struct Session {
    pub(super) quiet: bool,
    color: bool,
    bar: Option<ProgressBar>,
}

impl Session {
    pub(super) fn new(look: &Look) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let color = match look.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                terminal && variable("NO_COLOR").is_none() && variable("TERM").as_deref() != Some("dumb")
            }
        };
        let bar = (terminal && !look.quiet).then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(ProgressStyle::default_spinner());
            bar.enable_steady_tick(std::time::Duration::from_millis(100));
            bar
        });
        Session { quiet: look.quiet, color, bar }
    }

    /// What the program does now; seen on a terminal only.
    pub(super) fn progress(&self, what: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what);
        }
    }

    /// Takes the progress away, for messages to come.
    pub(super) fn settle(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    pub(super) fn renderer(&self) -> Renderer {
        if self.color { Renderer::styled() } else { Renderer::plain() }
    }

    /// Writes a result to standard output. A reader that went away is no failure of ours.
    pub(super) fn result(&mut self, text: &str) {
        self.settle();
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Writes a message to standard error.
    pub(super) fn say(&mut self, text: &str) {
        self.settle();
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Says why a command could not do its work.
    pub(super) fn failed(&mut self, message: &str, hint: Option<&str>) {
        let message = super::snippet::clean(message);
        let mut group = Group::with_title(Level::ERROR.primary_title(message));
        if let Some(hint) = hint {
            group = group.element(Level::HELP.message(super::snippet::clean(hint)));
        }
        let text = self.renderer().render(&[group]);
        self.say(&format!("{text}\n"));
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where the environment comes in")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// When the editions are made: what SOURCE_DATE_EPOCH says, else now.
pub(super) fn now() -> Result<Timestamp, Failure> {
    if let Some(typed) = variable("SOURCE_DATE_EPOCH") {
        // Years of four digits, which is what the formats can say.
        let seconds = typed.parse().ok().filter(|seconds| (0..=253_402_300_799).contains(seconds));
        return seconds.map(Timestamp).ok_or_else(|| {
            Failure::usage(format!("SOURCE_DATE_EPOCH is no number of seconds since 1970: `{typed}`"))
        });
    }
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(Timestamp(i64::try_from(since.as_secs()).unwrap_or_default()))
}

//! What is being measured just now, on one line of the terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over the pieces of the run; nothing is drawn where there is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar of so many pieces.
    pub(crate) fn new(pieces: u64) -> Self {
        let bar = ProgressBar::new(pieces);
        if let Ok(style) = ProgressStyle::with_template("{elapsed} {wide_bar} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar }
    }

    /// The piece before is done, and this one begins.
    pub(crate) fn piece(&self, what: impl Into<String>) {
        self.bar.inc(1);
        self.bar.set_message(what.into());
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

//! A progress bar that shows itself only at a terminal and only when the work takes more than two seconds.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Progress {
    bar: ProgressBar,
    started_at: Instant,
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new(bytes: u64) -> Self {
        let style = ProgressStyle::with_template("packing {wide_bar} {bytes}/{total_bytes}, {eta} left")
            .expect("the template of the bar is well formed");
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden()).with_style(style);
        Self { bar, started_at: Instant::now(), is_shown: false }
    }

    pub(crate) fn advance(&mut self, bytes: usize) {
        if !self.is_shown && self.started_at.elapsed() > PATIENCE {
            // indicatif draws nothing where standard error is not a terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.is_shown = true;
        }
        self.bar.inc(bytes as u64);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

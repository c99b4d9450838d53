//! The small lists that components show: crumbs, rows of a summary, steps of a history, tasks, pages of a list.

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub href: String,
    /// The text.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Link {
        Link { href: href.into(), text: text.into() }
    }
}

/// A row of a summary list.
#[derive(Clone, Debug)]
pub struct SummaryRow {
    /// What the value is.
    pub label: String,
    /// The value; each line is a line of its own; empty shows "not given".
    pub value: String,
    /// Where to change it; `None` when it cannot be changed.
    pub change: Option<String>,
}

impl SummaryRow {
    /// A row that cannot be changed.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> SummaryRow {
        SummaryRow { label: label.into(), value: value.into(), change: None }
    }

    /// The row with the address where its value is changed.
    pub fn changed_at(mut self, href: impl Into<String>) -> SummaryRow {
        self.change = Some(href.into());
        self
    }
}

/// The colour of a tag; the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do, nothing wrong.
    #[default]
    Neutral,
    /// Under way.
    Active,
    /// Done well.
    Good,
    /// Wants attention soon.
    Attention,
    /// Late or refused.
    Bad,
}

impl Tone {
    /// The tone's part of a class name.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Active => "active",
            Tone::Good => "good",
            Tone::Attention => "attention",
            Tone::Bad => "bad",
        }
    }
}

/// A task of a task list.
#[derive(Clone, Debug)]
pub struct Task {
    /// What is to be done.
    pub text: String,
    /// Where; `None` while it cannot be started.
    pub href: Option<String>,
    /// An explanation; empty for none.
    pub hint: String,
    /// How far it is, in words.
    pub status: String,
    /// The colour of the status.
    pub tone: Tone,
}

/// A step of a timeline, the newest first.
#[derive(Clone, Debug)]
pub struct Step {
    /// What happened.
    pub title: String,
    /// When, as people read it: `14:05 22/11/2026`; empty for a step to come.
    pub at: String,
    /// Who did it; empty for none.
    pub by: String,
    /// More about it; empty for none.
    pub note: String,
    /// Whether it is done, under way or to come.
    pub state: StepState,
}

/// How far a step of a timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// It is done.
    Done,
    /// It is under way.
    Current,
    /// It is to come.
    ToCome,
}

impl StepState {
    /// The state's part of a class name.
    pub fn class(self) -> &'static str {
        match self {
            StepState::Done => "done",
            StepState::Current => "current",
            StepState::ToCome => "to-come",
        }
    }
}

/// The pages of a long list.
#[derive(Clone, Debug)]
pub struct Pagination {
    current: usize,
    last: usize,
    base: String,
}

/// An item of the pagination: a page or a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// The page's number; 0 for a gap.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// Whether it is the page shown.
    pub current: bool,
}

impl Pagination {
    /// The pagination of `total` rows, `per_page` on a page, at page `current` (from 1); `base` is the address without `trang`,
    /// such as `/thu-tuc?q=khai%20sinh`.
    pub fn new(current: usize, total: usize, per_page: usize, base: impl Into<String>) -> Pagination {
        let last = total.div_ceil(per_page.max(1)).max(1);
        Pagination { current: current.clamp(1, last), last, base: base.into() }
    }

    /// Whether there is more than one page.
    pub fn is_needed(&self) -> bool {
        self.last > 1
    }

    /// The address of the page before.
    pub fn previous(&self) -> Option<String> {
        (self.current > 1).then(|| self.href(self.current - 1))
    }

    /// The address of the page after.
    pub fn next(&self) -> Option<String> {
        (self.current < self.last).then(|| self.href(self.current + 1))
    }

    /// The pages to offer: the first, the last, and those round the current one.
    pub fn links(&self) -> Vec<PageLink> {
        let mut links: Vec<PageLink> = Vec::new();
        let mut before = 0;
        for number in 1..=self.last {
            if number != 1 && number != self.last && number.abs_diff(self.current) > 1 {
                continue;
            }
            if number > before + 1 {
                links.push(PageLink { number: 0, href: String::new(), current: false });
            }
            links.push(PageLink { number, href: self.href(number), current: number == self.current });
            before = number;
        }
        links
    }

    fn href(&self, number: usize) -> String {
        let joint = if self.base.contains('?') { '&' } else { '?' };
        format!("{}{joint}trang={number}", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_far_away_become_a_gap() {
        let numbers = |pagination: Pagination| pagination.links().iter().map(|link| link.number).collect::<Vec<_>>();
        assert_eq!(numbers(Pagination::new(1, 10, 20, "/x")), [1]);
        assert_eq!(numbers(Pagination::new(1, 100, 20, "/x")), [1, 2, 0, 5]);
        assert_eq!(numbers(Pagination::new(6, 1000, 20, "/x")), [1, 0, 5, 6, 7, 0, 50]);
        assert_eq!(numbers(Pagination::new(99, 100, 20, "/x")), [1, 0, 4, 5]);
    }

    #[test]
    fn the_address_of_a_page_keeps_the_search() {
        let pagination = Pagination::new(2, 100, 20, "/thu-tuc?q=a");
        assert_eq!(pagination.next().unwrap(), "/thu-tuc?q=a&trang=3");
        assert_eq!(Pagination::new(1, 100, 20, "/co-quan").next().unwrap(), "/co-quan?trang=2");
    }
}

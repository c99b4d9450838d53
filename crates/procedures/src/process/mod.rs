//! The process of a procedure: which steps a dossier takes, who does each, and within how many working hours.

mod bpmn;
mod standard;

use domain::deadline::TimeLimit;
use domain::policy::Role;
use forms::{Asked, Condition, Refusal, Words};

use crate::budget;

/// Which clock a step runs under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Before acceptance: the desk's answer.
    Receive,
    /// From acceptance to the result: the statutory limit.
    Process,
    /// After the result: handing it over.
    Return,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its name in the process, such as `tham-tra`.
    pub id: String,
    /// What is done.
    pub title: Words,
    /// Who does it; one of those who work on dossiers (domain.md §4).
    pub role: Role,
    /// Its budget in thousandths of a working hour.
    pub milli_hours: u64,
    /// Which clock it runs under.
    pub stage: Stage,
}

/// A process whose every step is reached and leads to an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Its steps in the order of the file.
    pub tasks: Vec<Task>,
    nodes: Vec<Node>,
    start: usize,
}

/// A place in the process and what follows; numbers are places among the nodes.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    /// The start, or a step by its place among the tasks.
    Step { task: Option<usize>, next: usize },
    /// The first way whose condition applies, otherwise the last one.
    Gateway { ways: Vec<(Condition, usize)>, otherwise: usize },
    /// Nothing follows.
    End,
}

impl Node {
    fn following(&self) -> Vec<usize> {
        match self {
            Self::Step { next, .. } => vec![*next],
            Self::Gateway { ways, otherwise } => ways.iter().map(|(_, next)| *next).chain([*otherwise]).collect(),
            Self::End => Vec::new(),
        }
    }
}

impl Process {
    /// Reads `process.bpmn`; `line` of a refusal is that of the element.
    ///
    /// # Errors
    /// Everything that is wrong: elements that are not known, steps without role or budget, steps that are not reached,
    /// budgets over the limit, conditions on fields that the form does not have.
    pub(crate) fn read(
        file: &str,
        text: &str,
        form: &forms::Form,
        limit: Option<TimeLimit>,
    ) -> Result<Self, Vec<Refusal>> {
        bpmn::read(file, text, form, limit)
    }

    /// The steps that a dossier with these answers takes, in their order.
    pub fn route(&self, asked: &Asked<'_>) -> Vec<&Task> {
        let mut route = Vec::new();
        let mut at = self.start;
        // A process has no circle (see `bpmn`), so that this ends.
        loop {
            at = match &self.nodes[at] {
                Node::Step { task, next } => {
                    route.extend(task.map(|task| &self.tasks[task]));
                    *next
                }
                Node::Gateway { ways, otherwise } => {
                    let open = ways.iter().find(|(condition, _)| condition.applies(&|path| asked.answer(path)));
                    open.map_or(*otherwise, |(_, next)| *next)
                }
                Node::End => return route,
            };
        }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// The step at a place, when a step stands there.
    pub(crate) fn task_at(&self, at: usize) -> Option<&Task> {
        match &self.nodes[at] {
            Node::Step { task, .. } => task.map(|task| &self.tasks[task]),
            Node::Gateway { .. } | Node::End => None,
        }
    }

    pub(crate) fn following(&self, at: usize) -> Vec<usize> {
        self.nodes[at].following()
    }

    /// The longest that the steps under the statutory limit take together, in thousandths of a working hour.
    pub fn longest(&self) -> u64 {
        budget::longest(self)
    }
}

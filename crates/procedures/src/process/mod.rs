//! The process of a procedure: which steps a dossier takes, who does each, and within how many working hours.

mod bpmn;
mod drawing;
mod standard;

use domain::deadline::TimeLimit;
use domain::policy::Role;
use forms::{Asked, Condition, Refusal, Words};

use crate::budget;

pub use drawing::{Drawing, Line, Place, Shape, ShapeKind};

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
    Gateway { title: Words, ways: Vec<(Way, Condition)>, otherwise: Way },
    /// Nothing follows.
    End,
}

/// A way that leaves a gateway.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    /// In which case it is gone.
    title: Words,
    next: usize,
}

impl Node {
    fn following(&self) -> Vec<usize> {
        match self {
            Self::Step { next, .. } => vec![*next],
            Self::Gateway { ways, otherwise, .. } => {
                ways.iter().map(|(way, _)| way.next).chain([otherwise.next]).collect()
            }
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

    /// The steps that a dossier with these answers takes, in their order; without answers, whatever is usual.
    pub fn route(&self, asked: Option<&Asked<'_>>) -> Vec<&Task> {
        self.way(asked).into_iter().filter_map(|at| self.task_at(at)).collect()
    }

    /// The places that a dossier with these answers comes past, from the start to an end.
    fn way(&self, asked: Option<&Asked<'_>>) -> Vec<usize> {
        let mut way = vec![self.start];
        let mut at = self.start;
        // A process has no circle (see `bpmn`), so that this ends.
        loop {
            at = match &self.nodes[at] {
                Node::Step { next, .. } => *next,
                Node::Gateway { ways, otherwise, .. } => {
                    let open = ways.iter().find(|(_, condition)| condition.applies(&|path| asked?.answer(path)));
                    open.map_or(otherwise.next, |(way, _)| way.next)
                }
                Node::End => return way,
            };
            way.push(at);
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

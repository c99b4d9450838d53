//! Reads a process from BPMN 2.0: one start, steps of people, exclusive gateways, ends. Anything else is refused.

use std::collections::HashMap;

use domain::deadline::TimeLimit;
use domain::policy::Role;
use forms::{Condition, Form, Refusal, SourceText, Words};
use roxmltree::{Document, Node as Xml};

use super::{Node, Process, Stage, Task, Way};
use crate::budget::milli_hours_of;

const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
/// Ours: `role`, `hours`, `stage` and `name-en` of a step.
const OURS: &str = "urn:motcua:process";
/// The language of conditions: JSON as in the rules of forms.
const LANGUAGE: &str = "urn:motcua:condition";
/// Within how long the desk answers a dossier that was filed online (Decree 61/2018 as amended by 107/2021).
const ANSWER_MILLI_HOURS: u64 = 8_000;
/// The most hours of a step, in thousandths: ten thousand.
const MOST_MILLI_HOURS: u64 = 10_000_000;

/// An element of the file that is a place in the process.
struct Place<'d> {
    element: Xml<'d, 'd>,
    id: &'d str,
    task: Option<usize>,
}

struct Reader<'d> {
    file: &'d str,
    document: &'d Document<'d>,
    form: &'d Form,
    places: Vec<Place<'d>>,
    by_id: HashMap<&'d str, usize>,
    tasks: Vec<Task>,
    refusals: Vec<Refusal>,
}

/// A sequence flow.
struct Flow<'d> {
    element: Xml<'d, 'd>,
    id: &'d str,
    from: usize,
    to: usize,
}

pub(super) fn read(file: &str, text: &str, form: &Form, limit: Option<TimeLimit>) -> Result<Process, Vec<Refusal>> {
    let document = Document::parse(text).map_err(|error| {
        vec![Refusal { file: file.to_owned(), line: line(error.pos().row), reason: format!("no XML: {error}") }]
    })?;
    let mut reader = Reader {
        file,
        document: &document,
        form,
        places: Vec::new(),
        by_id: HashMap::new(),
        tasks: Vec::new(),
        refusals: Vec::new(),
    };
    let process = reader.process(limit);
    match process {
        Some(process) if reader.refusals.is_empty() => Ok(process),
        _ => {
            reader.refusals.sort();
            reader.refusals.dedup();
            Err(reader.refusals)
        }
    }
}

impl<'d> Reader<'d> {
    fn process(&mut self, limit: Option<TimeLimit>) -> Option<Process> {
        let root = self.document.root_element();
        let mut found = root.children().filter(|node| node.has_tag_name((BPMN, "process")));
        let (Some(process), None) = (found.next(), found.next()) else {
            self.refuse(root, "one process is expected");
            return None;
        };
        let mut flows = Vec::new();
        for element in process.children().filter(Xml::is_element) {
            match (element.tag_name().namespace(), element.tag_name().name()) {
                (Some(BPMN), "startEvent" | "endEvent" | "userTask" | "exclusiveGateway") => self.place(element),
                (Some(BPMN), "sequenceFlow") => flows.push(element),
                (Some(BPMN), "documentation" | "extensionElements") => {}
                (_, name) => self.refuse(element, format!("{name:?} is not known here")),
            }
        }
        let flows: Vec<Flow<'d>> = flows.into_iter().filter_map(|element| self.flow(element)).collect();
        let starts = self.named("startEvent");
        let [start] = starts[..] else {
            self.refuse(process, "exactly one startEvent is expected");
            return None;
        };
        let nodes: Vec<Node> = (0..self.places.len()).map(|at| self.node(at, &flows)).collect();
        // One slip is told once: reachability says nothing where a flow is missing.
        if !self.refusals.is_empty() {
            return None;
        }
        let process = Process { tasks: std::mem::take(&mut self.tasks), nodes, start };
        self.walk(&process);
        if self.refusals.is_empty() {
            self.judge(&process, limit);
        }
        Some(process)
    }

    fn place(&mut self, element: Xml<'d, 'd>) {
        let Some(id) = element.attribute("id").filter(|id| !id.is_empty()) else {
            return self.refuse(element, "\"id\" is missing");
        };
        if self.by_id.insert(id, self.places.len()).is_some() {
            return self.refuse(element, format!("two elements are called {id:?}"));
        }
        let task = match element.tag_name().name() == "userTask" {
            true => self.task(element, id),
            false => None,
        };
        self.places.push(Place { element, id, task });
    }

    fn task(&mut self, element: Xml<'d, 'd>, id: &str) -> Option<usize> {
        let title = self.words(element, &format!("the step {id}"));
        let role = element.attribute((OURS, "role")).map(|word| (word, role_of(word)));
        match role {
            None => self.refuse(element, format!("the step {id} has no role")),
            Some((word, None)) => self.refuse(element, format!("{word:?} is no role")),
            Some((_, Some(_))) => {}
        }
        let hours = element.attribute((OURS, "hours")).map(|word| (word, milli_hours(word)));
        match hours {
            None => self.refuse(element, format!("the step {id} has no hour budget")),
            Some((word, None)) => self.refuse(element, format!("{word:?} is no number of hours")),
            Some((_, Some(_))) => {}
        }
        let stage = match element.attribute((OURS, "stage")) {
            Some("receive") => Some(Stage::Receive),
            Some("process") => Some(Stage::Process),
            Some("return") => Some(Stage::Return),
            _ => None,
        };
        if stage.is_none() {
            self.refuse(element, format!("the step {id} has no stage: receive, process or return"));
        }
        let (role, milli_hours, stage) = (role?.1?, hours?.1?, stage?);
        self.tasks.push(Task { id: id.to_owned(), title, role, milli_hours, stage });
        Some(self.tasks.len() - 1)
    }

    /// What people read of an element.
    fn words(&mut self, element: Xml<'d, 'd>, what: &str) -> Words {
        let title = Words {
            vi: element.attribute("name").unwrap_or_default().to_owned(),
            en: element.attribute((OURS, "name-en")).unwrap_or_default().to_owned(),
        };
        if title.vi.trim().is_empty() || title.en.trim().is_empty() {
            self.refuse(element, format!("{what} has no name, or none in English"));
        }
        title
    }

    fn flow(&mut self, element: Xml<'d, 'd>) -> Option<Flow<'d>> {
        let mut end = |name: &str| {
            let id = element.attribute(name);
            let place = id.and_then(|id| self.by_id.get(id)).copied();
            if place.is_none() {
                let what = id.map_or("nothing".to_owned(), |id| format!("{id:?}, which is not there"));
                self.refusals.push(refusal(self.file, self.document, element, format!("the flow's {name} is {what}")));
            }
            place
        };
        let (from, to) = (end("sourceRef"), end("targetRef"));
        Some(Flow { element, id: element.attribute("id").unwrap_or_default(), from: from?, to: to? })
    }

    fn named(&self, tag: &str) -> Vec<usize> {
        let places = self.places.iter().enumerate();
        places.filter(|(_, place)| place.element.tag_name().name() == tag).map(|(at, _)| at).collect()
    }

    /// What follows a place.
    fn node(&mut self, at: usize, flows: &[Flow<'d>]) -> Node {
        let (element, id, task) = (self.places[at].element, self.places[at].id, self.places[at].task);
        let out: Vec<&Flow<'d>> = flows.iter().filter(|flow| flow.from == at).collect();
        match (element.tag_name().name(), &out[..]) {
            ("endEvent", []) => Node::End,
            ("endEvent", _) => {
                self.refuse(element, format!("something follows the end {id}"));
                Node::End
            }
            ("exclusiveGateway", _) => self.gateway(element, id, &out),
            (_, [flow]) => {
                if condition_of(flow.element).is_some() {
                    self.refuse(flow.element, "only a flow that leaves a gateway has a condition");
                }
                Node::Step { task, next: flow.to }
            }
            (_, []) => {
                self.refuse(element, format!("nothing follows {id}"));
                Node::End
            }
            _ => {
                self.refuse(element, format!("more than one flow leaves {id}: a gateway is needed"));
                Node::End
            }
        }
    }

    fn gateway(&mut self, element: Xml<'d, 'd>, id: &str, out: &[&Flow<'d>]) -> Node {
        let default = element.attribute("default");
        let title = self.words(element, &format!("the gateway {id}"));
        let otherwise = out.iter().find(|flow| Some(flow.id) == default).map(|flow| self.way(flow));
        let Some(otherwise) = otherwise else {
            self.refuse(element, format!("the gateway {id} has no default among the flows that leave it"));
            return Node::End;
        };
        let mut ways = Vec::new();
        for flow in out {
            if Some(flow.id) != default {
                let way = self.way(flow);
                ways.extend(self.condition(flow.element).map(|condition| (way, condition)));
            } else if condition_of(flow.element).is_some() {
                self.refuse(flow.element, "the default way has a condition: it is taken when no other one is");
            }
        }
        if out.len() < 2 {
            self.refuse(
                element,
                format!("the gateway {id} decides nothing: every way but the default needs a condition"),
            );
        }
        Node::Gateway { title, ways, otherwise }
    }

    fn way(&mut self, flow: &Flow<'d>) -> Way {
        let title = self.words(flow.element, &format!("the way {}", flow.id));
        Way { title, next: flow.to }
    }

    fn condition(&mut self, flow: Xml<'d, 'd>) -> Option<Condition> {
        let Some(element) = condition_of(flow) else {
            self.refuse(flow, "the flow leaves a gateway and has no condition");
            return None;
        };
        if element.attribute("language") != Some(LANGUAGE) {
            self.refuse(element, format!("the language of a condition is {LANGUAGE:?}"));
        }
        let text = element.text().unwrap_or_default();
        // The text begins behind the tag; blank lines before it count.
        let first_line = self.line_of(element) + element_head_lines(self.document, element);
        let read = SourceText::json_at(self.file, text, first_line).and_then(|json| {
            Condition::read(&json, "").and_then(|condition| self.form.allow_condition(&json, "", condition))
        });
        match read {
            Ok(condition) => Some(condition),
            Err(refusal) => {
                self.refusals.push(refusal);
                None
            }
        }
    }

    /// Every place is reached, none is met twice on one way.
    fn walk(&mut self, process: &Process) {
        let mut state = vec![Met::Never; self.places.len()];
        if let Some(circle) = visit(process, process.start, &mut state) {
            let place = &self.places[circle];
            let (element, id) = (place.element, place.id);
            self.refuse(element, format!("the process comes back to {id}"));
            return;
        }
        for (at, met) in state.iter().enumerate() {
            if *met == Met::Never {
                let place = &self.places[at];
                let (element, id) = (place.element, place.id);
                self.refuse(element, format!("{id} is never reached"));
            }
        }
    }

    /// Stages follow one another, and the hours fit the limit.
    fn judge(&mut self, process: &Process, limit: Option<TimeLimit>) {
        for at in 0..process.nodes() {
            let Some(task) = process.task_at(at) else { continue };
            for next in steps_after(process, at) {
                let follower = process.task_at(next).map(|follower| follower.stage);
                if follower.is_some_and(|stage| order(stage) < order(task.stage)) {
                    let element = self.places[next].element;
                    self.refuse(element, format!("this step stands behind {}, which is of a later stage", task.id));
                }
            }
        }
        match self.staged(process, Stage::Receive)[..] {
            [at] => {
                let hours = process.task_at(at).map_or(0, |task| task.milli_hours);
                if hours > ANSWER_MILLI_HOURS {
                    let most = hours_words(ANSWER_MILLI_HOURS);
                    self.refuse(self.places[at].element, format!("the desk answers within {most} working hours"));
                }
            }
            _ => self.refuse(self.places[process.start].element, "exactly one step receives the dossier"),
        }
        if self.staged(process, Stage::Return).is_empty() {
            self.refuse(self.places[process.start].element, "no step hands the result over");
        }
        let longest = process.longest();
        match limit.map(milli_hours_of) {
            None if longest > 0 => {
                self.refuse(
                    self.places[process.start].element,
                    "no statutory limit is known for these hours: write [limit]",
                );
            }
            Some(most) if longest > most => {
                let reason = format!(
                    "the steps take {} working hours, the statutory limit is {}",
                    hours_words(longest),
                    hours_words(most)
                );
                let heaviest = self
                    .staged(process, Stage::Process)
                    .into_iter()
                    .max_by_key(|at| process.task_at(*at).map_or(0, |task| task.milli_hours));
                let element = self.places[heaviest.unwrap_or(process.start)].element;
                self.refuse(element, reason);
            }
            _ => {}
        }
    }

    fn staged(&self, process: &Process, stage: Stage) -> Vec<usize> {
        (0..process.nodes()).filter(|at| process.task_at(*at).is_some_and(|task| task.stage == stage)).collect()
    }

    fn refuse(&mut self, element: Xml<'d, 'd>, reason: impl Into<String>) {
        self.refusals.push(refusal(self.file, self.document, element, reason.into()));
    }

    fn line_of(&self, element: Xml<'d, 'd>) -> usize {
        line(self.document.text_pos_at(element.range().start).row)
    }
}

/// How a place was met while walking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Never,
    OnTheWay,
    Done,
}

/// The place at which the walk comes back to itself, if it does.
fn visit(process: &Process, at: usize, state: &mut [Met]) -> Option<usize> {
    match state[at] {
        Met::OnTheWay => return Some(at),
        Met::Done => return None,
        Met::Never => {}
    }
    state[at] = Met::OnTheWay;
    let circle = process.following(at).into_iter().find_map(|next| visit(process, next, state));
    state[at] = Met::Done;
    circle
}

/// The places of the steps that come next, behind gateways too.
fn steps_after(process: &Process, at: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = process.following(at);
    while let Some(next) = open.pop() {
        match process.task_at(next) {
            Some(_) => found.push(next),
            None => open.extend(process.following(next)),
        }
    }
    found
}

fn order(stage: Stage) -> u8 {
    match stage {
        Stage::Receive => 0,
        Stage::Process => 1,
        Stage::Return => 2,
    }
}

fn condition_of<'d>(flow: Xml<'d, 'd>) -> Option<Xml<'d, 'd>> {
    flow.children().find(|node| node.has_tag_name((BPMN, "conditionExpression")))
}

/// How many lines the opening tag of an element takes beyond its first.
fn element_head_lines(document: &Document<'_>, element: Xml<'_, '_>) -> usize {
    let Some(text) = element.first_child() else { return 0 };
    let rows = document.text_pos_at(text.range().start).row - document.text_pos_at(element.range().start).row;
    line(rows)
}

fn refusal(file: &str, document: &Document<'_>, element: Xml<'_, '_>, reason: String) -> Refusal {
    Refusal { file: file.to_owned(), line: line(document.text_pos_at(element.range().start).row), reason }
}

fn line(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

/// The roles that work on dossiers, by the words that grants use.
fn role_of(word: &str) -> Option<Role> {
    let role = Role::parse(word).ok()?;
    match role {
        Role::Reception | Role::Processing | Role::DivisionHead | Role::Leader | Role::Clerk | Role::Finance => {
            Some(role)
        }
        Role::ProcedureControl | Role::TechnicalAdmin | Role::Inspector | Role::Administrator => None,
    }
}

/// `1.5` is 1,500; more than three decimals, nothing and zero are no budget.
fn milli_hours(word: &str) -> Option<u64> {
    let (whole, part) = word.split_once('.').unwrap_or((word, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 3 || word.ends_with('.') {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = format!("{part:0<3}").parse().ok()?;
    whole.checked_mul(1_000)?.checked_add(part).filter(|sum| (1..=MOST_MILLI_HOURS).contains(sum))
}

fn hours_words(milli: u64) -> String {
    match milli % 1_000 {
        0 => (milli / 1_000).to_string(),
        part => format!("{}.{}", milli / 1_000, format!("{part:03}").trim_end_matches('0')),
    }
}

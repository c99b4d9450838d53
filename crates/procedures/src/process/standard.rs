//! The process of procedures without one of their own: tiếp nhận, thụ lý, duyệt, ký, trả kết quả.

use domain::deadline::TimeLimit;
use domain::policy::Role;
use forms::Words;

use super::{Node, Process, Stage, Task};
use crate::budget::milli_hours_of;

/// The steps under the statutory limit with their share of it in hundredths.
const SHARED: [(&str, &str, &str, Role, u64); 3] = [
    ("thu-ly", "Thụ lý, thẩm định hồ sơ", "Appraise the dossier", Role::Processing, 70),
    ("duyet", "Xem xét, trình ký", "Review", Role::DivisionHead, 15),
    ("ky", "Ký duyệt, ban hành kết quả", "Sign and issue the result", Role::Leader, 15),
];
/// For the desk's answer: 8 working hours (Decree 61/2018), and as long for handing the result over.
const DESK_MILLI_HOURS: u64 = 8_000;

impl Process {
    /// The standard process, with the statutory time split over its steps; without a limit they have no budget.
    pub fn standard(limit: Option<TimeLimit>) -> Self {
        let whole = limit.map_or(0, milli_hours_of);
        let desk = |id: &str, vi: &str, en: &str, stage| Task {
            id: id.to_owned(),
            title: Words { vi: vi.to_owned(), en: en.to_owned() },
            role: Role::Reception,
            milli_hours: DESK_MILLI_HOURS,
            stage,
        };
        let mut tasks = vec![desk("tiep-nhan", "Tiếp nhận hồ sơ", "Receive the dossier", Stage::Receive)];
        tasks.extend(SHARED.map(|(id, vi, en, role, share)| Task {
            id: id.to_owned(),
            title: Words { vi: vi.to_owned(), en: en.to_owned() },
            role,
            milli_hours: whole * share / 100,
            stage: Stage::Process,
        }));
        tasks.push(desk("tra-ket-qua", "Trả kết quả", "Hand the result over", Stage::Return));
        let mut nodes: Vec<Node> =
            (0..tasks.len()).map(|place| Node::Step { task: Some(place), next: place + 1 }).collect();
        nodes.push(Node::End);
        Self { tasks, nodes, start: 0 }
    }
}

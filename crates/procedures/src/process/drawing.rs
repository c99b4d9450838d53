//! A process as a picture: where each place stands and which lines join them, from the top down so that it fits a telephone.

use std::collections::HashSet;

use forms::{Asked, Words};

use super::{Node, Process, Task};

/// Where something stands, in units of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0: the way that is taken stands in the first.
    pub column: usize,
}

/// A place in the process.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape<'p> {
    /// What it is.
    pub kind: ShapeKind<'p>,
    /// Where.
    pub place: Place,
    /// Whether the dossier comes past it.
    pub is_taken: bool,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShapeKind<'p> {
    /// Where it begins.
    Start,
    /// A step.
    Step(&'p Task),
    /// A question on which the way depends.
    Gateway(&'p Words),
    /// Where it ends.
    End,
}

/// A line from one place to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<'p> {
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// In which case it is gone; none where there is no other way.
    pub title: Option<&'p Words>,
    /// Whether the dossier goes along it.
    pub is_taken: bool,
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing<'p> {
    /// Its places, row by row.
    pub shapes: Vec<Shape<'p>>,
    /// Its lines.
    pub lines: Vec<Line<'p>>,
}

impl Process {
    /// Draws the process for a dossier with these answers; without answers, for what is usual.
    pub fn draw(&self, asked: Option<&Asked<'_>>) -> Drawing<'_> {
        let taken = self.way(asked);
        let rows = self.rows();
        let places = self.places(&rows, &taken);
        let steps: HashSet<(usize, usize)> = taken.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let mut shapes: Vec<Shape<'_>> = (0..self.nodes.len())
            .map(|at| Shape { kind: self.kind(at), place: places[at], is_taken: taken.contains(&at) })
            .collect();
        shapes.sort_by_key(|shape| (shape.place.row, shape.place.column));
        let lines = (0..self.nodes.len()).flat_map(|at| {
            let (places, steps) = (&places, &steps);
            self.ways(at).into_iter().map(move |(title, to)| Line {
                from: places[at],
                to: places[to],
                title,
                is_taken: steps.contains(&(at, to)),
            })
        });
        Drawing { lines: lines.collect(), shapes }
    }

    fn kind(&self, at: usize) -> ShapeKind<'_> {
        match &self.nodes[at] {
            Node::Step { task: Some(task), .. } => ShapeKind::Step(&self.tasks[*task]),
            Node::Step { task: None, .. } => ShapeKind::Start,
            Node::Gateway { title, .. } => ShapeKind::Gateway(title),
            Node::End => ShapeKind::End,
        }
    }

    /// What follows a place, with the case in which it does.
    fn ways(&self, at: usize) -> Vec<(Option<&Words>, usize)> {
        match &self.nodes[at] {
            Node::Step { next, .. } => vec![(None, *next)],
            Node::Gateway { ways, otherwise, .. } => {
                let decided = ways.iter().map(|(way, _)| (Some(&way.title), way.next));
                decided.chain([(Some(&otherwise.title), otherwise.next)]).collect()
            }
            Node::End => Vec::new(),
        }
    }

    /// The row of each place: the longest way to it, so that every line leads down.
    fn rows(&self) -> Vec<usize> {
        let mut rows = vec![0; self.nodes.len()];
        // A process has no circle, so that as many rounds as places are enough.
        for _ in 0..self.nodes.len() {
            for at in 0..self.nodes.len() {
                for next in self.following(at) {
                    rows[next] = rows[next].max(rows[at] + 1);
                }
            }
        }
        rows
    }

    /// The way that is taken stands in the first column, what it passes by beside it.
    fn places(&self, rows: &[usize], taken: &[usize]) -> Vec<Place> {
        let mut beside = vec![0; self.nodes.len() + 1];
        rows.iter()
            .enumerate()
            .map(|(at, row)| {
                let column = match taken.contains(&at) {
                    true => 0,
                    false => {
                        beside[*row] += 1;
                        beside[*row]
                    }
                };
                Place { row: *row, column }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use domain::deadline::{TimeLimit, TimeUnit};

    use super::*;

    const PROCESS: &str = r##"<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="urn:motcua:process">
      <bpmn:process id="p">
        <bpmn:startEvent id="a"/>
        <bpmn:userTask id="b" name="Tiếp nhận" motcua:name-en="Receive" motcua:role="reception" motcua:hours="8" motcua:stage="receive"/>
        <bpmn:exclusiveGateway id="c" name="Xác minh?" motcua:name-en="Verify?" default="no"/>
        <bpmn:userTask id="d" name="Xác minh" motcua:name-en="Verify" motcua:role="processing" motcua:hours="4" motcua:stage="process"/>
        <bpmn:userTask id="e" name="Trả" motcua:name-en="Return" motcua:role="reception" motcua:hours="1" motcua:stage="return"/>
        <bpmn:endEvent id="f"/>
        <bpmn:sequenceFlow id="1" sourceRef="a" targetRef="b"/>
        <bpmn:sequenceFlow id="2" sourceRef="b" targetRef="c"/>
        <bpmn:sequenceFlow id="yes" name="Có" motcua:name-en="Yes" sourceRef="c" targetRef="d">
          <bpmn:conditionExpression language="urn:motcua:condition">{"scope": "#/properties/found", "schema": {"const": true}}</bpmn:conditionExpression>
        </bpmn:sequenceFlow>
        <bpmn:sequenceFlow id="no" name="Không" motcua:name-en="No" sourceRef="c" targetRef="e"/>
        <bpmn:sequenceFlow id="3" sourceRef="d" targetRef="e"/>
        <bpmn:sequenceFlow id="4" sourceRef="e" targetRef="f"/>
      </bpmn:process>
    </bpmn:definitions>"##;

    fn form() -> forms::Form {
        let schema = r##"{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "T", "x-title-en": "T", "type": "object",
          "additionalProperties": false, "x-ground": "L",
          "properties": {"found": {"type": "boolean", "title": "Q", "x-title-en": "Q"}}}"##;
        let layout = r##"{"type": "Categorization", "elements": [{"type": "Category", "label": "P", "x-label-en": "P", "x-key": "p",
          "elements": [{"type": "Control", "scope": "#/properties/found"}]}]}"##;
        forms::Form::compile(forms::FormSource {
            schema: ("s", schema),
            layout: ("l", layout),
            shared: ("shared", r#"{"$id": "urn:motcua:shared", "$defs": {}}"#),
        })
        .unwrap()
    }

    fn drawn(found: bool) -> (Vec<(Place, bool)>, usize) {
        let form = form();
        let limit = TimeLimit::whole(2, TimeUnit::WorkingDay).unwrap();
        let process = Process::read("p", PROCESS, &form, Some(limit)).unwrap();
        let answers = BTreeMap::from([("found".to_owned(), serde_json::json!(found))]);
        let drawing = process.draw(Some(&form.asked(&answers)));
        let shapes = drawing.shapes.iter().map(|shape| (shape.place, shape.is_taken)).collect();
        (shapes, drawing.lines.iter().filter(|line| line.is_taken).count())
    }

    #[test]
    fn the_way_that_is_taken_stands_in_the_first_column_and_every_line_leads_down() {
        let at = |row, column| Place { row, column };
        let (with, lines) = drawn(true);
        assert_eq!(with, (0..6).map(|row| (at(row, 0), true)).collect::<Vec<_>>());
        assert_eq!(lines, 5);
        let (without, lines) = drawn(false);
        assert_eq!(without[3], (at(3, 1), false), "the step that is passed by");
        assert_eq!(lines, 4);
        assert_eq!(without.iter().filter(|(_, taken)| *taken).count(), 5);
    }

    #[test]
    fn no_two_places_are_one() {
        let process = Process::standard(None);
        let drawing = process.draw(None);
        let places: BTreeSet<(usize, usize)> =
            drawing.shapes.iter().map(|shape| (shape.place.row, shape.place.column)).collect();
        assert_eq!(places.len(), drawing.shapes.len());
        assert!(drawing.lines.iter().all(|line| line.from.row < line.to.row));
    }
}

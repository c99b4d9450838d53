//! Which questions are answered for certain, once some conditions hold: what a letter may count on without a fallback.

use serde_json::Value;

use crate::condition::{Condition, Fits};
use crate::form::Form;
use crate::layout::{Element, Rule};

/// A condition that is known to apply, or not to.
type Fact<'f> = (bool, &'f Condition);

impl Form {
    /// Whether whoever may file this form has answered the question at this path, when all of these conditions apply.
    pub fn is_certain<'f>(&'f self, path: &str, given: &[&'f Condition]) -> bool {
        let Some(place) = self.fields.iter().position(|field| field.path == path) else { return false };
        let (facts, answered) = self.known(given);
        let is_asked = self.rules_of(place).into_iter().all(|rule| follows(&facts, rule.when, &rule.condition));
        answered.contains(&path) || (self.fields[place].is_required && is_asked)
    }

    /// What holds when these conditions apply, and which questions were answered then.
    fn known<'f>(&'f self, given: &[&'f Condition]) -> (Vec<Fact<'f>>, Vec<&'f str>) {
        let mut facts = Vec::new();
        let mut answered = Vec::new();
        let mut waiting: Vec<Fact<'f>> = given.iter().map(|condition| (true, *condition)).collect();
        while let Some(fact) = waiting.pop() {
            if facts.contains(&fact) {
                continue;
            }
            facts.push(fact);
            match fact {
                (true, Condition::All(parts)) => waiting.extend(parts.iter().map(|part| (true, part))),
                // Whoever answered was asked.
                (true, Condition::Answer { path, fits }) if !matches!(fits, Fits::Not(_)) => {
                    answered.push(path.as_str());
                    let place = self.fields.iter().position(|field| field.path == *path);
                    let rules = place.map(|place| self.rules_of(place)).unwrap_or_default();
                    waiting.extend(rules.into_iter().map(|rule| (rule.when, &rule.condition)));
                }
                _ => {}
            }
        }
        (facts, answered)
    }

    /// The rules of a question, of the groups that it stands in, and of its page.
    fn rules_of(&self, place: usize) -> Vec<&Rule> {
        let mut rules = Vec::new();
        for page in &self.pages {
            if find(&page.elements, place, &mut rules) {
                rules.extend(&page.rule);
                return rules;
            }
        }
        rules
    }
}

fn find<'f>(elements: &'f [Element], place: usize, rules: &mut Vec<&'f Rule>) -> bool {
    elements.iter().any(|element| {
        let (is_there, rule) = match element {
            Element::Question { field, rule } => (*field == place, rule),
            Element::Group { rule, elements, .. } => (find(elements, place, rules), rule),
            Element::Note { .. } => return false,
        };
        if is_there {
            rules.extend(rule);
        }
        is_there
    })
}

/// Whether the facts say that the condition applies, or that it does not.
fn follows(facts: &[Fact<'_>], applies: bool, condition: &Condition) -> bool {
    if facts.contains(&(applies, condition)) {
        return true;
    }
    match (applies, condition) {
        (true, Condition::All(parts)) => parts.iter().all(|part| follows(facts, true, part)),
        (true, Condition::Any(parts)) => parts.iter().any(|part| follows(facts, true, part)),
        (_, Condition::Answer { path, fits }) => {
            let known = facts.iter().filter_map(|fact| match fact {
                (true, Condition::Answer { path: other, fits }) if other == path => Some(fits),
                _ => None,
            });
            known.into_iter().any(|known| says(known, fits, applies))
        }
        (false, _) => false,
    }
}

/// Whether an answer that fits the first fits the second, too; or never does.
fn says(known: &Fits, fits: &Fits, applies: bool) -> bool {
    let of = |answer: &Value| match fits {
        Fits::Const(wanted) => Some(answer == wanted),
        Fits::Enum(wanted) => Some(wanted.contains(answer)),
        Fits::Not(inner) => match inner.as_ref() {
            Fits::Const(wanted) => Some(answer != wanted),
            Fits::Enum(wanted) => Some(!wanted.contains(answer)),
            _ => None,
        },
        Fits::Range { .. } | Fits::Contains(_) => None,
    };
    match known {
        Fits::Const(answer) => of(answer) == Some(applies),
        Fits::Enum(answers) => answers.iter().all(|answer| of(answer) == Some(applies)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_under_a_rule_is_certain_where_the_rule_holds() {
        let form = crate::tests::form();
        let wanted = |fits| Condition::Answer { path: "copies.wanted".to_owned(), fits };
        let yes = wanted(Fits::Const(Value::Bool(true)));
        let no = wanted(Fits::Const(Value::Bool(false)));
        let not_no = wanted(Fits::Not(Box::new(Fits::Const(Value::Bool(false)))));
        let boy = Condition::Answer { path: "child.sex".to_owned(), fits: Fits::Const(Value::from("1")) };
        let both = Condition::All(vec![boy.clone(), yes.clone()]);
        let one = Condition::Any(vec![boy.clone(), yes.clone()]);
        for (path, given, is_certain) in [
            ("child.name", vec![], true),
            ("child.sex", vec![], false),
            ("child.sex", vec![&boy], true),
            ("copies.count", vec![], false),
            ("copies.count", vec![&yes], true),
            ("copies.count", vec![&no], false),
            ("copies.count", vec![&not_no], false),
            ("copies.count", vec![&both], true),
            ("copies.count", vec![&one], false),
            ("copies.count", vec![&boy, &yes], true),
            ("copies.none", vec![&yes], false),
        ] {
            assert_eq!(form.is_certain(path, &given), is_certain, "{path} {given:?}");
        }
    }
}

//! Communes offered under the box of an address: asked for with one button, taken with another; both keep what was entered.

use domain::address::{Place, Reading};
use domain::area::CommuneCode;

use crate::fields::Fields;
use crate::i18n::Texts;
use crate::portal::Portal;
use crate::view::form::{Choice, FormView, Offer};

/// The button that looks for communes; its value is the name of the box.
const FIND: &str = "find_place";
/// The button that takes one; its value is the name of the box and the commune's code, `address=23629`.
const TAKE: &str = "take_place";
/// So many communes are offered at most.
pub const MOST_OFFERED: usize = 8;

/// What one of the buttons beside an address asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressAsked {
    /// Communes for this box.
    Find(String),
    /// A commune was put into a box.
    Taken,
}

/// What was asked for with a button beside an address; a commune that was taken is put into its box.
pub fn address_asked(portal: &Portal, fields: &mut Fields) -> Option<AddressAsked> {
    let find = fields.text(FIND);
    if !find.is_empty() {
        return Some(AddressAsked::Find(find.to_owned()));
    }
    let (name, code) = fields.text(TAKE).rsplit_once('=')?;
    let (name, code) = (name.to_owned(), CommuneCode::parse(code).ok()?);
    let line = portal.app().content().areas.gazetteer().put(fields.find(&name)?.trim(), code)?;
    fields.replace(&name, line);
    Some(AddressAsked::Taken)
}

/// Shows the communes that were asked for; for every other box, what became of an old name in it.
pub fn offer_places<'n>(
    portal: &Portal,
    form: &mut FormView,
    boxes: impl Iterator<Item = &'n str>,
    asked: Option<&AddressAsked>,
    t: &Texts,
) {
    let content = portal.app().content();
    if let Some(AddressAsked::Find(name)) = asked {
        let line = form.value(name);
        let found = content.areas.gazetteer().search(line, content.home_province(), MOST_OFFERED).places;
        let text = match (line.is_empty(), found.is_empty()) {
            (true, _) => t.m("place-type-first"),
            (false, true) => t.m("place-none"),
            (false, false) => t.m("place-choose"),
        };
        form.offer(Offer { field: name.clone(), text: text.to_owned(), choices: choices(found, t) });
    }
    for name in boxes {
        if let Reading::Before(places) = content.areas.gazetteer().read(form.value(name)) {
            let text = t.m("place-renamed").to_owned();
            form.offer(Offer { field: name.to_owned(), text, choices: choices(places, t) });
        }
    }
}

fn choices(places: Vec<Place>, t: &Texts) -> Vec<Choice> {
    let choice = |place: Place| {
        let hint = place.before.map(|before| {
            let key = if place.is_divided { "place-part-of" } else { "place-before" };
            t.f(key, [("name", before.into())])
        });
        Choice::new(place.code.as_str(), place.name).with_hint(hint.unwrap_or_default())
    };
    places.into_iter().map(choice).collect()
}

/// What is doubtful about an address, in words; nothing when its end names a commune of today.
pub(crate) fn address_doubt(portal: &Portal, what: &str, line: &str, t: &Texts) -> Option<String> {
    let what = what.to_owned();
    match portal.app().content().areas.gazetteer().read(line) {
        Reading::Today(_) => None,
        Reading::Nothing => Some(t.f("place-doubt-none", [("what", what.into())])),
        Reading::Unsure(places) => {
            Some(t.f("place-doubt-unsure", [("what", what.into()), ("names", names(&places).into())]))
        }
        Reading::Before(places) => {
            let before = places.first()?.before.clone()?;
            let arguments = [("what", what.into()), ("before", before.into()), ("names", names(&places).into())];
            Some(t.f("place-doubt-before", arguments))
        }
    }
}

/// So many names stand in one sentence at most.
const MOST_NAMED: usize = 4;

fn names(places: &[Place]) -> String {
    let mut names: Vec<&str> = places.iter().take(MOST_NAMED).map(|place| place.name.as_str()).collect();
    if places.len() > MOST_NAMED {
        names.push("…");
    }
    names.join("; ")
}

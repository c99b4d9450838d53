//! A child under 14, who has no account: the guardian declares the child and files in the child's name.

use crate::catalogue::words;
use crate::codes::{PersonName, PersonalNumber};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// The age at which a guardian no longer files for a child, in months.
const FOURTEEN_YEARS: i32 = 14 * 12;

/// A child as the guardian declared it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// The child's full name.
    pub name: PersonName,
    /// The day of birth, which birth certificates always have.
    pub birth_date: Day,
    /// The child's personal number, if it has one.
    pub number: Option<PersonalNumber>,
    /// What the declarer is to the child.
    pub relation: ChildRelation,
}

/// What the declarer is to the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChildRelation {
    /// Cha.
    Father,
    /// Mẹ.
    Mother,
    /// Người giám hộ.
    Guardian,
}

words!(ChildRelation { Father = "father", Mother = "mother", Guardian = "guardian" });

/// The 14th birthday. Who was born on 29 February turns 14 on 1 March: the years are full when 28 February ends.
pub fn turns_fourteen_on(birth_date: Day) -> Day {
    let day = birth_date.plus_months(FOURTEEN_YEARS);
    if day.day_of_month() == birth_date.day_of_month() { day } else { day.next() }
}

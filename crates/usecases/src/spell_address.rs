//! Addresses in one spelling: where the end of a line names a commune of today beyond doubt, its name is kept in full.

use domain::address::Reading;
use domain::area::CommuneCode;
use forms::{Kind, Question};
use serde_json::Value;

use crate::app::App;

/// An answer with its addresses in one spelling; any other answer as it is.
pub fn spelled_answer(app: &App, field: &Question, answer: Value) -> Value {
    match (&field.kind, answer) {
        (Kind::Address, Value::String(line)) => Value::String(spelled_address(app, &line)),
        (Kind::Table { columns, .. }, Value::Array(mut rows)) => {
            for row in &mut rows {
                for column in columns {
                    if let Some(cell) = row.get_mut(&column.path) {
                        *cell = spelled_answer(app, column, cell.take());
                    }
                }
            }
            Value::Array(rows)
        }
        (_, answer) => answer,
    }
}

/// An address in one spelling.
pub(crate) fn spelled_address(app: &App, line: &str) -> String {
    app.content().areas.gazetteer().spelled(line)
}

/// The commune of today that an address names beyond doubt.
pub(crate) fn commune_of(app: &App, line: &str) -> Option<CommuneCode> {
    match app.content().areas.gazetteer().read(line) {
        Reading::Today(place) => Some(place.code),
        _ => None,
    }
}

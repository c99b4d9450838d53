//! What goes into a statement and comes out of a row, the same for both engines.

use std::fmt;

use crate::error::StorageError;

/// One parameter or one column.
///
/// Its `Debug` text names the kind only, so that nobody's name or number reaches a log through a driver.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// SQL's null.
    Null,
    /// A truth value; SQLite keeps it as 0 or 1.
    Bool(bool),
    /// A whole number, an instant in milliseconds, an amount in đồng.
    Int(i64),
    /// A text, an id in hexadecimal, a day, JSON.
    Text(String),
    /// Raw bytes.
    Bytes(Vec<u8>),
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind())
    }
}

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<u64> for Value {
    /// A number beyond SQL's largest is stored as the largest: no size or version ever gets there.
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The parameters of one statement, in the order of `$1`, `$2`, and so on.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}

/// What can be read out of a column.
pub trait FromValue: Sized {
    /// The typed value, or nothing when the column holds something else.
    fn from_value(value: Value) -> Option<Self>;
}

impl FromValue for bool {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(value),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }
}

impl FromValue for u64 {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).and_then(|number| u64::try_from(number).ok())
    }
}

impl FromValue for u32 {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).and_then(|number| u32::try_from(number).ok())
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(value) => Some(value),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(value) => Some(value),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    values: Vec<Value>,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self { values }
    }

    /// How many columns the row has.
    pub fn width(&self) -> usize {
        self.values.len()
    }

    /// Whether the column is null, or has been moved out.
    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.values.get(column), None | Some(Value::Null))
    }

    /// Moves the value of a column (counted from 0) out of the row; the column is null from then on.
    ///
    /// # Errors
    /// [`StorageError::Broken`] when there is no such column or it holds something else.
    pub fn take<T: FromValue>(&mut self, column: usize) -> Result<T, StorageError> {
        let Some(value) = self.values.get_mut(column) else {
            return Err(StorageError::Broken { what: format!("a row has no column {column}") });
        };
        let value = std::mem::replace(value, Value::Null);
        let kind = value.kind();
        T::from_value(value).ok_or_else(|| StorageError::Broken {
            what: format!("column {column} holds {kind}, not {}", std::any::type_name::<T>()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_kind_is_an_error_not_a_guess() {
        let mut row = Row::new(params!["12", 2_i64, None::<i64>]);
        assert!(row.take::<i64>(0).is_err());
        assert!(row.take::<bool>(1).is_err());
        assert!(row.take::<String>(2).is_err());
        assert!(row.take::<i64>(3).is_err());
    }

    #[test]
    fn null_is_read_as_none() {
        let mut row = Row::new(params![None::<i64>, 7_i64]);
        assert_eq!(row.take::<Option<i64>>(0).expect("null"), None);
        assert_eq!(row.take::<Option<i64>>(1).expect("a number"), Some(7));
    }

    #[test]
    fn the_debug_text_of_a_value_hides_it() {
        assert_eq!(format!("{:?}", params!["Nguyễn Văn A", 1_i64]), "[text, int]");
    }
}

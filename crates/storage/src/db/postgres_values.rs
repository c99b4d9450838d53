//! Values on the wire to PostgreSQL.

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::error::{Fault, StorageError};
use crate::value::{Row, Value};

type Failure = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    /// Writes a number as wide as the server expects it: it may take a parameter for an `int4` of its own accord.
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Bool(value), &Type::BOOL) => value.to_sql(kind, out),
            (Self::Int(value), &Type::INT8) => value.to_sql(kind, out),
            (Self::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(kind, out),
            (Self::Int(value), &Type::INT2) => i16::try_from(*value)?.to_sql(kind, out),
            (Self::Text(value), &Type::TEXT | &Type::VARCHAR) => value.to_sql(kind, out),
            (Self::Bytes(value), &Type::BYTEA) => value.to_sql(kind, out),
            (value, kind) => Err(format!("a parameter is {value:?}, the statement wants {kind}").into()),
        }
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Takes a row over from the driver.
pub(super) fn read_row(row: &tokio_postgres::Row) -> Result<Row, StorageError> {
    let values = row.columns().iter().enumerate().map(|(index, column)| {
        let value = match *column.type_() {
            Type::BOOL => row.try_get::<_, Option<bool>>(index).map(Value::from),
            Type::INT8 => row.try_get::<_, Option<i64>>(index).map(Value::from),
            Type::INT4 => row.try_get::<_, Option<i32>>(index).map(|number| number.map(i64::from).into()),
            Type::INT2 => row.try_get::<_, Option<i16>>(index).map(|number| number.map(i64::from).into()),
            Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<String>>(index).map(Value::from),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index).map(Value::from),
            ref other => {
                return Err(StorageError::statement(Fault::ColumnType(other.to_string())));
            }
        };
        value.map_err(StorageError::statement)
    });
    values.collect::<Result<_, _>>().map(Row::new)
}

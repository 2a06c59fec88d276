//! Values of fields that the vendor defined, as a caller sends them.

use super::Invalid;
use api::request::{CustomField, FieldValue};

/// Fields of one request.
const MOST: usize = 100;
/// Bytes of one value.
const MOST_BYTES: usize = 4096;

/// The values as they are kept: by id, of several for one field the last.
///
/// # Errors
/// When there are too many or one is too long.
pub fn read(given: &[CustomField]) -> Result<Vec<CustomField>, Invalid> {
    let refuse = |text: String| Err(Invalid::one("custom_fields", "TooLong", text));
    if given.len() > MOST {
        return refuse(format!("Custom fields: at most {MOST} values can be given"));
    }
    let mut kept: Vec<CustomField> = Vec::new();
    for field in given {
        if bytes(field.value.as_ref()) > MOST_BYTES {
            return refuse(format!("Custom fields: a value is above {MOST_BYTES} bytes"));
        }
        kept.retain(|other| other.id != field.id);
        kept.push(field.clone());
    }
    kept.sort_by_key(|field| field.id);
    Ok(kept)
}

/// The values after a change: what is not named stays.
///
/// # Errors
/// As [`read`] has them.
pub fn merge(before: &[CustomField], given: &[CustomField]) -> Result<Vec<CustomField>, Invalid> {
    let all: Vec<CustomField> = before.iter().chain(given).cloned().collect();
    read(&all)
}

fn bytes(value: Option<&FieldValue>) -> usize {
    match value {
        Some(FieldValue::Text(text)) => text.len(),
        Some(FieldValue::Choices(all)) => all.iter().map(|choice| choice.len() + 1).sum(),
        _ => 0,
    }
}

//! The schemas of all types that travel, each as it is read or as it is written.
//!
//! The two differ: a body may leave out what an answer always has. A type that is the same in both
//! stands once; of one that is not, the form that is read has `Input` behind its name.

use super::operation::SchemaOf;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const PLACE: &str = "#/components/schemas/";

/// Both forms.
pub(super) struct Schemas {
    read: SchemaGenerator,
    written: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            read: settings()
                .with_transform(RecursiveTransform(with_example))
                .for_deserialize()
                .into_generator(),
            written: settings().for_serialize().into_generator(),
        }
    }

    /// The schema of a body.
    pub(super) fn read(&mut self, of: SchemaOf) -> Schema {
        of(&mut self.read)
    }

    /// The schema of an answer.
    pub(super) fn written(&mut self, of: SchemaOf) -> Schema {
        of(&mut self.written)
    }

    /// All definitions by name, and the names of those that have two forms: references to these
    /// from bodies are to be led to the other one, by [`lead_to_inputs`].
    pub(super) fn finish(mut self) -> (Map<String, Value>, BTreeSet<String>) {
        let read = self.read.take_definitions(true);
        let mut all = self.written.take_definitions(true);
        // What a caller gets is always there, so a default for its absence would mislead.
        all.values_mut().for_each(without_defaults);
        let mut read: Map<String, Value> = read
            .into_iter()
            .map(|(name, mut schema)| {
                without_defaults(&mut schema);
                (name, schema)
            })
            .collect();
        let twofold = twofold(&read, &all);
        for (name, schema) in &mut read {
            let mut schema = schema.take();
            lead_to_inputs(&mut schema, &twofold);
            let name = if twofold.contains(name) { format!("{name}Input") } else { name.clone() };
            all.insert(name, schema);
        }
        (all, twofold)
    }
}

/// The names under which the two sets have different things, or things that refer to such.
fn twofold(read: &Map<String, Value>, written: &Map<String, Value>) -> BTreeSet<String> {
    let both = read.iter().filter_map(|(name, one)| Some((name, one, written.get(name)?)));
    let both: Vec<(&String, &Value, &Value)> = both.collect();
    let mut found: BTreeSet<String> = both
        .iter()
        .filter(|(_, one, other)| one != other)
        .map(|(name, ..)| (*name).clone())
        .collect();
    loop {
        let before = found.len();
        for (name, one, _) in &both {
            let mut led = (*one).clone();
            lead_to_inputs(&mut led, &found);
            if led != **one {
                found.insert((*name).clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Makes references to twofold types go to the form that is read.
pub(super) fn lead_to_inputs(schema: &mut Value, twofold: &BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str().and_then(|text| text.strip_prefix(PLACE)) {
                    Some(name) if key == "$ref" && twofold.contains(name) => {
                        *value = Value::String(format!("{PLACE}{name}Input"));
                    }
                    _ => lead_to_inputs(value, twofold),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| lead_to_inputs(item, twofold)),
        _ => {}
    }
}

/// Shows how an instant is written, since several ways have that name.
fn with_example(schema: &mut Schema) {
    if schema.get("format").is_some_and(|format| format == "date-time") {
        schema.insert(String::from("examples"), json!(["2026-03-02T08:14:05Z"]));
    }
}

fn without_defaults(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // `properties` may have one that is called so.
            for (key, value) in fields.iter_mut() {
                match (key.as_str(), value) {
                    ("properties", Value::Object(fields)) => {
                        fields.values_mut().for_each(without_defaults);
                    }
                    (_, value) => without_defaults(value),
                }
            }
            fields.remove("default");
        }
        Value::Array(items) => items.iter_mut().for_each(without_defaults),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Schemas, lead_to_inputs};
    use schemars::{JsonSchema, SchemaGenerator};
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Same {
        number: u8,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Inner {
        #[serde(default)]
        default: u8,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Outer {
        inner: Inner,
        same: Same,
    }

    #[test]
    fn what_is_read_otherwise_than_written_has_two_forms_and_so_has_what_holds_it() {
        let mut schemas = Schemas::new();
        schemas.written(SchemaGenerator::subschema_for::<Outer>);
        let mut body = schemas.read(SchemaGenerator::subschema_for::<Outer>).to_value();
        let (all, twofold) = schemas.finish();
        let mut names: Vec<&str> = all.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["Inner", "InnerInput", "Outer", "OuterInput", "Same"]);
        assert_eq!(all["Inner"]["required"], json!(["default"]));
        assert_eq!(all["InnerInput"].get("required"), None);
        let number = json!({"type": "integer", "format": "uint8", "minimum": 0, "maximum": 255});
        assert_eq!(all["InnerInput"]["properties"]["default"], number);
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        assert_eq!(all["OuterInput"]["properties"]["inner"], reference("InnerInput"));
        assert_eq!(all["OuterInput"]["properties"]["same"], reference("Same"));
        lead_to_inputs(&mut body, &twofold);
        assert_eq!(body, reference("OuterInput"));
    }
}

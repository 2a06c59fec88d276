//! Functions that resemble each other stand side by side. A compressor looks back, and what is near costs it
//! less: 2 KB of each part.

use std::{collections::BTreeMap, convert::Infallible, mem};

use anyhow::{Context, Result, anyhow};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How many bytes in a row make two functions alike.
const WINDOW: usize = 4;
/// What stands in more functions than this tells nothing of any.
const COMMON: usize = 300;
/// What the functions before the last one still count, from each to the one before it.
const FADING: f64 = 0.5;
/// Added to a length, so that the shortest are not everybody's neighbours.
const SHORTNESS: f64 = 5.0;

/// A module with its functions in an order that compresses well, and the new number of each by its old one.
pub(super) fn rearranged(module: &[u8]) -> Result<(Vec<u8>, Vec<u32>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = order(&bodies);
    let mut numbers: Vec<u32> = (0..imported).collect();
    numbers.resize(numbers.len() + order.len(), 0);
    for (new, old) in (imported..).zip(&order) {
        let number = numbers.get_mut(imported as usize + old).context("no such function")?;
        *number = new;
    }
    let mut changed = Module::new();
    let mut rearranging = Rearranging { order, numbers };
    rearranging
        .parse_core_module(&mut changed, Parser::new(0), module)
        .map_err(|error| anyhow!("the functions cannot be rearranged: {error}"))?;
    Ok((changed.finish(), rearranging.numbers))
}

struct Rearranging {
    /// The functions of the module itself, each by its old place.
    order: Vec<usize>,
    numbers: Vec<u32>,
}

impl Rearranging {
    fn sorted<T: Clone>(&self, all: &[T]) -> Vec<T> {
        self.order.iter().filter_map(|old| all.get(*old)).cloned().collect()
    }
}

impl Reencode for Rearranging {
    type Error = Infallible;

    fn function_index(&mut self, old: u32) -> Result<u32, Error> {
        Ok(self.numbers.get(old as usize).copied().unwrap_or(old))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for number in self.sorted(&types) {
            functions.function(number);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let bodies: Vec<_> = section.into_iter().collect::<Result<_, _>>()?;
        for body in self.sorted(&bodies) {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}

/// A body while it is looked for its place.
struct Candidate<'a> {
    traits: Vec<&'a [u8]>,
    /// How much it has in common with those that were placed last.
    likeness: f64,
    is_left: bool,
}

/// The places of the bodies, each behind the one that it resembles most of those that are left.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let bodies = bodies.iter().copied();
    let candidate = |body| Candidate { traits: traits(body), likeness: 0.0, is_left: true };
    let mut candidates: Vec<_> = bodies.map(candidate).collect();
    let mut having: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        for it in &candidate.traits {
            having.entry(it).or_default().push(place);
        }
    }
    having.retain(|_, places| places.len() <= COMMON);

    let mut order = Vec::new();
    let mut next = 0;
    while let Some(last) = candidates.get_mut(next) {
        order.push(next);
        last.is_left = false;
        let traits = mem::take(&mut last.traits);
        for it in &mut candidates {
            it.likeness *= FADING;
        }
        for places in traits.iter().filter_map(|it| having.get(it)) {
            let weight = 1.0 / (1.0 + places.len() as f64).log2();
            for place in places {
                if let Some(it) = candidates.get_mut(*place) {
                    it.likeness += weight;
                }
            }
        }
        let score = |it: &Candidate<'_>| {
            it.likeness / (((traits.len() * it.traits.len()) as f64).sqrt() + SHORTNESS)
        };
        let left = candidates.iter().enumerate().rev().filter(|(_, it)| it.is_left);
        let nearest = left.max_by(|(_, one), (_, other)| score(one).total_cmp(&score(other)));
        next = nearest.map_or(candidates.len(), |(place, _)| place);
    }
    order
}

/// Every few bytes in a row that a body has, once.
fn traits(body: &[u8]) -> Vec<&[u8]> {
    let mut traits: Vec<_> = body.windows(WINDOW).collect();
    traits.sort_unstable();
    traits.dedup();
    traits
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, ExportSection, Function, Instruction, TypeSection, ValType};

    /// Three functions that are exported by their names: `one` and `like one`, and `another` between, which calls
    /// the last.
    fn module() -> Vec<u8> {
        let body = |instructions: &[Instruction<'_>]| {
            let mut body = Function::new([]);
            for it in instructions {
                body.instruction(it);
            }
            body.instruction(&Instruction::End);
            body
        };
        let sum = [1_000_000, 2_000_000, 3_000_000].map(Instruction::I32Const);
        let ends = [Instruction::I32Add, Instruction::I32Add];
        let alike =
            |last| [&sum[..], &ends, &[Instruction::I32Const(last), Instruction::I32Mul]].concat();
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        types.ty().function([], [ValType::I32]);
        let bodies = [
            ("one", body(&alike(1))),
            ("another", body(&[Instruction::Call(2)])),
            ("like one", body(&alike(2))),
        ];
        for ((name, body), number) in bodies.iter().zip(0..) {
            functions.function(0);
            exports.export(name, ExportKind::Func, number);
            code.function(body);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn what_is_alike_stands_together_and_everything_is_found_where_it_went() {
        let (changed, numbers) = rearranged(&module()).unwrap();
        assert_eq!(numbers, [0, 2, 1]);
        let (mut exported, mut bodies) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&changed) {
            match payload.unwrap() {
                Payload::ExportSection(exports) => {
                    exported.extend(
                        exports
                            .into_iter()
                            .map(|it| it.unwrap())
                            .map(|it| (it.name.to_owned(), it.index)),
                    );
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                _ => {}
            }
        }
        let expected = [("one", 0), ("another", 2), ("like one", 1)];
        assert_eq!(exported, expected.map(|(name, number)| (name.to_owned(), number)));
        let call_of_the_second = [0, 0x10, 1, 0x0b];
        assert_eq!(bodies[2], call_of_the_second);
        assert_eq!(rearranged(&module()).unwrap().0, changed, "the same each time");
    }

    #[test]
    fn a_module_without_functions_stays_as_it_is() {
        let empty = Module::new().finish();
        assert_eq!(rearranged(&empty).unwrap(), (empty, vec![]));
    }
}

//! As much of the Wasm format as it takes to change names: sections, and in them the lists that we look at.
//! Everything else is passed on as it came.

use anyhow::{Context, Result, bail, ensure};

/// The eight bytes that a module begins with.
const HEAD: usize = 8;

pub(super) const IMPORTS: u8 = 2;
pub(super) const EXPORTS: u8 = 7;

/// A section: what it is, and its content.
pub(super) struct Section {
    pub(super) id: u8,
    pub(super) content: Vec<u8>,
}

/// Takes a module apart.
pub(super) fn read(module: &[u8]) -> Result<Vec<Section>> {
    ensure!(module.starts_with(b"\0asm\x01\0\0\0"), "this is no Wasm of version 1");
    let mut input = Input(module.get(HEAD..).unwrap_or_default());
    let mut sections = Vec::new();
    while !input.0.is_empty() {
        let id = input.byte()?;
        let content = input.sized()?.to_vec();
        sections.push(Section { id, content });
    }
    Ok(sections)
}

/// Puts it together again.
pub(super) fn write(sections: &[Section]) -> Vec<u8> {
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    for section in sections {
        module.push(section.id);
        put_sized(&mut module, &section.content);
    }
    module
}

/// Bytes that are read from the front.
#[derive(Clone, Copy)]
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().context("the Wasm ends too early")?;
        self.0 = rest;
        Ok(*first)
    }

    /// An unsigned number in LEB128.
    pub(super) fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number in the Wasm is too long")
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("the Wasm ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// As many bytes as the number before them says.
    pub(super) fn sized(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    pub(super) fn name(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.sized()?).context("a name in the Wasm is no UTF-8")
    }

    /// What `read` takes from here, as it stands.
    pub(super) fn span(&mut self, read: impl FnOnce(&mut Self) -> Result<()>) -> Result<&'a [u8]> {
        let before = self.0;
        read(self)?;
        Ok(before.get(..before.len() - self.0.len()).unwrap_or_default())
    }

    /// What is imported, behind its names.
    pub(super) fn import(&mut self) -> Result<()> {
        match self.byte()? {
            0 => self.number().map(drop),
            1 => self.byte().and_then(|_| self.limits()),
            2 => self.limits(),
            3 => self.take(2).map(drop),
            4 => self.byte().and_then(|_| self.number()).map(drop),
            kind => bail!("an import is of the unknown kind {kind}"),
        }
    }

    fn limits(&mut self) -> Result<()> {
        let has_end = self.byte()? & 1 == 1;
        self.number()?;
        if has_end {
            self.number()?;
        }
        Ok(())
    }
}

pub(super) fn put_number(output: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return output.push(low);
        }
        output.push(low | 0x80);
    }
}

pub(super) fn put_sized(output: &mut Vec<u8>, bytes: &[u8]) {
    put_number(output, bytes.len());
    output.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for number in [0, 1, 127, 128, 624_485, 4_294_967_295] {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            assert_eq!(Input(&bytes).number().unwrap(), number);
        }
    }

    #[test]
    fn a_module_comes_back() {
        let module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x00\x02\x01a";
        let sections = read(module).unwrap();
        assert_eq!(sections.iter().map(|it| it.id).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(write(&sections), module);
        assert!(read(&module[..12]).is_err());
        assert!(read(b"MZ").is_err());
    }
}

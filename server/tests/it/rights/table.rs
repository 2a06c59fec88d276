//! Reading `table.txt`.

/// The table as it is written.
pub(crate) struct Table {
    pub(crate) people: Vec<&'static str>,
    pub(crate) rows: Vec<Row>,
}

/// One call, and what each person gets from it.
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// Which of the calls that can be made there.
    pub(crate) variant: &'static str,
    pub(crate) cells: Vec<String>,
}

impl Table {
    pub(crate) fn read() -> Self {
        let lines = include_str!("table.txt").lines();
        let mut lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
        let people = cells(lines.next().unwrap()).skip(1).collect();
        let rows = lines.map(Row::read).collect();
        let table = Self { people, rows };
        for row in &table.rows {
            let (has, wants) = (row.cells.len(), table.people.len());
            assert_eq!(has, wants, "{} {} {}", row.method, row.path, row.variant);
        }
        table
    }

    /// A row as it would be written.
    pub(crate) fn line(&self, row: &Row, cells: &[String]) -> String {
        let Row { method, path, variant, .. } = row;
        let call = format!("{method} {path} {variant}");
        let widths = self.people.iter().map(|person| person.len().max(13));
        let cells: Vec<_> =
            cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{call:48} | {}", cells.join(" | "))
    }
}

impl Row {
    fn read(line: &'static str) -> Self {
        let mut all = cells(line);
        let mut call = all.next().unwrap().splitn(3, ' ');
        Self {
            method: call.next().unwrap(),
            path: call.next().unwrap(),
            variant: call.next().unwrap_or(""),
            cells: all.map(str::to_owned).collect(),
        }
    }
}

fn cells(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split('|').map(str::trim)
}

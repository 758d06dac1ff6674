//! The lines of a Markdown source: their numbers, and how deep their beginnings nest.

/// Where lines begin, in octets.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    too_deep: Option<usize>,
}

impl Lines {
    /// Most columns that markers of quotes and lists, and the spaces around them, may take before the text of a line.
    /// Each level of nesting takes one or more, and the work of the parser for a line grows with their number.
    const MOST_COLUMNS: usize = 200;

    pub(super) fn of(source: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(source.match_indices('\n').map(|(at, _)| at + 1));
        let deep = |line: &str| columns_before_text(line.as_bytes()) > Self::MOST_COLUMNS;
        let too_deep = source.split('\n').position(deep).map(|before| before + 1);
        Self { starts, too_deep }
    }

    /// The number of the line of an octet, from 1.
    pub(super) fn number(&self, octet: usize) -> usize {
        self.starts.partition_point(|start| *start <= octet)
    }

    /// The first line that nests deeper than is read.
    pub(super) const fn too_deep(&self) -> Option<usize> {
        self.too_deep
    }
}

/// How many columns a line has before the first character that is no part of a marker.
fn columns_before_text(line: &[u8]) -> usize {
    let (mut at, mut columns) = (0, 0);
    while let Some(octet) = line.get(at) {
        match octet {
            b' ' | b'>' => columns += 1,
            b'\t' => columns += 4,
            b'-' | b'+' | b'*' if ends_marker(line, at + 1) => columns += 1,
            b'0'..=b'9' => {
                let digits = line[at..].iter().take_while(|octet| octet.is_ascii_digit()).count();
                let end = at + digits;
                if !matches!(line.get(end), Some(b'.' | b')')) || !ends_marker(line, end + 1) {
                    return columns;
                }
                (at, columns) = (end, columns + digits + 1);
            }
            _ => return columns,
        }
        at += 1;
    }
    // Nothing but white space or markers to its end; white space alone nests nothing.
    if line.iter().all(u8::is_ascii_whitespace) { 0 } else { columns }
}

/// A marker of a list ends with a space, or with the line.
fn ends_marker(line: &[u8], at: usize) -> bool {
    line.get(at).is_none_or(|octet| matches!(octet, b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_number_and_nests_so_deep() {
        let lines = Lines::of("a\nbc\n\nd");
        assert_eq!([0, 1, 2, 4, 5, 6].map(|octet| lines.number(octet)), [1, 1, 2, 2, 3, 4]);
        for (line, columns) in
            [("text", 0), ("> - 12. text", 8), ("-- a", 0), ("12 a", 0), ("\t- ", 6), ("   ", 0)]
        {
            assert_eq!(columns_before_text(line.as_bytes()), columns, "{line}");
        }
        assert_eq!(Lines::of(&format!("a\n{}", "> ".repeat(101))).too_deep(), Some(2));
        assert_eq!(Lines::of(&"- ".repeat(100)).too_deep(), None);
    }
}

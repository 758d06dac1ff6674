//! A file that is looked into here and there: nothing is allocated by a number that stands in it.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::{MAX_BLOCK_BYTES, broken};

/// A file and how far it has been read.
pub(super) struct Source<R> {
    file: BufReader<R>,
    at: u64,
}

impl<R: Read + Seek> Source<R> {
    /// The file from its beginning.
    pub(super) fn new(mut file: R) -> io::Result<Self> {
        file.rewind()?;
        Ok(Self { file: BufReader::new(file), at: 0 })
    }

    /// The first octets of the file, zeros where it is shorter. Reading goes on from its beginning.
    pub(super) fn peek<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut head = Vec::with_capacity(N);
        self.file.by_ref().take(N as u64).read_to_end(&mut head)?;
        self.go_to(0)?;
        let mut octets = [0; N];
        octets.iter_mut().zip(head).for_each(|(to, from)| *to = from);
        Ok(octets)
    }

    /// How many octets stand before what is read next.
    pub(super) fn position(&self) -> u64 {
        self.at
    }

    /// The next `N` octets.
    pub(super) fn array<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut octets = [0; N];
        self.file.read_exact(&mut octets)?;
        self.at = self.at.saturating_add(N as u64);
        Ok(octets)
    }

    /// The next `N` octets, or `None` where the file ends before them.
    pub(super) fn array_or_end<const N: usize>(&mut self) -> io::Result<Option<[u8; N]>> {
        match self.array() {
            Ok(octets) => Ok(Some(octets)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The next octet.
    pub(super) fn octet(&mut self) -> io::Result<u8> {
        self.array::<1>().map(|[octet]| octet)
    }

    /// The next `len` octets, or `None` where they are more than a block may have; they are passed by then.
    pub(super) fn block(&mut self, len: u64) -> io::Result<Option<Vec<u8>>> {
        if len > MAX_BLOCK_BYTES as u64 {
            return self.skip(len).map(|()| None);
        }
        let mut octets = Vec::new();
        self.file.by_ref().take(len).read_to_end(&mut octets)?;
        if octets.len() as u64 != len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at = self.at.saturating_add(len);
        Ok(Some(octets))
    }

    /// Passes `len` octets, whether or not the file has them.
    pub(super) fn skip(&mut self, len: u64) -> io::Result<()> {
        let by = i64::try_from(len).map_err(|_| broken("a length beyond any file"))?;
        self.at = self.at.checked_add(len).ok_or_else(|| broken("a length beyond any file"))?;
        self.file.seek_relative(by)
    }

    /// Goes on at `position`, counted from the file's beginning.
    pub(super) fn go_to(&mut self, position: u64) -> io::Result<()> {
        self.at = self.file.seek(SeekFrom::Start(position))?;
        Ok(())
    }
}

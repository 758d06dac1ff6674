//! A file on its way in: hashed and written as it arrives, by the hands of the darkroom, so that the thread of a connection
//! does no more than to pass it on.

use std::fs::File;
use std::io::{self, Write as _};

use bytes::{Bytes, BytesMut};
use domain::photo::hash::ContentHash;
use sha2::{Digest as _, Sha256};

use super::darkroom::Darkroom;
use super::unreadable;
use crate::error::Error;
use crate::room::Newsroom;

/// How many octets are written at once: few enough for memory, and enough that handing them over costs nothing.
const PORTION: usize = 256 * 1024;

/// A file of which some has arrived. It has no name on the disk, so that nothing is left of it whatever ends this process.
#[derive(Debug)]
pub struct Intake {
    darkroom: Darkroom,
    written: Written,
    waiting: BytesMut,
}

/// What has been written of it.
#[derive(Debug)]
struct Written {
    file: File,
    hash: Sha256,
}

impl Newsroom {
    /// Begins to take a file in.
    pub fn intake(&self) -> Result<Intake, Error> {
        let file = tempfile::tempfile().map_err(|cause| unreadable(&cause))?;
        Ok(Intake {
            darkroom: self.room().parts.darkroom.clone(),
            written: Written { file, hash: Sha256::new() },
            waiting: BytesMut::new(),
        })
    }
}

impl Intake {
    /// Takes what has arrived.
    pub async fn take(mut self, piece: &[u8]) -> Result<Self, Error> {
        self.waiting.extend_from_slice(piece);
        if self.waiting.len() < PORTION { Ok(self) } else { self.write().await }
    }

    /// The whole file, and what is in it.
    pub async fn finish(self) -> Result<(File, ContentHash), Error> {
        let Written { file, hash } = self.write().await?.written;
        Ok((file, ContentHash::new(hash.finalize().into())))
    }

    async fn write(mut self) -> Result<Self, Error> {
        let (portion, written) = (self.waiting.split().freeze(), self.written);
        let written = self.darkroom.hands().work(move || written.with(&portion)).await?;
        let written = written.map_err(|cause| unreadable(&cause))?;
        Ok(Self { darkroom: self.darkroom, written, waiting: self.waiting })
    }
}

impl Written {
    fn with(mut self, portion: &Bytes) -> io::Result<Self> {
        self.hash.update(portion);
        self.file.write_all(portion)?;
        Ok(self)
    }
}

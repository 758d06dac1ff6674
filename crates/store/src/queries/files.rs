//! The statements of files of photos: needed, claimed, condemned.

use diesel::prelude::*;
use domain::photo::hash::ContentHash;

use super::super::Conn;
use crate::among::among;
use crate::error::Error;
use crate::files::{Files, Terms};
use crate::rows::octets;
use crate::schema::{file_claims, photo_renditions, photos};
use crate::sql::At;

impl Files for Conn {
    fn needed_files(&mut self, hashes: &[ContentHash]) -> Result<Vec<ContentHash>, Error> {
        let asked = keys(hashes);
        let files: Vec<Vec<u8>> = photos::table
            .filter(among(photos::content_hash, &asked))
            .select(photos::content_hash)
            .load(self)?;
        let renditions: Vec<Vec<u8>> = photo_renditions::table
            .filter(among(photo_renditions::content_hash, &asked))
            .select(photo_renditions::content_hash)
            .distinct()
            .load(self)?;
        files.iter().chain(&renditions).map(|hash| Ok(ContentHash::new(octets(hash)?))).collect()
    }

    fn claim_files(&mut self, hashes: &[ContentHash], terms: Terms) -> Result<bool, Error> {
        for hash in keys(hashes) {
            let claimed = insert(self, &hash, false, terms)?
                || diesel::update(file_claims::table.find(&hash))
                    .filter(
                        file_claims::condemned.eq(false).or(file_claims::at.lt(At(terms.condemned_since))),
                    )
                    .set((file_claims::condemned.eq(false), file_claims::at.eq(At(terms.now))))
                    .execute(self)?
                    == 1;
            if !claimed {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn condemn_files(&mut self, hashes: &[ContentHash], terms: Terms) -> Result<Vec<ContentHash>, Error> {
        let needed = keys(&self.needed_files(hashes)?);
        let mut condemned = Vec::new();
        for hash in keys(hashes).into_iter().filter(|hash| !needed.contains(hash)) {
            // The row waits for whoever has it in hand, and only then tells what it says.
            let over = diesel::update(file_claims::table.find(&hash)).filter(
                (file_claims::condemned.eq(false).and(file_claims::at.lt(At(terms.claimed_since))))
                    .or(file_claims::condemned.eq(true).and(file_claims::at.lt(At(terms.condemned_since)))),
            );
            if insert(self, &hash, true, terms)?
                || over
                    .set((file_claims::condemned.eq(true), file_claims::at.eq(At(terms.now))))
                    .execute(self)?
                    == 1
            {
                condemned.push(ContentHash::new(octets(&hash)?));
            }
        }
        Ok(condemned)
    }

    fn removed_files(&mut self, hashes: &[ContentHash]) -> Result<(), Error> {
        let removed = file_claims::table.filter(among(file_claims::content_hash, keys(hashes)));
        diesel::delete(removed.filter(file_claims::condemned.eq(true))).execute(self)?;
        Ok(())
    }

    fn sweep_claims(&mut self, terms: Terms, limit: u16) -> Result<usize, Error> {
        let over: Vec<Vec<u8>> = file_claims::table
            .filter(file_claims::at.lt(At(terms.claimed_since)))
            .order((file_claims::at, file_claims::content_hash))
            .select(file_claims::content_hash)
            .limit(limit.into())
            .load(self)?;
        let over = file_claims::table
            .filter(among(file_claims::content_hash, over))
            .filter(file_claims::at.lt(At(terms.claimed_since)));
        Ok(diesel::delete(over).execute(self)?)
    }
}

/// The hashes as they are stored, each once and in one order, so that two who want the same rows do not wait for each
/// other.
fn keys(hashes: &[ContentHash]) -> Vec<Vec<u8>> {
    let mut keys: Vec<_> = hashes.iter().map(|hash| hash.octets().to_vec()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Says something of a file of which nothing is said; `false` where something is.
fn insert(conn: &mut Conn, hash: &[u8], condemned: bool, terms: Terms) -> Result<bool, Error> {
    let row = (
        file_claims::content_hash.eq(hash),
        file_claims::condemned.eq(condemned),
        file_claims::at.eq(At(terms.now)),
    );
    Ok(diesel::insert_into(file_claims::table).values(row).on_conflict_do_nothing().execute(conn)? == 1)
}

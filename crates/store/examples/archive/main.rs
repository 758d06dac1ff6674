//! Makes a large archive of a small one, for `make bench-scale`: `archive DATABASE_URL DAYS` gives each article as many copies
//! as there are days, each published a day before the last, with a slug of its own and the same text. No server may run on
//! it. The API would write a million articles in an hour; the rows are the same, and `masthead doctor` examines them.

mod copies;
mod postgres;
mod sqlite;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(days)) = (arguments.next(), arguments.next()) else {
        return Err("archive DATABASE_URL DAYS".into());
    };
    // At most 255, since the day of a copy changes one octet of an id.
    let days: u8 = days.parse()?;
    match url.strip_prefix("sqlite:") {
        Some(file) => sqlite::grow(file, days)?,
        None => postgres::grow(&url, days)?,
    }
    Ok(())
}

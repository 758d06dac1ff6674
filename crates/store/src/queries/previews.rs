//! The statements of links that show a working copy.

use diesel::prelude::*;
use domain::id::PreviewTokenId;
use domain::paging::From;
use domain::preview::PreviewToken;
use domain::time::Moment;

use super::super::Conn;
use crate::error::Error;
use crate::previews::{Previewer, Previews};
use crate::rows::previews::PreviewTokenRow;
use crate::schema::preview_tokens;
use crate::sql::{At, Key};

impl Previews for Conn {
    fn add_preview_token(
        &mut self,
        article: &Previewer,
        token: &PreviewToken,
        secret_hash: &[u8; 32],
    ) -> Result<(), Error> {
        let row = PreviewTokenRow::of(article.id, token, secret_hash);
        diesel::insert_into(preview_tokens::table).values(row).execute(self)?;
        Ok(())
    }

    fn preview_tokens(
        &mut self,
        article: &Previewer,
        from: Option<From<PreviewTokenId>>,
        limit: u16,
    ) -> Result<Vec<PreviewToken>, Error> {
        let of_article = preview_tokens::article_id.eq(Key(article.id.uuid()));
        let page = preview_tokens::table.filter(of_article).into_boxed();
        let page = match from {
            None => page.order(preview_tokens::id.desc()),
            Some(From::Behind(id)) => {
                page.filter(preview_tokens::id.lt(Key(id.uuid()))).order(preview_tokens::id.desc())
            }
            Some(From::Before(id)) => {
                page.filter(preview_tokens::id.gt(Key(id.uuid()))).order(preview_tokens::id)
            }
        };
        let rows: Vec<PreviewTokenRow> = page.limit(limit.into()).load(self)?;
        Ok(rows.into_iter().map(PreviewTokenRow::token).collect())
    }

    fn preview_token_of_secret(&mut self, secret_hash: &[u8; 32]) -> Result<Option<PreviewToken>, Error> {
        let row: Option<PreviewTokenRow> = preview_tokens::table
            .filter(preview_tokens::secret_hash.eq(secret_hash.as_slice()))
            .get_result(self)
            .optional()?;
        Ok(row.map(PreviewTokenRow::token))
    }

    fn revoke_preview_token(
        &mut self,
        article: &Previewer,
        id: PreviewTokenId,
        now: Moment,
    ) -> Result<bool, Error> {
        let revoked = diesel::update(preview_tokens::table.find(Key(id.uuid())))
            .filter(preview_tokens::article_id.eq(Key(article.id.uuid())))
            .filter(preview_tokens::revoked_at.is_null())
            .set(preview_tokens::revoked_at.eq(At(now)))
            .execute(self)?;
        Ok(revoked > 0)
    }
}

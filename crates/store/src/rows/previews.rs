//! The rows of links that show a working copy.

use diesel::{Insertable, Queryable};
use domain::id::{ArticleId, PreviewTokenId, UserId};
use domain::preview::PreviewToken;

use crate::schema::preview_tokens;
use crate::sql::{At, Key};

#[derive(Queryable, Insertable)]
#[diesel(table_name = preview_tokens)]
pub(crate) struct PreviewTokenRow {
    id: Key,
    article_id: Key,
    secret_hash: Vec<u8>,
    created_by: Key,
    created_at: At,
    expires_at: At,
    revoked_at: Option<At>,
}

impl PreviewTokenRow {
    pub(crate) fn of(of: ArticleId, token: &PreviewToken, secret_hash: &[u8; 32]) -> Self {
        let PreviewToken { id, article: _, created_by, created_at, expires_at, revoked_at } = token;
        Self {
            id: Key(id.uuid()),
            article_id: Key(of.uuid()),
            secret_hash: secret_hash.to_vec(),
            created_by: Key(created_by.uuid()),
            created_at: At(*created_at),
            expires_at: At(*expires_at),
            revoked_at: revoked_at.map(At),
        }
    }

    pub(crate) fn token(self) -> PreviewToken {
        PreviewToken {
            id: PreviewTokenId::new(self.id.0),
            article: ArticleId::new(self.article_id.0),
            created_by: UserId::new(self.created_by.0),
            created_at: self.created_at.0,
            expires_at: self.expires_at.0,
            revoked_at: self.revoked_at.map(|at| at.0),
        }
    }
}

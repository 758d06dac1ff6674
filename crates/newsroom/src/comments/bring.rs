//! A comment comes in with an edition: judged by the same steps as if its reader had handed it in.

use std::net::IpAddr;

use domain::article::content::reference::Ref;
use domain::id::ArticleId;
use identity::keys::Subkey;
use identity::opaque::{CommentEdit, Secret};

use super::submit::{Submission, Submitted, submit};
use crate::asked::Origin;
use crate::cx::Cx;
use crate::error::Error;
use crate::reader::ReaderCx;

/// Hands a comment in as if it came from `address`. Nobody is told what would let them change it.
pub fn bring(
    cx: &mut Cx<'_>,
    key: &Subkey,
    address: IpAddr,
    article: ArticleId,
    submission: &Submission,
) -> Result<Submitted, Error> {
    let origin = Origin { address, agent: None, request: cx.origin.request };
    let secret = Secret::<CommentEdit>::draw().map_err(|cause| Error::Defect(cause.to_string()))?;
    submit(&mut ReaderCx::within(cx, &origin, key), &Ref::Id(article), submission, secret.hash())
}

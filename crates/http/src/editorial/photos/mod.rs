//! `/v1/editorial/photos`: the picture desk.

mod lists;
mod photo_in;
pub(in crate::editorial) mod photo_out;
mod placing;

use actix_web::web::Data;
use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::patch::PhotoPatch;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::photos::{self, Brought};

use self::photo_out::{BroughtOut, PhotoOut, SheetOut};
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::read::upload::{AnotherFile, NewPhoto, Upload};
use crate::reply::tag_of;
use crate::reply::told::Told;
use crate::reply::wrote::{Changed, Gone, Received, Reply, Wrote};
use crate::settings::Settings;

const ALL: &str = "/v1/editorial/photos";
const ONE: &str = "/v1/editorial/photos/{id}";

pub(super) fn operations(api: &mut Api) {
    lists::operations(api);
    api.post(ALL, "upload_photo", upload)
        .told(
            Tag::Photos,
            "Bring a photo in",
            "A form with the part `file` and, if wanted, the part `photo` that says what a `PATCH` would. The same bytes are the same photo: it is answered with 200, and what was sent along is not heeded but named in `ignored`.",
        )
        .asks(Action::CreatePhotos);
    api.get(ONE, "read_editorial_photo", read)
        .told(
            Tag::Photos,
            "Read a photo",
            "With all that its file says, and where the parts of the file differ.",
        )
        .asks(Action::ReadPhotos);
    api.on(Verb::Patch, ONE, "change_photo", change)
        .told(
            Tag::Photos,
            "Change what is said of a photo",
            "Replaces exactly the members that it names, in every article at once. A caption that ends in a credit is taken without it; the credit counts unless an editor has said another. What would leave a visible article with an error is refused.",
        )
        .asks(Action::EditPhotos)
        .refuses(&[Code::InUse]);
    api.on(Verb::Put, ONE, "replace_photo", replace)
        .told(
            Tag::Photos,
            "Replace the file of a photo",
            "A form with the part `file`. What is said of the photo stays, and so does where it is used.",
        )
        .asks(Action::EditPhotos)
        .refuses(&[Code::InUse]);
    api.on(Verb::Delete, ONE, "delete_photo", delete)
        .told(
            Tag::Photos,
            "Delete a photo",
            "Only one that no article uses; the problem names those that do.",
        )
        .asks(Action::DeletePhotos)
        .refuses(&[Code::InUse]);
    placing::operations(api);
}

async fn upload(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    Upload { asked, incoming, aim: _ }: Upload<NewPhoto>,
) -> Result<Wrote<Received<BroughtOut>>, Problem> {
    let developed = newsroom.develop(&asked, &incoming).await?;
    let (hash, patch): (ContentHash, PhotoPatch) = (incoming.hash, incoming.patch.clone());
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(photos::bring(cx, &hash, developed.as_ref(), &patch)?.map(|brought| {
            let out = |print, ignored| BroughtOut::of(PhotoOut::of(print, &settings, now), ignored);
            match brought {
                Brought::New(print) => {
                    let location = format!("{}{ALL}/{}", settings.public_url, print.photo.id);
                    Reply::received(tag_of(print.photo.version), location, out(print, Vec::new()))
                }
                Brought::There(print, ignored) => {
                    Reply::known(tag_of(print.photo.version), out(print, ignored))
                }
            }
        }))
    });
    Ok(written.await?.into())
}

async fn read(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    id: At<PhotoId>,
) -> Result<Told<SheetOut>, Problem> {
    let id = id.one()?;
    let (sheet, now) =
        newsroom.read(actor, move |tx, actor, now| Ok((photos::read(tx, &actor, id)?, now))).await?;
    let etag = tag_of(sheet.print.photo.version);
    Told::of_version(&etag, SheetOut::of(sheet, &settings, now)).map_err(Problem::from)
}

async fn change(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    IfMatch(seen): IfMatch,
    Write { asked, said }: Write<PhotoPatch>,
    id: At<PhotoId>,
) -> Result<Wrote<Changed<PhotoOut>>, Problem> {
    let id = id.one()?;
    let crops = newsroom.crops(&asked, id, &said).await?;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(photos::edit(cx, id, seen, &said, crops.as_ref())?
            .map(|print| Reply::changed(tag_of(print.photo.version), PhotoOut::of(print, &settings, now))))
    });
    Ok(written.await?.into())
}

async fn replace(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    IfMatch(seen): IfMatch,
    Upload { asked, incoming, aim: _ }: Upload<AnotherFile>,
    id: At<PhotoId>,
) -> Result<Wrote<Changed<PhotoOut>>, Problem> {
    let id = id.one()?;
    let developed = newsroom.develop_for(&asked, id, &incoming).await?;
    let hash = incoming.hash;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(photos::replace(cx, id, seen, &hash, developed.as_ref())?
            .map(|print| Reply::changed(tag_of(print.photo.version), PhotoOut::of(print, &settings, now))))
    });
    Ok(written.await?.into())
}

async fn delete(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: () }: Write<()>,
    id: At<PhotoId>,
) -> Result<Wrote<Gone>, Problem> {
    let id = id.one()?;
    let written = newsroom.write(asked, move |cx| Ok(photos::delete(cx, id, seen)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}

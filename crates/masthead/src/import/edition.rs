//! Takes over an edition, file by file and step by step, as an editor's client would.

use std::collections::BTreeMap;

use domain::site::Site;
use domain::version::Seen;
use domain::violation::Fault;
use http::editorial::edition as read;
use identity::keys::Subkey;
use newsroom::articles::{self, WorkingCopy};
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;
use newsroom::fronts;
use newsroom::references::{contributors, sections, tags};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::discussion::{Discussion, Readers};
use super::filled::{Known, fill};
use super::pictures::Picture;
use super::report::{Report, Told};

/// An edition as its files hold it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edition {
    /// Its name, under which the site knows that it has it.
    pub(super) name: &'static str,
    /// A list of bodies of `POST /v1/editorial/sections`, parents before children.
    pub(super) sections: &'static str,
    /// A list of bodies of `POST /v1/editorial/tags`.
    pub(super) tags: &'static str,
    /// A list of bodies of `POST /v1/editorial/contributors`.
    pub(super) contributors: &'static str,
    /// A list of what is brought in of `pictures`; see [`super::pictures`].
    pub(super) photos: &'static str,
    /// Pictures with the names of their files.
    pub(super) pictures: &'static [(&'static str, &'static [u8])],
    /// Articles with the names of their files, in the order in which they may refer to each other.
    pub(super) articles: &'static [(&'static str, &'static str)],
    /// A list of bodies of `POST /v1/editorial/fronts`, which name those articles by slug.
    pub(super) fronts: &'static str,
    /// A list of what is said below them; see [`super::discussion`].
    pub(super) comments: &'static str,
}

/// An edition on its way into a site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Import<'a> {
    pub(super) edition: Edition,
    pub(super) site: &'a Site,
    /// Its pictures, developed.
    pub(super) pictures: &'a [Picture],
    /// The key by whose hashes commenters are found again.
    pub(super) comment_key: &'a Subkey,
}

impl Import<'_> {
    /// Makes all of it. Each use case decides whether the actor may, and records what was done.
    pub(super) fn run(&self, cx: &mut Cx<'_>) -> Result<Report, Error> {
        let mut report = Report::default();
        let Edition { sections: in_sections, tags: in_tags, contributors: in_contributors, .. } =
            self.edition;
        report.sections = each("sections.json", in_sections, |body| {
            sections::create(cx, &read::section(body)?).map(|_| ())
        })?;
        report.tags = each("tags.json", in_tags, |body| tags::create(cx, &read::tag(body)?).map(|_| ()))?;
        report.contributors = each("contributors.json", in_contributors, |body| {
            contributors::create(cx, &read::contributor(body)?).map(|_| ())
        })?;
        let mut known = Known::default();
        for picture in self.pictures {
            let brought = picture.bring(cx).map_err(|error| in_file(picture.file, error))?;
            known.photos.insert(picture.file.to_owned(), brought);
        }
        report.photos = known.photos.len();
        for (file, text) in self.edition.articles {
            let copy = self.article(cx, text, &known).map_err(|error| in_file(file, error))?;
            let slug = copy.revision.content.slug.to_string();
            let state = copy.article.publication_state(cx.now);
            report.articles.push(Told {
                slug: slug.clone(),
                state: state.map_or("draft", |state| state.name()).to_owned(),
            });
            known.articles.insert(slug, copy.article.id);
        }
        report.fronts = each("fronts.json", self.edition.fronts, |body| {
            fronts::create(cx, &read::front(body)?).map(|_| ())
        })?;
        report.comments = self.comments(cx, &known).map_err(|error| in_file("comments.json", error))?;
        Ok(report)
    }

    /// Brings in what is said below the articles, and tells how much that was.
    fn comments(&self, cx: &mut Cx<'_>, known: &Known) -> Result<u32, Error> {
        let mut discussions: Value = parse(self.edition.comments)?;
        fill(&mut discussions, known, cx.now).map_err(Error::Defect)?;
        let discussions: Vec<Discussion> =
            serde_json::from_value(discussions).map_err(|cause| Error::Defect(cause.to_string()))?;
        let mut readers = Readers { key: self.comment_key, heard: 0 };
        discussions.into_iter().try_for_each(|discussion| readers.hear(cx, discussion))?;
        Ok(readers.heard)
    }

    fn article(&self, cx: &mut Cx<'_>, text: &str, known: &Known) -> Result<WorkingCopy, Error> {
        let mut envelope: Value = parse(text)?;
        fill(&mut envelope, known, cx.now).map_err(Error::Defect)?;
        let (patch, note) = read::article(envelope["article"].take())?;
        let mut copy = articles::create(cx, &patch, note)?.into_inner();
        let steps: Vec<BTreeMap<String, Value>> = serde_json::from_value(envelope["then"].take())
            .map_err(|cause| Error::Defect(cause.to_string()))?;
        for (action, body) in steps.into_iter().flatten() {
            copy = self.step(cx, &copy, &action, body)?;
        }
        Ok(copy)
    }

    /// Does what one step says with an article that was seen as `copy`.
    fn step(
        &self,
        cx: &mut Cx<'_>,
        copy: &WorkingCopy,
        action: &str,
        body: Value,
    ) -> Result<WorkingCopy, Error> {
        let (id, seen) = (copy.article.id, Seen::Version(copy.article.version));
        let done = match action {
            "submit" => articles::submit(cx, id, seen, read::note(body)?.as_ref()),
            "approve" => articles::approve(cx, id, seen, read::note(body)?.as_ref()),
            "publish" => {
                let (order, correction) = read::publish(body)?;
                articles::publish(cx, self.site, id, seen, order, correction.as_ref())
            }
            "withdraw" => articles::withdraw(cx, id, seen, &read::withdraw(body)?),
            "correct" => {
                let posted = articles::correct(cx, id, seen, &read::correction(body)?, None)?;
                Ok(posted.map(|(copy, _)| copy))
            }
            "edit" => {
                let (patch, note) = read::article(body)?;
                articles::edit(cx, id, seen, &patch, note)
            }
            unknown => Err(Error::Defect(format!("there is no step {unknown}"))),
        };
        done.map(Recorded::into_inner)
    }
}

/// Makes what each body of a list says, and tells how many there were.
fn each(file: &str, text: &str, mut make: impl FnMut(Value) -> Result<(), Error>) -> Result<usize, Error> {
    let bodies: Vec<Value> = parse(text).map_err(|error| in_file(file, error))?;
    let count = bodies.len();
    bodies.into_iter().try_for_each(&mut make).map_err(|error| in_file(file, error))?;
    Ok(count)
}

pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|cause| Error::Defect(cause.to_string()))
}

/// An edition that the newsroom refuses is a defect of the edition, told with its file and every fault.
pub(super) fn in_file(file: &str, error: Error) -> Error {
    let detail = match error {
        Error::Invalid(faults) => {
            let told = |Fault { place, violation }: Fault| format!("{place:?}: {}", violation.detail);
            faults.into_iter().map(told).collect::<Vec<_>>().join("; ")
        }
        Error::NotPublishable(checks) => format!("not publishable: {checks:?}"),
        Error::Conflict(conflict) => conflict.to_string(),
        Error::Defect(detail)
        | Error::NoPicture(detail)
        | Error::TooLargePicture(detail)
        | Error::UnreadablePicture(detail) => detail,
        Error::SlugTaken | Error::NotFound | Error::Stale(_) => error.to_string(),
        other => return other,
    };
    Error::Defect(format!("{file}: {detail}"))
}

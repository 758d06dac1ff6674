//! The first articles of an archive, which its writers publish through the API.

use std::cell::RefCell;
use std::io;
use std::ops::Range;
use std::rc::Rc;

use tokio::task::{JoinSet, LocalSet};

use crate::connection::{Answer, Connection, request};
use crate::load::Target;
use crate::node::refused;
use crate::scale::words::Draw;

/// How many sections the site has.
const SECTIONS: u32 = 50;

/// How many tags it has.
pub const TAGS: u32 = 20_000;

/// How many tags an article has at most.
const TAGS_OF_AN_ARTICLE: usize = 3;

/// Paragraphs of a body, and words of each.
const PARAGRAPHS: usize = 9;
const WORDS_OF_A_PARAGRAPH: usize = 50;

/// How many write at a time.
const WRITERS: usize = 64;

/// Makes sections and tags, and publishes so many articles.
pub async fn fill(target: &Target, articles: u32) -> io::Result<()> {
    all(target, 0..SECTIONS, |n| {
        let body = format!(r#"{{"name":"Section {n}","slug":"{}"}}"#, section(n));
        Write::Make("/v1/editorial/sections", body)
    })
    .await?;
    all(target, 0..TAGS, |n| {
        let body = format!(r#"{{"name":"Tag {n}","slug":"{}","kind":"topic"}}"#, tag(n));
        Write::Make("/v1/editorial/tags", body)
    })
    .await?;
    all(target, 0..articles, |n| Write::Publish(begin(n, &format!("story-{n}")))).await
}

/// What a writer does.
enum Write {
    /// Posts this there.
    Make(&'static str, String),
    /// Begins this article and publishes it.
    Publish(String),
}

/// The slug of a section.
pub fn section(n: u32) -> String {
    format!("section-{}", n % SECTIONS)
}

/// The slug of a tag. The lower its number, the more articles have it.
pub fn tag(n: u32) -> String {
    format!("tag-{n}")
}

/// The body of a `POST` that begins the `n`th article with a slug.
pub fn begin(n: u32, slug: &str) -> String {
    let mut draw = Draw::of(u64::from(n) + 1);
    let mut tags: Vec<_> = (0..TAGS_OF_AN_ARTICLE).map(|_| draw.rank(TAGS)).collect();
    tags.sort_unstable();
    tags.dedup();
    let tags: Vec<_> = tags.into_iter().map(|n| format!(r#""{}""#, tag(n))).collect();
    let paragraph = |draw: &mut Draw| {
        format!(r#"{{"type":"paragraph","content":[{{"text":"{}"}}]}}"#, draw.text(WORDS_OF_A_PARAGRAPH))
    };
    let (headline, standfirst) = (draw.text(8), draw.text(20));
    let body: Vec<_> = (0..PARAGRAPHS).map(|_| paragraph(&mut draw)).collect();
    format!(
        r#"{{"headline":"{headline}","standfirst":[{{"text":"{standfirst}"}}],"slug":"{slug}","section":"{}","tags":[{}],"no_byline":true,"body":[{}]}}"#,
        section(n),
        tags.join(","),
        body.join(",")
    )
}

/// Begins an article and publishes it.
pub async fn publish(connection: &mut Connection, token: &str, begin: &str) -> io::Result<()> {
    let begun = send(connection, token, "/v1/editorial/articles", None, begin).await?;
    let path = begun.location.clone().ok_or_else(|| refused(&begun))?;
    send(connection, token, &format!("{path}/publish"), Some("*"), "{}").await.map(|_| ())
}

async fn send(
    connection: &mut Connection,
    token: &str,
    path: &str,
    seen: Option<&str>,
    body: &str,
) -> io::Result<Answer> {
    let answer = connection.exchange(&request("POST", path, Some(token), seen, body)).await?;
    if (200..300).contains(&answer.status) { Ok(answer) } else { Err(refused(&answer)) }
}

/// Does what is to be done for each number, several at a time.
async fn all(
    target: &Target,
    numbers: Range<u32>,
    write: impl Fn(u32) -> Write + Copy + 'static,
) -> io::Result<()> {
    let left = Rc::new(RefCell::new(numbers));
    let (set, mut tasks) = (LocalSet::new(), JoinSet::new());
    set.run_until(async {
        for _ in 0..WRITERS {
            let (left, target) = (Rc::clone(&left), target.clone());
            tasks.spawn_local(async move {
                let mut connection = Connection::open(target.address).await?;
                let next = || left.borrow_mut().next();
                while let Some(n) = next() {
                    match write(n) {
                        Write::Publish(begin) => publish(&mut connection, &target.token, &begin).await?,
                        Write::Make(path, body) => {
                            send(&mut connection, &target.token, path, None, &body).await.map(drop)?;
                        }
                    }
                }
                Ok::<_, io::Error>(())
            });
        }
        while let Some(ended) = tasks.join_next().await {
            ended.map_err(io::Error::other)??;
        }
        Ok(())
    })
    .await
}

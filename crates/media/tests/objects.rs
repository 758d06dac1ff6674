//! Bytes that are kept, found, cut, listed and taken away: in files, and in a bucket of a server that speaks S3 on a
//! socket of this machine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::net::SocketAddr;
use std::path::Path;

use bytes::Bytes;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use futures_util::TryStreamExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use media::objects::{Account, Addressing, Found, Key, Location, ObjectError, Objects};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

/// Serves the directories under `root` as buckets, to who has the key.
async fn serve(root: &Path) -> SocketAddr {
    let mut service = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    service.set_auth(SimpleAuth::from_single("desk", "very secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let connections = Builder::new(TokioExecutor::new());
                drop(connections.serve_connection(TokioIo::new(socket), service).await);
            });
        }
    });
    address
}

/// An S3 without a bucket, whatever is asked of it. (The other makes one where there is none.)
async fn serve_no_bucket() -> SocketAddr {
    const TOLD: &str = "<Error><Code>NoSuchBucket</Code></Error>";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        // Kept, so that no answer is lost because its question was not read to the end.
        let mut sockets = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            socket.readable().await.unwrap();
            let head = "HTTP/1.1 404 Not Found\r\ncontent-type: application/xml\r\nconnection: close";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{TOLD}", TOLD.len());
            socket.try_write(answer.as_bytes()).unwrap();
            sockets.push(socket);
        }
    });
    address
}

fn account(address: SocketAddr, secret: &str) -> Account {
    Account {
        region: "us-east-1".to_owned(),
        endpoint: Some(format!("http://{address}")),
        access_key_id: "desk".to_owned(),
        secret_access_key: secret.to_owned(),
        addressing: Addressing::Path,
    }
}

fn original(bytes: &[u8]) -> Key {
    Key::Original(ContentHash::of(bytes))
}

async fn whole(found: Found) -> Vec<u8> {
    found.pieces.try_collect::<Vec<Bytes>>().await.unwrap().concat()
}

/// What holds wherever bytes lie.
async fn they_keep_what_they_are_given(objects: &Objects) {
    let photo = Bytes::from_static(b"0123456789");
    let key = original(&photo);
    assert!(matches!(objects.octets(&key).await, Err(ObjectError::Missing)));
    assert!(matches!(objects.get(&key, None).await, Err(ObjectError::Missing)));
    assert!(matches!(objects.get(&key, Some(0..1)).await, Err(ObjectError::Missing)));
    assert!(matches!(objects.read(&key, 100).await, Err(ObjectError::Missing)));
    objects.delete(&key).await.unwrap();

    objects.put(&key, photo.clone()).await.unwrap();
    objects.put(&key, photo.clone()).await.unwrap();
    assert_eq!(objects.octets(&key).await.unwrap(), 10);
    assert_eq!(objects.read(&key, 10).await.unwrap(), photo);
    assert!(matches!(objects.read(&key, 9).await, Err(ObjectError::TooLong { octets: 10, most: 9 })));

    let found = objects.get(&key, None).await.unwrap();
    assert_eq!((found.octets, found.range.clone()), (10, 0..10));
    assert_eq!(whole(found).await, b"0123456789");
    for (asked, range, bytes) in
        [(0..4, 0..4, &b"0123"[..]), (8..100, 8..10, b"89"), (9..u64::MAX, 9..10, b"9")]
    {
        let found = objects.get(&key, Some(asked)).await.unwrap();
        assert_eq!((found.octets, found.range.clone()), (10, range));
        assert_eq!(whole(found).await, bytes);
    }
    #[expect(clippy::reversed_empty_ranges, reason = "somebody may ask for one")]
    for asked in [10..11, 5..5, 6..5, u64::MAX..u64::MAX] {
        assert!(matches!(objects.get(&key, Some(asked)).await, Err(ObjectError::Range { octets: 10 })));
    }

    let empty = Key::Rendition(ContentHash::of(b""), Variant::SquareWebp);
    objects.put(&empty, Bytes::new()).await.unwrap();
    assert_eq!(objects.read(&empty, 0).await.unwrap(), Bytes::new());
    assert!(matches!(objects.get(&empty, Some(0..1)).await, Err(ObjectError::Range { octets: 0 })));

    let mut lying: Vec<_> = objects.all().try_collect().await.unwrap();
    lying.sort_by_key(|object| object.octets);
    let told: Vec<_> = lying.iter().map(|object| (object.key.clone(), object.octets)).collect();
    assert_eq!(told, [(Ok(empty), 0), (Ok(key), 10)]);

    objects.delete(&key).await.unwrap();
    objects.delete(&empty).await.unwrap();
    assert_eq!(objects.all().try_collect::<Vec<_>>().await.unwrap(), []);
}

#[tokio::test]
async fn files_keep_what_they_are_given() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path().join("not/there/yet");
    let objects = Objects::open(&Location::Files(place.clone()), None).unwrap();
    they_keep_what_they_are_given(&objects).await;
    std::fs::write(place.join("readme.txt"), "ours").unwrap();
    let lying: Vec<_> = objects.all().try_collect().await.unwrap();
    assert_eq!(lying[0].key, Err("readme.txt".to_owned()));
    assert_eq!(std::fs::read_dir(place).unwrap().count(), 1, "an empty directory is left");
}

#[tokio::test]
async fn a_bucket_keeps_what_it_is_given() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("photos")).unwrap();
    let account = account(serve(directory.path()).await, "very secret");
    for place in ["s3://photos", "s3://photos/site/a"] {
        let objects = Objects::open(&Location::parse(place).unwrap(), Some(&account)).unwrap();
        they_keep_what_they_are_given(&objects).await;
    }
}

#[tokio::test]
async fn a_bucket_of_somebody_else_is_a_failure_and_not_missing_bytes() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("photos")).unwrap();
    let place = Location::parse("s3://photos").unwrap();
    let wrong = account(serve(directory.path()).await, "wrong secret");
    let objects = Objects::open(&place, Some(&wrong)).unwrap();
    let key = original(b"x");
    assert!(matches!(objects.put(&key, Bytes::from_static(b"x")).await, Err(ObjectError::Store(_))));
    assert!(matches!(objects.read(&key, 1).await, Err(ObjectError::Store(_))));
    assert!(matches!(Objects::open(&place, None), Err(ObjectError::NoAccount)));
    assert!(!format!("{wrong:?}").contains("secret"));
}

#[tokio::test]
async fn a_bucket_that_there_is_not_is_a_failure_to_whoever_writes() {
    let account = account(serve_no_bucket().await, "very secret");
    let objects = Objects::open(&Location::parse("s3://photos").unwrap(), Some(&account)).unwrap();
    let put = objects.put(&original(b"x"), Bytes::from_static(b"x")).await;
    assert!(matches!(put, Err(ObjectError::Store(_))), "{put:?}");
}

/// A write that is stopped in the middle leaves nothing under the key.
#[tokio::test]
async fn there_is_never_a_part_of_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let objects = Objects::open(&Location::Files(directory.path().to_owned()), None).unwrap();
    let photo = Bytes::from(vec![7; 4 * 1024 * 1024]);
    let key = original(&photo);
    let writing = tokio::spawn({
        let (objects, photo) = (objects.clone(), photo.clone());
        async move { objects.put(&key, photo).await }
    });
    while !writing.is_finished() {
        match objects.read(&key, u64::MAX).await {
            Ok(read) => assert_eq!(read.len(), photo.len()),
            Err(error) => assert!(matches!(error, ObjectError::Missing), "{error}"),
        }
    }
    writing.await.unwrap().unwrap();
    assert_eq!(objects.read(&key, u64::MAX).await.unwrap(), photo);
}

/// A power failure in the middle of a write leaves a file that is no photo and that no list tells of.
#[tokio::test]
async fn what_a_write_left_that_was_cut_off_is_forgotten_in_time() {
    let directory = tempfile::tempdir().unwrap();
    let objects = Objects::open(&Location::Files(directory.path().to_owned()), None).unwrap();
    let key = original(b"whole");
    objects.put(&key, Bytes::from_static(b"whole")).await.unwrap();
    let hash = ContentHash::of(b"cut off").to_string();
    let place = directory.path().join("originals").join(&hash[..2]);
    std::fs::create_dir_all(&place).unwrap();
    let (begun, not_ours) = (place.join(format!("{hash}#1")), directory.path().join("readme#1"));
    std::fs::write(&begun, b"cut").unwrap();
    std::fs::write(&not_ours, b"ours").unwrap();
    let lying: Vec<_> = objects.all().try_collect().await.unwrap();
    let (now, minute) = (lying[0].written_at, chrono::TimeDelta::minutes(1));
    assert_eq!(objects.forget_unfinished(now - minute).await.unwrap(), 0);
    assert_eq!(objects.forget_unfinished(now + minute).await.unwrap(), 1);
    assert!(!place.exists() && not_ours.exists());
    assert_eq!(objects.read(&key, 5).await.unwrap(), "whole");
}

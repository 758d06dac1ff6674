//! Where the bytes of photos lie, as the settings say it.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;
use url::Url;

/// A place for objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `file:media`, `file:/var/lib/masthead/media`: a directory of this machine, or one that all nodes share.
    Files(PathBuf),
    /// `s3://bucket/prefix`: a bucket of anything that speaks S3.
    Bucket {
        /// The bucket.
        name: String,
        /// What stands before every key; empty for nothing.
        prefix: String,
    },
}

/// A setting that names no place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LocationFault {
    /// It is neither form.
    #[error("must be file:DIRECTORY or s3://BUCKET/PREFIX")]
    Form,
    /// It names no directory or bucket.
    #[error("names no directory or bucket")]
    Nowhere,
    /// Keys of an account belong into settings of their own, which are masked where settings are shown.
    #[error("must hold no user, password, query or fragment: keys have settings of their own")]
    Secrets,
}

impl Location {
    /// Parses the setting.
    pub fn parse(raw: &str) -> Result<Self, LocationFault> {
        if let Some(path) = raw.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let path = PathBuf::from(path);
            return if path.as_os_str().is_empty() {
                Err(LocationFault::Nowhere)
            } else {
                Ok(Self::Files(path))
            };
        }
        let url = Url::parse(raw).map_err(|_| LocationFault::Form)?;
        if url.scheme() != "s3" {
            return Err(LocationFault::Form);
        }
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        if !plain || url.query().is_some() || url.fragment().is_some() {
            return Err(LocationFault::Secrets);
        }
        let name = url.host_str().filter(|name| !name.is_empty()).ok_or(LocationFault::Nowhere)?;
        Ok(Self::Bucket { name: name.to_owned(), prefix: url.path().trim_matches('/').to_owned() })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(path) => write!(f, "file:{}", path.display()),
            Self::Bucket { name, prefix } if prefix.is_empty() => write!(f, "s3://{name}"),
            Self::Bucket { name, prefix } => write!(f, "s3://{name}/{prefix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_directory_or_a_bucket() {
        assert_eq!(Location::parse("file:media"), Ok(Location::Files("media".into())));
        assert_eq!(Location::parse("file:///var/media"), Ok(Location::Files("/var/media".into())));
        let bucket =
            |prefix: &str| Ok(Location::Bucket { name: "photos".to_owned(), prefix: prefix.to_owned() });
        assert_eq!(Location::parse("s3://photos"), bucket(""));
        assert_eq!(Location::parse("s3://photos/site/a/"), bucket("site/a"));
        for (raw, fault) in [
            ("media", LocationFault::Form),
            ("https://photos", LocationFault::Form),
            ("file:", LocationFault::Nowhere),
            ("s3:///prefix", LocationFault::Nowhere),
            ("s3://key:secret@photos/site", LocationFault::Secrets),
            ("s3://photos/site?region=eu", LocationFault::Secrets),
        ] {
            assert_eq!(Location::parse(raw), Err(fault), "{raw}");
        }
    }

    #[test]
    fn a_place_is_told_as_it_was_said() {
        for raw in ["file:media", "s3://photos", "s3://photos/site/a"] {
            assert_eq!(Location::parse(raw).unwrap().to_string(), raw);
        }
    }
}

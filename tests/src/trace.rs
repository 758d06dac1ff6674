//! Holds that a refused request left nothing (abuse.md, G3), as far as it can be read over HTTP.

use crate::site::Site;

/// What an admin can list, and what readers can.
const LISTS: [&str; 5] = [
    "/v1/editorial/articles?limit=100&count=exact",
    "/v1/editorial/sections",
    "/v1/articles?limit=100&count=exact",
    "/v1/sections",
    "/v1/tags?limit=100",
];

impl Site {
    /// Runs `refused` and asserts that nothing that can be listed has changed, nor any of `resources` (paths of the
    /// editorial API) with its `ETag`.
    #[track_caller]
    pub fn unmoved_by<T>(&self, resources: &[&str], refused: impl FnOnce() -> T) -> T {
        let before = self.everything(resources);
        let result = refused();
        let after = self.everything(resources);
        for (old, new) in before.iter().zip(&after) {
            assert_eq!(old, new, "a refused request has left something");
        }
        result
    }

    #[track_caller]
    fn everything(&self, resources: &[&str]) -> Vec<(String, Option<String>, String)> {
        let admin = self.admin();
        LISTS
            .iter()
            .chain(resources)
            .map(|path| {
                let answer = admin.get(path).ok();
                let etag = answer.find_header("etag").map(str::to_owned);
                ((*path).to_owned(), etag, String::from_utf8_lossy(&answer.body).into_owned())
            })
            .collect()
    }
}

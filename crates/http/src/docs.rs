//! `/docs`: the reference of the API, to be read and tried in a browser. It needs nothing from the internet, and its page
//! may load nothing but its own parts (abuse OUT-09).

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Value, json};
use utoipa_swagger_ui::{Config, serve};

use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::query::Asked;
use crate::reply::fixed::{Fixed, Kind};

/// What the page and its parts may do: load what this server gives, show pictures that stand in the style sheet, and
/// ask this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page: its script and its style are files of their own, so that nothing on it runs that stands in it.
const PAGE: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Masthead API</title>
<link rel=\"stylesheet\" href=\"/docs/swagger-ui.css\">
</head>
<body>
<div id=\"reference\"></div>
<noscript>This page needs a script of this server. The contract itself is at <a href=\"/openapi.json\">/openapi.json</a>.</noscript>
<script src=\"/docs/swagger-ui-bundle.js\"></script>
<script src=\"/docs/start.js\"></script>
</body>
</html>
";

/// What starts the reference.
const START: &str = "'use strict';
window.reference = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayOperationId: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
  withCredentials: false,
});
";

pub(crate) fn operations(api: &mut Api) {
    api.get("/docs", "read_reference", page).told(
        Tag::Site,
        "Read and try the API in a browser",
        "An interactive reference of this document, without anything from the internet.",
    );
    api.get("/docs/swagger-ui.css", "read_reference_style", style)
        .told(Tag::Site, "The style of the reference", "A part of the page.")
        .unlisted();
    api.get("/docs/swagger-ui-bundle.js", "read_reference_script", bundle)
        .told(Tag::Site, "The script of the reference", "A part of the page.")
        .unlisted();
    api.get("/docs/start.js", "read_reference_start", start)
        .told(Tag::Site, "What starts the reference", "A part of the page.")
        .unlisted();
}

/// The page.
enum Page {}

impl Kind for Page {
    const MEDIA_TYPE: &'static str = "text/html; charset=utf-8";
    const CACHE: &'static str = "public, max-age=300";
    const POLICY: &'static str = POLICY;

    fn schema() -> Value {
        json!({"type": "string", "example": "<!doctype html>"})
    }
}

/// A script of the page.
enum Script {}

impl Kind for Script {
    const MEDIA_TYPE: &'static str = "text/javascript; charset=utf-8";
    const CACHE: &'static str = "public, max-age=300";

    fn schema() -> Value {
        json!({"type": "string"})
    }
}

/// The style of the page.
enum Style {}

impl Kind for Style {
    const MEDIA_TYPE: &'static str = "text/css; charset=utf-8";
    const CACHE: &'static str = "public, max-age=300";

    fn schema() -> Value {
        json!({"type": "string"})
    }
}

async fn page(_: Asked<()>) -> Fixed<Page> {
    Fixed::new(PAGE.as_bytes())
}

async fn start(_: Asked<()>) -> Fixed<Script> {
    Fixed::new(START.as_bytes())
}

async fn bundle(_: Asked<()>) -> Result<Fixed<Script>, Problem> {
    Ok(Fixed::new(part("swagger-ui-bundle.js")?))
}

async fn style(_: Asked<()>) -> Result<Fixed<Style>, Problem> {
    Ok(Fixed::new(part("swagger-ui.css")?))
}

/// A file of the vendored Swagger UI.
fn part(name: &str) -> Result<Cow<'static, [u8]>, Problem> {
    match serve(name, Arc::new(Config::default())) {
        Ok(Some(file)) => Ok(file.bytes),
        Ok(None) | Err(_) => Err(Problem::new(Code::NotFound)),
    }
}

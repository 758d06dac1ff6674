//! Actix: routes, extractors, DTOs, problem+json, OpenAPI.

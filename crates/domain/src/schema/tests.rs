//! That what types say about themselves is whole, and true of their own examples.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use utoipa::openapi::{Components, OpenApiBuilder};

use super::*;
use crate::account::InvitationState;
use crate::article::aggregate::{InternalNote, Writers};
use crate::article::checks::{CheckCode, Severity};
use crate::article::conflict::Conflict;
use crate::article::content::reference::Ref;
use crate::article::content::{Content, HeadlineVariants, dateline::Dateline};
use crate::article::correction::{CorrectionKind, CorrectionText};
use crate::article::embargo::Embargo;
use crate::article::publication::{ChangeKind, PublicationState};
use crate::article::revision::{RevisionNote, RevisionNumber};
use crate::article::stage::Stage;
use crate::article::withdrawal::Withdrawal;
use crate::audit::AuditAction;
use crate::block::photo::PhotoUse;
use crate::block::{Block, NewBlock};
use crate::contributor::{
    ContactNotes, ContributorBio, ContributorKind, ContributorName, ContributorTitle, ProfileLinks,
};
use crate::event::EventKind;
use crate::id::{AuditId, ContributorId, CorrectionId, InvitationId, SessionId, TagId, UserId};
use crate::policy::Action;
use crate::section::{SectionDescription, SectionName};
use crate::site::time_zone::TimeZone;
use crate::site::{ArticleUrl, SiteName};
use crate::span::Spans;
use crate::surrogate_key::SurrogateKey;
use crate::tag::{SameAs, TagDescription, TagKind, TagName};
use crate::thing::ThingKind;
use crate::time::Moment;
use crate::user::{Email, PersonName, Role};
use crate::version::Version;
use crate::violation::Rule;

/// Names with their schemas.
struct Document(Value);

macro_rules! roots {
    ($($type:ty),+ $(,)?) => {{
        let mut found = Schemas::new();
        $(add::<$type>(&mut found);)+
        found
    }};
}

/// Everything that a request or an answer may hold, with all that it refers to.
fn all() -> Schemas {
    roots!(
        Content,
        NewBlock,
        Block,
        HeadlineVariants,
        Dateline,
        PhotoUse,
        Embargo,
        Withdrawal,
        CorrectionKind,
        CorrectionText,
        CorrectionId,
        InternalNote,
        Writers,
        CheckCode,
        Severity,
        Conflict,
        Ref<TagId>,
        Ref<ContributorId>,
        ChangeKind,
        PublicationState,
        RevisionNote,
        RevisionNumber,
        Stage,
        AuditAction,
        AuditId,
        ContactNotes,
        ContributorBio,
        ContributorKind,
        ContributorName,
        ContributorTitle,
        ProfileLinks,
        EventKind,
        InvitationId,
        InvitationState,
        SessionId,
        UserId,
        Action,
        SectionDescription,
        SectionName,
        ArticleUrl,
        SiteName,
        TimeZone,
        SurrogateKey,
        SameAs,
        TagDescription,
        TagKind,
        TagName,
        ThingKind,
        Moment,
        Email,
        PersonName,
        Role,
        Version,
        Rule,
    )
}

impl Document {
    fn whole() -> Self {
        let components = all().into_iter().fold(Components::new(), |mut components, (name, schema)| {
            components.schemas.insert(name, schema);
            components
        });
        let document = OpenApiBuilder::new().components(Some(components)).build();
        Self(serde_json::to_value(document).unwrap())
    }

    fn schemas(&self) -> &Map<String, Value> {
        self.0["components"]["schemas"].as_object().unwrap()
    }

    fn target<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(at) => self.0.pointer(&at[1..]).unwrap_or_else(|| panic!("{at} leads nowhere")),
            None => schema,
        }
    }

    /// An example of `schema`: its own, or one made of those of its members.
    fn example(&self, schema: &Value) -> Value {
        let schema = self.target(schema);
        if let Some(example) = schema["examples"].get(0) {
            return example.clone();
        }
        if let Some(properties) = schema["properties"].as_object() {
            return properties.iter().map(|(name, of)| (name.clone(), self.example(of))).collect();
        }
        if schema["type"] == "array" {
            let least = schema["minItems"].as_u64().unwrap_or(1);
            return (0..least).map(|_| self.example(&schema["items"])).collect();
        }
        let choices = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
        match choices.and_then(|choices| choices.iter().find(|choice| choice["type"] != "null")) {
            Some(choice) => self.example(choice),
            None if schema["type"] == "object" => json!({}),
            None if schema["type"] == json!(["boolean", "null"]) || schema["type"] == "boolean" => {
                json!(true)
            }
            None => panic!("no example: {schema}"),
        }
    }

    fn faults(&self, name: &str, value: &Value) -> Vec<String> {
        let mut root = self.0.clone();
        root["$ref"] = json!(format!("#/components/schemas/{name}"));
        let validator = jsonschema::options().should_validate_formats(true).build(&root).unwrap();
        validator
            .iter_errors(value)
            .map(|error| format!("{name}{}: {error}", error.instance_path()))
            .collect()
    }
}

#[test]
fn every_reference_leads_to_a_schema_and_every_schema_is_true_of_its_example() {
    let document = Document::whole();
    for (name, schema) in document.schemas() {
        assert_eq!(document.faults(name, &document.example(schema)), Vec::<String>::new(), "{schema}");
    }
}

#[test]
fn no_two_types_share_a_name() {
    let mut known = BTreeMap::new();
    for (name, schema) in all() {
        let schema = serde_json::to_value(schema).unwrap();
        let before = known.entry(name.clone()).or_insert_with(|| schema.clone());
        assert_eq!(*before, schema, "{name}");
    }
}

#[test]
fn every_schema_tells_what_it_is_in_words_for_callers() {
    for (name, schema) in Document::whole().schemas() {
        let words = schema["description"].as_str().unwrap_or_else(|| panic!("{name} tells nothing"));
        assert!(!words.is_empty(), "{name}");
        let text = schema.to_string();
        for ours in ["[`", "](", "crate::", "ruling", "abuse"] {
            assert!(!text.contains(ours), "{name} tells callers about {ours}: {text}");
        }
    }
}

#[test]
fn every_text_and_list_has_a_longest_length() {
    fn walk(at: &str, schema: &Value, unlimited: &mut Vec<String>) {
        let is = |kind: &str| schema["type"] == kind;
        let limited = ["maxLength", "maxItems", "enum"].iter().any(|limit| schema.get(limit).is_some());
        if (is("string") || is("array")) && !limited {
            unlimited.push(at.to_owned());
        }
        match schema {
            Value::Object(members) => {
                members.iter().for_each(|(name, inner)| walk(&format!("{at}/{name}"), inner, unlimited));
            }
            Value::Array(items) => items.iter().for_each(|inner| walk(at, inner, unlimited)),
            _ => {}
        }
    }
    let mut unlimited = Vec::new();
    walk("", &json!(Document::whole().schemas()), &mut unlimited);
    assert!(unlimited.is_empty(), "{unlimited:?}");
}

#[test]
fn every_composed_example_is_read() {
    fn read<T: DeserializeOwned + ToSchema>(document: &Document) -> T {
        let example = document.example(&document.0["components"]["schemas"][&*T::name()]);
        serde_json::from_value(example.clone())
            .unwrap_or_else(|error| panic!("{}: {error}: {example}", T::name()))
    }
    let document = Document::whole();
    let content: Content = read(&document);
    assert!(!content.body.blocks().is_empty());
    read::<Embargo>(&document);
    read::<Withdrawal>(&document);
    read::<ProfileLinks>(&document);
    read::<SameAs>(&document);
    read::<Spans>(&document);
    read::<Email>(&document);
    let mapping = document.0["components"]["schemas"]["Block"]["discriminator"]["mapping"].clone();
    let mapping = mapping.as_object().unwrap();
    assert_eq!(mapping.len(), 15);
    for (kind, at) in mapping {
        let example = document.example(&json!({"$ref": at}));
        let block: Block =
            serde_json::from_value(example.clone()).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!(block.kind.name().name(), kind);
        let again = serde_json::to_value(&block).unwrap();
        assert_eq!(document.faults("Block", &again), Vec::<String>::new(), "{again}");
        assert_eq!(document.faults("NewBlock", &again), Vec::<String>::new(), "{again}");
    }
}

#[test]
fn what_a_block_does_not_have_is_not_in_its_schema() {
    let document = Document::whole();
    let paragraph = json!({"type": "paragraph", "content": [{"text": "Eleven.", "marks": []}]});
    assert!(document.faults("NewBlock", &paragraph).is_empty());
    assert!(!document.faults("Block", &paragraph).is_empty(), "a kept block has an id");
    let extra = json!({"type": "paragraph", "content": [], "html": "<b>"});
    assert!(!document.faults("NewBlock", &extra).is_empty());
    let both = json!({"type": "link", "href": "https://varn.example/", "article": "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4"});
    assert!(!document.faults("Mark", &both).is_empty(), "a link leads to one place");
}

"""What a JSON schema cannot say of a request, made good before it is sent: names of things that are there, a version that
is present, the password that is the right one. Only what was drawn as valid is touched; what was drawn to be refused is
sent as it is."""

import itertools
import json
import os
import random
import re
import urllib.request
import uuid

import schemathesis
from schemathesis.core import NOT_SET

with open(os.environ["MASTHEAD_TEST_SITE"]) as told:
    SITE = json.load(told)

FRESH = itertools.count(1)

# Ours: the one of the module is the property tester's own.
RANDOM = random.Random()

# Operations that end sign-ins or change whose they are: they are done by one who has signed in for this alone.
BY_A_GUEST = {"log_out", "log_out_everywhere", "end_session", "change_password"}


def ask(method, path, body=None, token=SITE["token"], address="192.0.2.1"):
    """An answer of the site's, as JSON."""
    headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SITE["url"] + path, data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


ADMIN = ask("GET", "/v1/auth/me")["id"]


def sign_in(person):
    # From an address of its own: that of the fuzzer has guessed too often.
    return ask("POST", "/v1/auth/login", SITE[person], token=None, address=f"2001:db8:{next(FRESH):x}::1")


def fresh_draft():
    return ask("POST", "/v1/editorial/articles", {"headline": f"Draft {next(FRESH)} of a fuzzer"})["id"]


def some_article():
    return RANDOM.choice([fresh_draft, lambda: RANDOM.choice(SITE["live"])])()


# Most characters of a text that has a limit beyond that of each of its parts, and most octets of an address, of which a
# schema can only count the characters.
LONGEST = {"text": 400, "url": 1000, "href": 1000, "canonical_url": 1000, "source_url": 1000, "same_as": 1000, "web_statement_url": 1000}

# No text holds control characters, and no name what cannot be seen: the document says so in words, for all of them.
UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")

# What a member of a body names, wherever it stands.
NAMES = {
    "section": lambda: RANDOM.choice(SITE["sections"]),
    "parent": lambda: RANDOM.choice(SITE["sections"][:1]),
    "contributor": lambda: RANDOM.choice(SITE["contributors"]),
    "replacement": lambda: RANDOM.choice(SITE["live"]),
    "article": lambda: RANDOM.choice(SITE["live"]),
    "slug": lambda: f"fuzzed-{next(FRESH)}",
    "password": lambda: f"gulls over the {next(FRESH)}th harbour",
    "owner": lambda: RANDOM.choice(SITE["users"]),
    "new_password": lambda: f"gulls over the {next(FRESH)}th harbour",
    # Of the grammar of language tags (RFC 5646) the document says only which signs there are.
    "language": lambda: RANDOM.choice(["en", "de", "pt-BR", "zh-Hant"]),
    "tag": lambda: RANDOM.choice(["en", "de", "pt-BR", "zh-Hant"]),
    "author_email": lambda: f"reader{next(FRESH)}@post.example",
    "email": lambda: f"fuzzer{next(FRESH)}@varn.example",
    "photo": lambda: RANDOM.choice(SITE["photos"]),
    "portrait": lambda: RANDOM.choice(SITE["photos"]),
    # A line of digits names nobody.
    "credit": lambda: "Photo by Mara Lind/Nordwire",
    # Of the addresses of the IPTC it says only how long they are.
    "digital_source_type": lambda: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    # Of countries (ISO 3166) it says only how many letters they have.
    "country_code": lambda: RANDOM.choice(["NO", "DE", "BR"]),
    "taken_at": lambda: RANDOM.choice(["2026", "2026-01", "2026-01-09", "2026-01-09T08:30:00+01:00"]),
    "taken_after": lambda: RANDOM.choice(["2025", "2025-12-31"]),
    "taken_before": lambda: RANDOM.choice(["2027", "2026-12-31"]),
}
LISTS = {
    "tags": lambda n: RANDOM.sample(SITE["tags"], min(n, len(SITE["tags"]))),
    "related": lambda n: RANDOM.sample(SITE["live"], min(n, len(SITE["live"]))),
    # Each has a letter or a digit.
    "words": lambda n: [f"miracle cure {k}" for k in range(n)],
    "excluded_territories": lambda n: ["NO", "DE", "BR"][:n],
    "writers": lambda n: RANDOM.sample(SITE["users"], min(n, len(SITE["users"]))),
    "articles": lambda n: RANDOM.sample(SITE["live"], min(n, len(SITE["live"]))),
}


# Times lie between these years, of which `date-time` knows nothing.
YEARS = range(1900, 2200)
TIME = re.compile(r"^([0-9]{4})-[0-9]{2}-[0-9]{2}[Tt].*$")


def in_time(text):
    found = TIME.match(text)
    if found is None or (int(found[1]) in YEARS and text[-1] in "zZ"):
        return text
    # Nor does it know how far offsets go, which is 14 hours.
    return f"2026-01-02T03:04:{next(FRESH) % 60:02}Z"


def picture():
    """A GIF of one pixel that is like no other. It is text, because octets count as what no schema allows: every sign of it
    is ASCII but one, of whose two octets the first says that a palette of eight colours follows."""
    palette = f"{next(FRESH):024}"
    return "GIF87a" + "\1\0\1\0" + "\x80\0" + palette + ",\0\0\0\0\1\0\1\0\0" + "\3\2\x08\x09\0" + ";"


# Of which one thing at least must be said, and of two in a list not the same.
SAID = {"supplier": "name", "licensors": "name", "location": "city"}


def mend_photo(said):
    """What is said of a photo, or of how it is used, without what excludes the rest of it."""
    for name, member in SAID.items():
        things = said.get(name)
        for thing in things if isinstance(things, list) else [things]:
            if isinstance(thing, dict) and not any(thing.values()):
                thing[member] = f"Varn Pictures {next(FRESH)}"
    credit = said.get("credit")
    if isinstance(credit, dict) and not (credit.get("creators") or credit.get("organizations") or credit.get("display")):
        credit["organizations"] = ["Nordwire"]
    if isinstance(said.get("rights"), dict):
        # An embargo ends before the use does.
        said["rights"].pop("embargo_until", None)
    if "decorative" in said:
        said["decorative"] = False
    if said.get("crop"):
        # It lies within the photo.
        said["crop"] = {"x": 0, "y": 0.25, "width": 1, "height": 0.5}
    return said


def mend_ban(body):
    """A ban is of a pattern of its kind: of a comment's writer it could be as well, but not of both."""
    n = next(FRESH)
    kind = body.get("kind") or "domain"
    pattern = {"email": f"kai{n}@spam.example", "domain": f"spam{n}.example", "network": f"2001:db8:{n % 65536:x}::/48"}[kind]
    ban = {name: value for name, value in body.items() if name != "writer_of"} | {"kind": kind, "pattern": pattern}
    if ban.get("until"):
        # It has not ended before it begins.
        ban["until"] = "2199-01-01T00:00:00Z"
    return ban


def mend_front(body):
    """No article stands twice on a front, and what fills it is no tag of a language."""
    mended = dict(body)
    if body.get("items"):
        mended["items"] = list({item["article"]: item for item in body["items"]}.values())
    if (body.get("fill_from") or {}).get("tag"):
        mended["fill_from"] = body["fill_from"] | {"tag": RANDOM.choice(SITE["tags"])}
    return mended


def mend_text(name, text):
    if name in NAMES:
        return NAMES[name]()
    text = UNSEEN.sub("", text)
    if name in LONGEST and len(text) > LONGEST[name]:
        text = text[: LONGEST[name]] if name == "text" else f"https://varn.example/{next(FRESH)}"
    return in_time(text if text.strip() else "as it was said")


def mend(value, name=None):
    """The same value, naming things that are there. `name` is that of the member that it is."""
    if isinstance(value, str):
        return mend_text(name, value)
    if isinstance(value, list):
        if name in LISTS:
            return LISTS[name](len(value))
        if name == "marks":
            # One of a kind: no text has two links.
            value = list({mark.get("type"): mark for mark in value}.values())
        return [mend(item, name) for item in value]
    if isinstance(value, float) and value.is_integer():
        # The same number in JSON Schema; in JSON as programs write it, it has no fraction.
        return int(value)
    if isinstance(value, dict):
        if value.get("type") == "embed":
            # The address is one of the provider's own.
            value = value | {"provider": "vimeo", "url": None}
        if value.get("type") == "table":
            # Every row is as long as the first, and there are no more header rows than rows.
            value = value | {"rows": value.get("rows", [])[:1], "header_rows": min(value.get("header_rows") or 0, 1)}
        if "list" in value and "content" in value:
            # Lists nest three deep, of which a schema that names itself cannot tell.
            value = value | {"list": None}
        mended = mend_photo({own: mend(inner, own) for own, inner in value.items()})
        return mended | {"url": f"https://vimeo.com/{next(FRESH)}"} if value.get("type") == "embed" else mended
    return value


def mend_body(case):
    """What one member of a body says in view of another, or of the thing that it is sent to."""
    body = mend(case.body)
    if not isinstance(body, dict):
        return body
    done = operation_id(case)
    if done in ("upload_photo", "replace_photo"):
        body["file"] = picture()
    if done.startswith("merge_"):
        collection = case.operation.path.split("/")[3]
        body["into"] = RANDOM.choice(SITE[collection])
    if "name" in body and case.operation.path.split("/")[3] in ("sections", "tags", "contributors", "fronts"):
        body["slug"] = NAMES["slug"]()
    if done == "create_preview_token" and "expires_at" in body:
        body["expires_at"] = "2026-01-09T06:00:00Z"
    if done in ("create_api_key", "change_api_key") and "expires_at" in body:
        body["expires_at"] = "2026-06-01T06:00:00Z"
    if done in ("create_webhook", "change_webhook") and body.get("url"):
        # Its host has an address: it is asked for before anything is sent there.
        body["url"] = f"https://hooks.varn.example/{next(FRESH)}"
    if done == "publish_article" and "expires_at" in body:
        body["expires_at"] = "2199-01-01T00:00:00Z"
    if done == "publish_article":
        # It lies between the first publication and going live, and the site's clock stands.
        body.pop("published_at", None)
    if done == "withdraw_article" and body.get("replacement") == case.path_parameters["id"]:
        body["replacement"] = None
    if done == "create_article":
        # Of a headline without letters no slug can be made.
        body["slug"] = NAMES["slug"]()
    if done == "ban_commenters":
        body = mend_ban(body)
    if done in ("create_front", "change_front"):
        body = mend_front(body)
    if body.get("closes_at"):
        # It says when, and `open_days` how long after.
        body.pop("open_days", None)
    if "ttl_s" in body and "expires_at" in body:
        del body["ttl_s"]
    for byline in body.get("bylines") or []:
        if not byline.get("contributor"):
            byline["name"] = byline.get("name") or "A. Guest"
    # The copy that is stored may have no byline on purpose, or be given one: the two exclude each other.
    if body.get("bylines") or body.get("no_byline"):
        body["no_byline"] = False
    if isinstance(body.get("standfirst"), list):
        body["standfirst"] = body["standfirst"][:1]
    return body


def mend_path(case):
    path, names = case.operation.path, dict(case.path_parameters or {})
    for collection, things in [("articles/{id}", some_article), ("users/{id}", lambda: SITE["changed_user"])]:
        if collection in path:
            names["id"] = things()
    for collection in ["sections", "tags", "contributors", "fronts"]:
        if f"editorial/{collection}/{{name}}" in path:
            names["name"] = ask("POST", f"/v1/editorial/{collection}", {"name": f"Fuzzed {next(FRESH)}"})["id"]
    if "api-keys/{id}" in path:
        names["id"] = ask("POST", "/v1/editorial/api-keys", {"name": f"Fuzzed {next(FRESH)}", "scopes": []})["id"]
    if "photos/{id}" in path:
        names["id"] = RANDOM.choice(SITE["photos"])
    if "photo-uses/{spot}" in path:
        names["spot"] = "lead"
    if "revisions/{n}" in path:
        names["n"] = 1
    return names


def operation_id(case):
    return case.operation.definition.raw.get("operationId")


def is_valid(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.auth(refresh_interval=None)
class Tokens:
    """An admin's token, but for what would end it."""

    def get(self, case, context):
        if operation_id(case) in BY_A_GUEST:
            return sign_in("moderator")["access_token"]
        return SITE["token"]

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_call(context, case, kwargs):
    if operation_id(case) == "change_user" and (case.path_parameters or {}).get("id") == ADMIN:
        # Who tries all this must stay who they are.
        case.path_parameters = {"id": SITE["changed_user"]}
    if not is_valid(case):
        return
    case.path_parameters = mend_path(case)
    if not isinstance(case.body, type(NOT_SET)):
        # Set anew, an absent body would count as a wrong one.
        case.body = mend_body(case)
    if case.query:
        # A cursor is only known from an answer.
        case.query.pop("cursor", None)
        for name, value in list(case.query.items()):
            if isinstance(value, str):
                case.query[name] = NAMES[name]() if name in ("language", "taken_after", "taken_before") else in_time(UNSEEN.sub("", value).strip() or "x")
    if case.headers and "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())

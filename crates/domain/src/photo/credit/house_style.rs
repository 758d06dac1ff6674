//! How credits read on this site: a pure function from a credit to its line. How a line is read back is in `line`.

use super::{Credit, CreditKind, OrganizationName, qualifier};
use crate::codes::codes;

codes! {
    /// How the credit lines of a site read.
    pub enum CreditStyle {
        /// "Photo by Mara Lind/Nordwire/AP".
        Slash = "slash",
        /// "Mara Lind/Nordwire via AP".
        Via = "via",
        /// "Photograph: Mara Lind/Nordwire/AP".
        Photograph = "photograph",
    }
}

impl Default for CreditStyle {
    /// The form in which most agencies send theirs.
    fn default() -> Self {
        Self::Slash
    }
}

/// The credit line as readers see it: the one that an editor wrote, or the one of the house.
///
/// Where nobody is named who made the photo, "via" says that the first is not its creator: "Photo via Nordwire".
pub fn line(credit: &Credit, style: CreditStyle) -> String {
    if let Some(display) = credit.display() {
        return display.as_str().to_owned();
    }
    let organizations: Vec<_> = credit.organizations().iter().map(OrganizationName::as_str).collect();
    let mut line = lead(credit, style);
    if credit.creators().is_empty() {
        line.push_str(&organizations.join("/"));
    } else {
        let creators: Vec<_> = credit.creators().iter().map(|creator| creator.name.as_str()).collect();
        line.push_str(&series(&creators));
        match (style, organizations.as_slice()) {
            (_, []) => {}
            (CreditStyle::Via, [between @ .., last, distributor]) => {
                for name in between.iter().chain([last]) {
                    line.push('/');
                    line.push_str(name);
                }
                line.push_str(" via ");
                line.push_str(distributor);
            }
            (_, names) => {
                line.push('/');
                line.push_str(&names.join("/"));
            }
        }
    }
    if let Some(qualifier) = credit.qualifier() {
        line.push_str(", ");
        line.push_str(qualifier.as_str());
    }
    line
}

/// What the line begins with: the noun of its kind, unless its qualifier says that already.
fn lead(credit: &Credit, style: CreditStyle) -> String {
    let said = credit.qualifier().is_some_and(|qualifier| {
        qualifier
            .as_str()
            .split(", ")
            .any(|part| qualifier::parse(part).and_then(|qualifier| qualifier.kind) == Some(credit.kind()))
    });
    let kind = if said { CreditKind::Photo } else { credit.kind() };
    let noun = match kind {
        CreditKind::Photo if style == CreditStyle::Photograph => "Photograph",
        CreditKind::Photo => "Photo",
        CreditKind::PhotoIllustration => "Photo illustration",
        CreditKind::Illustration => "Illustration",
        CreditKind::Graphic => "Graphic",
        CreditKind::Handout => "Handout photo",
        CreditKind::File => "File photo",
        CreditKind::Screenshot => "Screenshot",
        CreditKind::AiGenerated => "AI-generated image",
    };
    match style {
        _ if credit.creators().is_empty() => format!("{noun} via "),
        CreditStyle::Via if kind == CreditKind::Photo => String::new(),
        CreditStyle::Slash | CreditStyle::Via => format!("{noun} by "),
        CreditStyle::Photograph => format!("{noun}: "),
    }
}

/// "A", "A and B", "A, B and C".
fn series(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

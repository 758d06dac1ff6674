//! The texts that belong to a photo beside caption, alternative text and credit, each with its longest length.
//!
//! Limits are those of the IPTC Photo Metadata Standard where it has one, and otherwise allow what agencies send.

use crate::bounded::bounded;

bounded! {
    /// Who wrote the caption: initials or a name.
    CaptionWriter: name up to 120, "the full name of an institution, since files hold more than the 32 octets of IIM 2:122",
        like "ml";
    /// The headline of a photo, as agencies give it: not that of an article.
    PhotoHeadline: one_line up to 256, "IIM 2:105",
        like "Sea gates of Varn";
    /// What a photo shows, at length, for those who cannot see it.
    ExtendedDescription: lines up to 2000, "a caption, doubled in detail",
        like "Eleven steel gates stand in a row across the harbour mouth; grey water breaks against the third.";
    /// Who holds the copyright.
    CopyrightNotice: one_line up to 500, "IIM 2:116 has 128 octets, XMP no limit",
        like "© 2026 Nordwire";
    /// How a photo may be used, as its owners put it; readers see it.
    UsageTerms: lines up to 2000, "a page of terms that a file still carries",
        like "Editorial use only.";
    /// What the agency asks of those who handle the photo: for the newsroom only.
    Instructions: lines up to 2000, "IIM 2:40 has 256 octets, XMP no limit",
        like "MANDATORY CREDIT. NO ARCHIVES.";
    /// By which order the photo was taken or sent.
    JobId: one_line up to 64, "IIM 2:103 has 32 octets, doubled",
        like "VRN104";
    /// The position of who made a photo.
    CreatorTitle: name up to 120, "one line below a name",
        like "Staff photographer";
    /// Somebody whom a photo shows.
    PersonShown: name up to 120, "the full name of a person, with titles",
        like "Ivo Grane";
    /// A word by which a photo is found.
    Keyword: one_line up to 64, "IIM 2:25, in characters instead of octets",
        like "storm";
    /// The name that a file had with whom it came from: kept, shown to editors, never part of a path.
    FileName: name up to 255, "the longest name of file systems in the field",
        like "VRN104_sea-gates.jpg";
}

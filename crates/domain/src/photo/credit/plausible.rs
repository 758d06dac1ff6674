//! Whether words can be a name. It keeps prose in the caption that only happens to begin like a credit.

/// Small words inside the names of people.
const PARTICLES: &[&str] = &[
    "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "al", "bin", "bint",
    "ibn", "la", "le", "van", "von", "vom", "zu", "zum", "zur", "ten", "ter", "y", "af", "av",
];

/// Small words inside the names of organizations.
const LINKS: &[&str] =
    &["of", "the", "and", "for", "in", "on", "at", "to", "und", "et", "für", "fr", "og", "och", "&"];

/// Words that a name in small letters alone does not have.
const PROSE: &[&str] = &[
    "the", "a", "an", "our", "this", "that", "his", "her", "its", "my", "their", "of", "to", "in", "on",
    "at", "with", "from", "is", "are", "was", "were", "be", "not", "left", "right",
];

/// Words that make a name that of an organization, whoever else it contains.
const ORGANIZATIONS: &[&str] = &[
    "agency",
    "archives",
    "association",
    "authority",
    "center",
    "centre",
    "commission",
    "committee",
    "company",
    "corporation",
    "council",
    "courier",
    "department",
    "dept",
    "embassy",
    "foundation",
    "gmbh",
    "government",
    "herald",
    "hospital",
    "inc",
    "institute",
    "journal",
    "library",
    "llc",
    "ltd",
    "media",
    "ministry",
    "museum",
    "nasa",
    "network",
    "news",
    "observatory",
    "office",
    "orchestra",
    "parliament",
    "pictures",
    "police",
    "society",
    "studios",
    "television",
    "theatre",
    "tribune",
    "university",
];

/// Whether `name` can be that of a person: a few words, each with a capital, or of a script without capitals.
pub(super) fn person(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && !name.contains(|c: char| c.is_ascii_digit())
        && words.iter().all(|word| is_name(word) || PARTICLES.contains(word))
        && words.iter().any(|word| is_name(word))
}

/// Whether `name` can be that of an organization: like a person, but with numbers, and longer.
pub(super) fn organization(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().collect();
    let small = |word: &str| PARTICLES.contains(&word) || LINKS.contains(&word);
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    (1..=12).contains(&words.len())
        && words.iter().all(|word| is_name(word) || small(word) || number(word))
        && words.iter().any(|word| is_name(word))
}

/// Whether `name` says by a word of its own that it is an organization: "Varn Harbour Police", "The Varn Courier".
pub(super) fn is_organization(name: &str) -> bool {
    let mut words = name.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let many = words.clone().nth(1).is_some();
    let article = words.clone().next().is_some_and(|first| first.eq_ignore_ascii_case("the"));
    many && article || words.any(|word| ORGANIZATIONS.contains(&word.to_lowercase().as_str()))
}

/// Whether `name` can be one that somebody typed without capitals: "mara lind".
pub(super) fn without_capitals(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().collect();
    let letters = |word: &str| word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’' | '.'));
    (1..=3).contains(&words.len()) && words.iter().all(|word| letters(word) && !PROSE.contains(word))
}

/// Whether `word` has a capital or no letter that could be one, and ends as a name does.
fn is_name(word: &str) -> bool {
    let core = word
        .trim_matches(|c: char| super::split::opens(c) || super::split::closes(c) || "'’\"“”@,".contains(c));
    let letters = || core.chars().filter(|c| c.is_alphabetic());
    let capital = letters().any(|c| c.is_uppercase() || !c.is_lowercase());
    let stop = core
        .strip_suffix('.')
        .is_none_or(|before| before.contains('.') || before.chars().count() <= 3 || is_organization(before));
    capital
        && stop
        && core.chars().count() <= 40
        && !core.contains([':', '!', '?', '=', '<', '>', '{', '}', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_capitals_where_their_script_has_any() {
        for name in
            ["Mara Lind", "JEON HEON-KYUN", "J. R. van der Holm", "d'Arc O’Neill", "田中太郎", "ليلى حداد"]
        {
            assert!(person(name), "{name}");
        }
        for name in ["committee is hard", "Mara Lind in Varn", "3 Seals", "St Ives. Mara", "van der", ""] {
            assert!(!person(name), "{name}");
        }
        assert!(organization("Museum of the Sea and Harbour 1900"));
        assert!(is_organization("The Varn Courier") && is_organization("Varn Police Dept."));
        assert!(!is_organization("Mara Lind") && !is_organization("The"));
    }
}

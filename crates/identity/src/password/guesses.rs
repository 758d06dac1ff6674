//! What guessers try first, told by its making and not by a list of every spelling: common words with digits and marks
//! around them, repeats, and rows of neighbours. Passwords of under 15 characters need no place here.

/// Words and rows of keys that make up common passwords; together with phrases that are quoted everywhere. A word that
/// begins with another stands before it, so that the longest is taken out.
const COMMON: &[&str] = &[
    "correcthorsebatterystaple",
    "thequickbrownfox",
    "jumpsoverthelazydog",
    "tobeornottobe",
    "openthedoor",
    "opensesame",
    "trustnoone",
    "trustno",
    "administrator",
    "admin",
    "root",
    "superuser",
    "user",
    "guest",
    "login",
    "letmein",
    "letme",
    "welcome",
    "changeme",
    "changethis",
    "default",
    "passphrase",
    "password",
    "passwort",
    "motdepasse",
    "contrasena",
    "pass",
    "secret",
    "access",
    "iloveyou",
    "loveyou",
    "love",
    "princess",
    "sunshine",
    "monkey",
    "dragon",
    "master",
    "shadow",
    "football",
    "baseball",
    "superman",
    "batman",
    "starwars",
    "whatever",
    "hello",
    "computer",
    "internet",
    "newsroom",
    "masthead",
    "editor",
    "test",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfghjkl",
    "asdfgh",
    "asdf",
    "zxcvbnm",
    "yxcvbnm",
    "zxcvbn",
    "qazwsxedc",
    "qazwsx",
    "qweasdzxc",
    "qweasd",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdef",
    "abcd",
    "abc",
];

/// Keys in the order in which fingers walk over rows and columns, digits in place: letters stand for no others here.
const WALKS: &[&str] = &["1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0"];

/// Fewest letters besides common words that make a guess hard enough to be left alone.
const OWN_LETTERS: usize = 4;

/// Whether `password`, in lower case, is one that guessers try early.
pub(super) fn come_early(password: &str) -> bool {
    let chars: Vec<char> = password.chars().collect();
    repeats(&chars) || is_row(&chars) || walks(password) || is_made_of_common_words(password)
}

/// Whether it repeats a run of at most four characters.
fn repeats(chars: &[char]) -> bool {
    (1..=4).any(|run| chars.iter().zip(chars.iter().skip(run)).all(|(a, b)| a == b))
}

/// Whether all but two characters are the one before or its neighbour, as in `abcdef…` and `98765432109…`.
fn is_row(chars: &[char]) -> bool {
    let steps = chars.iter().zip(chars.iter().skip(1));
    steps.filter(|(a, b)| !are_neighbours(**a, **b)).count() <= 2
}

fn are_neighbours(a: char, b: char) -> bool {
    matches!((a, b), ('9', '0') | ('0', '9')) || u32::from(a).abs_diff(u32::from(b)) <= 1
}

fn walks(password: &str) -> bool {
    WALKS.iter().any(|walk| walk.starts_with(password) || password.starts_with(walk))
}

/// Whether hardly a letter is left without common words, digits around them and marks. Digits and marks inside are
/// read as the letters that they stand for.
fn is_made_of_common_words(password: &str) -> bool {
    let core = password.trim_matches(|c: char| !c.is_alphabetic());
    let mut letters: String = core.chars().map(meant).filter(|c| c.is_alphabetic()).collect();
    let all = letters.len();
    for word in COMMON {
        letters = letters.replace(word, " ");
    }
    let own = letters.chars().filter(|c| c.is_alphabetic()).count();
    letters.len() < all && own < OWN_LETTERS
}

fn meant(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: AUTH-12
    #[test]
    fn common_passwords_come_early_in_any_dress() {
        for raw in [
            "passwordpassword1",
            "password12345678",
            "password123456!",
            "passw0rd12345678",
            "p@ssw0rdp@$$word",
            "p4ssw0rd!p4ssw0rd!",
            "!!!letmein!!!2026",
            "qwertyqwertyqwerty",
            "qwertyuiopasdfghjkl",
            "1q2w3e4r5t6y7u8i",
            "1qaz2wsx3edc4rfv",
            "123456789012345",
            "987654321098765",
            "abcdefghijklmno",
            "aaaaaaaaaaaaaaab",
            "               ",
            "welcome-admin-2026",
            "correct horse battery staple",
            "the quick brown fox",
        ] {
            assert!(come_early(raw), "{raw}");
        }
    }

    #[test]
    fn own_words_and_drawn_characters_do_not() {
        for raw in [
            "gulls over the harbour",
            "my password is a gull",
            "fifteen charact",
            "love of harbours",
            "831940275566120",
            "x7kq9zt2mv4bw8r",
            "🐟🦀🐙🦑🐡🦞🐠🐬🐳🦈🐢🦭🐚🪸🐋",
            "möwen über hafen",
        ] {
            assert!(!come_early(raw), "{raw}");
        }
    }
}

//! The settings in force as a `masthead.toml` that can be read back: what `masthead config` prints. Secrets are masked.

use std::fmt;

use super::Config;

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut section = "";
        for setting in &self.in_force {
            if setting.section != section {
                section = setting.section;
                writeln!(f, "\n[{section}]")?;
            }
            writeln!(f, "# {} ({})", setting.meaning, setting.origin)?;
            writeln!(f, "{} = {}", setting.name, as_toml(&setting.shown))?;
        }
        Ok(())
    }
}

/// Numbers stand bare, all else as text.
fn as_toml(shown: &str) -> String {
    match shown.parse::<i64>() {
        Ok(number) => number.to_string(),
        Err(_) => toml::Value::String(shown.to_owned()).to_string(),
    }
}

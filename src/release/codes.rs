//! Codes of languages and places as libraries and the book trade write them.
//!
//! Languages are those of ISO 639-2/B, which ONIX (list 74) and MARC share; places are MARC's, by the towns in which
//! most houses sit, since a manuscript names a town and no code.

use crate::language::Language;

/// A language in the three letters of ISO 639-2/B; `und` for one that is not here.
pub(super) fn language(language: &Language) -> &str {
    const CODES: [(&str, &str); 62] = [
        ("af", "afr"),
        ("am", "amh"),
        ("ar", "ara"),
        ("az", "aze"),
        ("be", "bel"),
        ("bg", "bul"),
        ("bn", "ben"),
        ("bs", "bos"),
        ("ca", "cat"),
        ("cs", "cze"),
        ("cy", "wel"),
        ("da", "dan"),
        ("de", "ger"),
        ("el", "gre"),
        ("en", "eng"),
        ("eo", "epo"),
        ("es", "spa"),
        ("et", "est"),
        ("eu", "baq"),
        ("fa", "per"),
        ("fi", "fin"),
        ("fr", "fre"),
        ("ga", "gle"),
        ("gd", "gla"),
        ("gl", "glg"),
        ("he", "heb"),
        ("hi", "hin"),
        ("hr", "hrv"),
        ("hu", "hun"),
        ("hy", "arm"),
        ("id", "ind"),
        ("is", "ice"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("ka", "geo"),
        ("kk", "kaz"),
        ("km", "khm"),
        ("ko", "kor"),
        ("la", "lat"),
        ("lt", "lit"),
        ("lv", "lav"),
        ("mk", "mac"),
        ("mn", "mon"),
        ("ms", "may"),
        ("nl", "dut"),
        ("no", "nor"),
        ("nb", "nob"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ro", "rum"),
        ("ru", "rus"),
        ("sk", "slo"),
        ("sl", "slv"),
        ("sq", "alb"),
        ("sr", "srp"),
        ("sv", "swe"),
        ("sw", "swa"),
        ("th", "tha"),
        ("tr", "tur"),
        ("uk", "ukr"),
        ("vi", "vie"),
        ("zh", "chi"),
    ];
    let primary = language.primary();
    match CODES.iter().find(|(two, _)| *two == primary) {
        Some((_, three)) => three,
        None if primary.len() == 3 => primary,
        None => "und",
    }
}

/// MARC's code of the country or province of a town, filled up to three letters; `xx ` for one that is not here.
pub(super) fn place(town: &str) -> &'static str {
    const TOWNS: [(&str, &str); 66] = [
        ("amsterdam", "ne "),
        ("athens", "gr "),
        ("auckland", "nz "),
        ("barcelona", "sp "),
        ("beijing", "cc "),
        ("berlin", "gw "),
        ("bern", "sz "),
        ("boston", "mau"),
        ("brussels", "be "),
        ("bruxelles", "be "),
        ("bucharest", "rm "),
        ("budapest", "hu "),
        ("buenos aires", "ag "),
        ("calgary", "abc"),
        ("cambridge, ma", "mau"),
        ("cambridge", "enk"),
        ("cape town", "sa "),
        ("chicago", "ilu"),
        ("copenhagen", "dk "),
        ("dublin", "ie "),
        ("edinburgh", "stk"),
        ("edmonton", "abc"),
        ("frankfurt am main", "gw "),
        ("frankfurt", "gw "),
        ("geneva", "sz "),
        ("genève", "sz "),
        ("glasgow", "stk"),
        ("halifax", "nsc"),
        ("hamburg", "gw "),
        ("helsinki", "fi "),
        ("hong kong", "cc "),
        ("istanbul", "tu "),
        ("johannesburg", "sa "),
        ("kyiv", "un "),
        ("leipzig", "gw "),
        ("lisbon", "po "),
        ("london", "enk"),
        ("los angeles", "cau"),
        ("madrid", "sp "),
        ("melbourne", "vra"),
        ("mexico city", "mx "),
        ("milan", "it "),
        ("montreal", "quc"),
        ("montréal", "quc"),
        ("munich", "gw "),
        ("münchen", "gw "),
        ("new delhi", "ii "),
        ("new york", "nyu"),
        ("oslo", "no "),
        ("ottawa", "onc"),
        ("oxford", "enk"),
        ("paris", "fr "),
        ("prague", "xr "),
        ("québec", "quc"),
        ("rome", "it "),
        ("san francisco", "cau"),
        ("seattle", "wau"),
        ("seoul", "ko "),
        ("singapore", "si "),
        ("stockholm", "sw "),
        ("sydney", "xna"),
        ("tokyo", "ja "),
        ("toronto", "onc"),
        ("vancouver", "bcc"),
        ("vienna", "au "),
        ("warsaw", "pl "),
    ];
    let town = town.trim().to_lowercase();
    let names = |name: &str| town == name || town.starts_with(&format!("{name},"));
    TOWNS.iter().find(|(name, _)| names(name)).map_or("xx ", |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_towns_have_the_codes_of_libraries() {
        let code = |tag: &str| language(&Language::parse(tag).expect("a tag")).to_owned();
        assert_eq!(
            [code("en-CA"), code("de"), code("zh-Hans"), code("haw"), code("xx")],
            ["eng", "ger", "chi", "haw", "und"]
        );
        assert_eq!(
            [place("Ottawa"), place("Cambridge, MA"), place("Cambridge"), place("Atlantis")],
            ["onc", "mau", "enk", "xx "]
        );
    }
}

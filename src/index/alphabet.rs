//! Alphabets: the letters under which entries stand, by language.
//!
//! ICU4X has no alphabetic index, so the letters stand here; a test holds each of them against the collation, by which
//! every letter must come after the one before.

use crate::language::Language;
use crate::language::facts::Facts;

/// Scripts that are told apart, in the order in which those follow that are not the language's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Indic,
    SouthEast,
    Georgian,
    Hangul,
    Kana,
    Han,
    Other,
}

impl Script {
    /// That of a letter.
    pub fn of(letter: char) -> Script {
        match letter {
            '\u{0041}'..='\u{024f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => Script::Latin,
            '\u{0370}'..='\u{03ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{0400}'..='\u{052f}' => Script::Cyrillic,
            '\u{0530}'..='\u{058f}' => Script::Armenian,
            '\u{0590}'..='\u{05ff}' => Script::Hebrew,
            '\u{0600}'..='\u{077f}' | '\u{08a0}'..='\u{08ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                Script::Arabic
            }
            '\u{0900}'..='\u{0dff}' => Script::Indic,
            '\u{0e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Script::SouthEast,
            '\u{10a0}'..='\u{10ff}' => Script::Georgian,
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
            '\u{3040}'..='\u{30ff}' => Script::Kana,
            '\u{2e80}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                Script::Han
            }
            _ => Script::Other,
        }
    }

    /// What stands above the entries of a script that is not the language's own: from its first letter to its last.
    pub fn head(self) -> Option<&'static str> {
        Some(match self {
            Script::Latin => "A–Z",
            Script::Greek => "Α–Ω",
            Script::Cyrillic => "А–Я",
            Script::Armenian => "Ա–Ֆ",
            Script::Hebrew => "א–ת",
            Script::Arabic => "ا–ي",
            Script::Georgian => "ა–ჰ",
            Script::Hangul => "ㄱ–ㅎ",
            Script::Kana => "あ–ん",
            Script::Han => "漢字",
            Script::Indic | Script::SouthEast | Script::Other => return None,
        })
    }
}

/// The letters of a language's index, and their script.
#[derive(Clone, Debug)]
pub(super) struct Alphabet {
    /// The script that the language is written in.
    pub script: Script,
    /// Its letters in order, each as it is shown and as it is compared; none where every first letter is one.
    pub letters: Vec<(String, String)>,
}

const LATIN: &str = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z";

/// Letters by language; what stands in no line here and is written in Latin letters has A to Z.
const TABLE: &[(&str, &str)] = &[
    ("es", "A B C D E F G H I J K L M N Ñ O P Q R S T U V W X Y Z"),
    ("sv", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Å Ä Ö"),
    ("fi", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Å Ä Ö"),
    ("da", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Æ Ø Å"),
    ("nb", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Æ Ø Å"),
    ("nn", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Æ Ø Å"),
    ("no", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Æ Ø Å"),
    ("pl", "A Ą B C Ć D E Ę F G H I J K L Ł M N Ń O Ó P Q R S Ś T U V W X Y Z Ź Ż"),
    ("cs", "A B C Č D E F G H Ch I J K L M N O P Q R Ř S Š T U V W X Y Z Ž"),
    ("sk", "A Ä B C Č D E F G H Ch I J K L M N O Ô P Q R S Š T U V W X Y Z Ž"),
    ("hu", "A B C Cs D Dz Dzs E F G Gy H I J K L Ly M N Ny O Ö P Q R S Sz T Ty U Ü V W X Y Z Zs"),
    ("hr", "A B C Č Ć D Dž Đ E F G H I J K L Lj M N Nj O P Q R S Š T U V W X Y Z Ž"),
    ("bs", "A B C Č Ć D Dž Đ E F G H I J K L Lj M N Nj O P Q R S Š T U V W X Y Z Ž"),
    ("sl", "A B C Č Ć D Đ E F G H I J K L M N O P Q R S Š T U V W X Y Z Ž"),
    ("ro", "A Ă Â B C D E F G H I Î J K L M N O P Q R S Ș T Ț U V W X Y Z"),
    ("tr", "A B C Ç D E F G Ğ H I İ J K L M N O Ö P Q R S Ş T U Ü V W X Y Z"),
    ("et", "A B C D E F G H I J K L M N O P Q R S Š Z Ž T U V W Õ Ä Ö Ü X Y"),
    ("lv", "A B C Č D E F G Ģ H I J K Ķ L Ļ M N Ņ O P Q R S Š T U V W X Z Ž"),
    ("lt", "A B C Č D E F G H I J K L M N O P Q R S Š T U V W X Z Ž"),
    ("is", "A Á B C D Ð E É F G H I Í J K L M N O Ó P Q R S T U Ú V W X Y Ý Z Þ Æ Ö Å"),
    ("el", "Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω"),
    ("ru", "А Б В Г Д Е Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ъ Ы Ь Э Ю Я"),
    ("bg", "А Б В Г Д Е Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ъ Ь Ю Я"),
    ("uk", "А Б В Г Ґ Д Е Є Ж З И І Ї Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ь Ю Я"),
    ("be", "А Б В Г Д Е Ё Ж З І Й К Л М Н О П Р С Т У Ў Ф Х Ц Ч Ш Ы Ь Э Ю Я"),
    ("sr", "А Б В Г Д Ђ Е Ж З И Ј К Л Љ М Н Њ О П Р С Т Ћ У Ф Х Ц Ч Џ Ш"),
    ("mk", "А Б В Г Д Ѓ Е Ж З Ѕ И Ј К Л Љ М Н Њ О П Р С Т Ќ У Ф Х Ц Ч Џ Ш"),
    ("he", "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת"),
    ("ar", "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي"),
    ("fa", "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی"),
    ("ko", "ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"),
    ("ja", "あ か さ た な は ま や ら わ"),
];

/// How the collation's own marks of the groups of Chinese by sound begin (CLDR, `zh.xml`).
const PINYIN: char = '\u{fdd0}';

impl Alphabet {
    /// That of a language.
    pub fn of(language: &Language) -> Alphabet {
        let primary = match (language.primary(), language.script()) {
            ("sr" | "sh", Some("Latn")) | ("sh", None) => "hr",
            ("iw", _) => "he",
            (primary, _) => primary,
        };
        let split =
            |letters: &str| letters.split(' ').map(|letter| (letter.to_owned(), letter.to_owned())).collect::<Vec<_>>();
        if primary == "zh" && language.script() != Some("Hant") {
            let letters = LATIN.split(' ').filter(|letter| !matches!(*letter, "I" | "U" | "V"));
            let letters = letters.map(|letter| (letter.to_owned(), format!("{PINYIN}{letter}"))).collect();
            return Alphabet { script: Script::Han, letters };
        }
        if let Some((_, letters)) = TABLE.iter().find(|(tag, _)| *tag == primary) {
            let letters = split(letters);
            let script = letters[0].0.chars().next().map_or(Script::Latin, Script::of);
            return Alphabet { script, letters };
        }
        let own = Facts::of(language).own.chars().find(|letter| letter.is_alphabetic());
        match own.map_or(Script::Latin, Script::of) {
            Script::Latin => Alphabet { script: Script::Latin, letters: split(LATIN) },
            script => Alphabet { script, letters: Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::collation::Collation;

    #[test]
    fn each_letter_stands_after_the_one_before() {
        let mut faults = Vec::new();
        for tag in TABLE.iter().map(|(tag, _)| *tag).chain(["en", "de", "fr", "zh"]) {
            let language = Language::parse(tag).expect("a tag");
            let (collation, alphabet) = (Collation::of(&language), Alphabet::of(&language));
            for pair in alphabet.letters.windows(2) {
                if collation.bare_letters(&pair[0].1, &pair[1].1) != std::cmp::Ordering::Less {
                    faults.push(format!("{tag}: {} {}", pair[0].0, pair[1].0));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:?}");
    }
}

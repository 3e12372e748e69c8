//! The letters and signs that commands of TeX make.

/// The names of functions, which stand upright.
const FUNCTIONS: &[&str] = &[
    "log", "ln", "exp", "sin", "cos", "tan", "max", "min", "lim", "sup", "inf", "det", "dim", "ker", "gcd", "deg",
    "arg",
];

/// The name of a function of mathematics.
pub(super) fn function(name: &str) -> Option<&'static str> {
    FUNCTIONS.iter().find(|own| **own == name).copied()
}

/// Whether a sign of mathematics has space on both sides.
pub(super) fn is_spaced(sign: &str) -> bool {
    let mut letters = sign.chars();
    match (letters.next(), letters.next()) {
        (Some(sign), None) => "=<>+−≤≥≠≈≡∼≃∝≪≫∈∉⊂⊆∪∩⊗⊕→←↔⇒↦×±∓÷".contains(sign),
        _ => false,
    }
}

/// A letter with an accent.
pub(super) fn accented(accent: char, base: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mark = match accent {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '"' => '\u{308}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        'c' => '\u{327}',
        'v' => '\u{30c}',
        'H' => '\u{30b}',
        'k' => '\u{328}',
        'r' => '\u{30a}',
        'u' => '\u{306}',
        'd' => '\u{323}',
        'b' => '\u{331}',
        _ => '\u{361}',
    };
    let mut letters = base.chars();
    let Some(first) = letters.next() else { return String::new() };
    // An accent takes the place of the dot.
    let first = match first {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    };
    let mut out: String = [first, mark].into_iter().nfc().collect();
    out.extend(letters);
    out
}

/// Commands that are one sign.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "ss" => "ß",
        "SS" => "ẞ",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "i" => "ı",
        "j" => "ȷ",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "th" => "þ",
        "TH" => "Þ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "hyphen" => "-",
        "slash" => "/",
        "addcomma" => ",",
        "addcolon" => ":",
        "addsemicolon" => ";",
        "adddot" | "isdot" => ".",
        "nobreakdash" | "allowhyphens" | "nobreak" => "",
        "textendash" | "bibrangedash" => "–",
        "textemdash" => "—",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "guillemotleft" => "«",
        "guillemotright" => "»",
        "dots" | "ldots" | "textellipsis" => "…",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textbackslash" => "\\",
        "textunderscore" => "_",
        "textregistered" => "®",
        "texttrademark" => "™",
        "textcopyright" | "copyright" => "©",
        "textdegree" => "°",
        "texteuro" | "euro" | "EUR" => "€",
        "pounds" | "textsterling" => "£",
        "S" | "textsection" => "§",
        "P" => "¶",
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "BibTeX" => "BibTeX",
        "addspace" | "space" | "quad" | "qquad" | "newline" => " ",
        "times" => "×",
        "pm" => "±",
        "mp" => "∓",
        "cdot" => "·",
        "circ" => "∘",
        "ast" => "∗",
        "div" => "÷",
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" => "κ",
        "nu" => "ν",
        "xi" => "ξ",
        "upsilon" => "υ",
        "psi" => "ψ",
        "Gamma" => "Γ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" => "Π",
        "Sigma" => "Σ",
        "Upsilon" => "Υ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "lambda" => "λ",
        "mu" => "μ",
        "pi" => "π",
        "rho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "omega" => "ω",
        "Delta" => "Δ",
        "Omega" => "Ω",
        "le" | "leq" => "≤",
        "ge" | "geq" => "≥",
        "neq" | "ne" => "≠",
        "approx" => "≈",
        "equiv" => "≡",
        "sim" => "∼",
        "simeq" => "≃",
        "propto" => "∝",
        "ll" => "≪",
        "gg" => "≫",
        "in" => "∈",
        "notin" => "∉",
        "subset" => "⊂",
        "subseteq" => "⊆",
        "cup" => "∪",
        "cap" => "∩",
        "otimes" => "⊗",
        "oplus" => "⊕",
        "rightarrow" | "to" => "→",
        "leftarrow" | "gets" => "←",
        "leftrightarrow" => "↔",
        "Rightarrow" => "⇒",
        "mapsto" => "↦",
        "infty" => "∞",
        "partial" => "∂",
        "nabla" => "∇",
        "sum" => "∑",
        "prod" => "∏",
        "int" => "∫",
        "prime" => "′",
        "ell" => "ℓ",
        "hbar" => "ℏ",
        "forall" => "∀",
        "exists" => "∃",
        "cdots" => "⋯",
        _ => return None,
    })
}

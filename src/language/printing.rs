//! How a file is printed, in the language of its book: who stands at the printer has the file and nothing else.

use super::Language;
use super::punctuation::Setter;

/// What is to be known at the printer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printing {
    /// What the paper is called.
    pub title: String,
    /// The name of the file.
    pub file: String,
    /// How many pages of the book.
    pub pages: usize,
    /// How many sides of sheets.
    pub sides: usize,
    /// The paper: its name and its measures.
    pub paper: String,
    /// Whether sheets are turned on their short edge; it says nothing of one side.
    pub short_edge: bool,
    /// How the sheets are brought together.
    pub binding: Binding,
    /// The sides with colour, from 1.
    pub coloured: Vec<usize>,
    /// Whether colour runs to the edge of the sheet.
    pub to_the_edge: bool,
}

/// How sheets are brought together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// Folded in the middle, two staples in the fold.
    Stapled,
    /// Folded in so many signatures, sewn or glued.
    Signatures(usize),
    /// A staple in the corner.
    Corner,
}

struct Phrases {
    how: &'static str,
    paper: &'static str,
    sheet: &'static str,
    sheets: &'static str,
    one_side: &'static str,
    short_edge: &'static str,
    long_edge: &'static str,
    size: &'static str,
    stapled: &'static str,
    signatures: &'static str,
    corner: &'static str,
    no_colour: &'static str,
    coloured: &'static str,
    all_coloured: &'static str,
    edge: &'static str,
}

const EN: Phrases = Phrases {
    how: "How to print {}",
    paper: "Paper: {}",
    sheet: "1 sheet for {} pages",
    sheets: "{} sheets for {} pages",
    one_side: "Sides: one",
    short_edge: "Sides: both, flipped on the short edge",
    long_edge: "Sides: both, flipped on the long edge",
    size: "Size: actual size (100 %), not fitted to the page",
    stapled: "Binding: fold all sheets together in the middle, and staple twice in the fold",
    signatures: "Binding: {} signatures, each folded in the middle; sew or glue them in their order",
    corner: "Binding: a staple in the corner",
    no_colour: "Colour: none; print in black and white",
    coloured: "Colour: sides {} of {}; the others are black",
    all_coloured: "Colour: all sides",
    edge: "The edges: an office printer leaves a white edge where colour runs off the sheet",
};

const FR: Phrases = Phrases {
    how: "Pour imprimer {}",
    paper: "Papier : {}",
    sheet: "1 feuille pour {} pages",
    sheets: "{} feuilles pour {} pages",
    one_side: "Faces : recto seul",
    short_edge: "Faces : recto verso, retourner sur le petit côté",
    long_edge: "Faces : recto verso, retourner sur le grand côté",
    size: "Taille : taille réelle (100 %), sans ajuster à la page",
    stapled: "Reliure : plier toutes les feuilles ensemble au milieu, deux agrafes dans le pli",
    signatures: "Reliure : {} cahiers, chacun plié au milieu ; les coudre ou les coller dans l’ordre",
    corner: "Reliure : une agrafe dans le coin",
    no_colour: "Couleur : aucune ; imprimer en noir et blanc",
    coloured: "Couleur : faces {} sur {} ; les autres sont en noir",
    all_coloured: "Couleur : toutes les faces",
    edge: "Bords : une imprimante de bureau laisse un bord blanc là où la couleur va jusqu’au bord",
};

const DE: Phrases = Phrases {
    how: "{} drucken",
    paper: "Papier: {}",
    sheet: "1 Blatt für {} Seiten",
    sheets: "{} Blätter für {} Seiten",
    one_side: "Seiten: einseitig",
    short_edge: "Seiten: beidseitig, an der kurzen Kante wenden",
    long_edge: "Seiten: beidseitig, an der langen Kante wenden",
    size: "Größe: tatsächliche Größe (100 %), nicht an die Seite anpassen",
    stapled: "Bindung: alle Blätter zusammen in der Mitte falzen und im Falz zweimal heften",
    signatures: "Bindung: {} Lagen, jede in der Mitte gefalzt; in ihrer Reihenfolge heften oder kleben",
    corner: "Bindung: eine Heftklammer in der Ecke",
    no_colour: "Farbe: keine; schwarzweiß drucken",
    coloured: "Farbe: Seiten {} von {} der Datei; die anderen sind schwarz",
    all_coloured: "Farbe: alle Seiten",
    edge: "Ränder: Wo Farbe bis an den Rand reicht, lässt ein Bürodrucker einen weißen Rand",
};

const ES: Phrases = Phrases {
    how: "Cómo imprimir {}",
    paper: "Papel: {}",
    sheet: "1 hoja para {} páginas",
    sheets: "{} hojas para {} páginas",
    one_side: "Caras: una sola",
    short_edge: "Caras: ambas, girar por el borde corto",
    long_edge: "Caras: ambas, girar por el borde largo",
    size: "Tamaño: tamaño real (100 %), sin ajustar a la página",
    stapled: "Encuadernación: doblar todas las hojas juntas por la mitad y grapar dos veces en el pliegue",
    signatures: "Encuadernación: {} cuadernillos, cada uno doblado por la mitad; coser o pegar en orden",
    corner: "Encuadernación: una grapa en la esquina",
    no_colour: "Color: ninguno; imprimir en blanco y negro",
    coloured: "Color: caras {} de {}; las demás son negras",
    all_coloured: "Color: todas las caras",
    edge: "Bordes: una impresora de oficina deja un borde blanco donde el color llega al borde",
};

const PL: Phrases = Phrases {
    how: "Jak wydrukować {}",
    paper: "Papier: {}",
    sheet: "1 arkusz na {} stron",
    sheets: "Arkusze: {}, strony: {}",
    one_side: "Strony: druk jednostronny",
    short_edge: "Strony: druk dwustronny, obrót wzdłuż krótszej krawędzi",
    long_edge: "Strony: druk dwustronny, obrót wzdłuż dłuższej krawędzi",
    size: "Rozmiar: rzeczywisty (100 %), bez dopasowania do strony",
    stapled: "Oprawa: złożyć wszystkie arkusze razem w połowie i zszyć dwa razy na złożeniu",
    signatures: "Oprawa: składki: {}, każda złożona w połowie; zszyć lub skleić po kolei",
    corner: "Oprawa: zszywka w rogu",
    no_colour: "Kolor: brak; drukować czarno-biało",
    coloured: "Kolor: strony pliku {} z {}; pozostałe są czarne",
    all_coloured: "Kolor: wszystkie strony",
    edge: "Brzegi: drukarka biurowa zostawia biały brzeg tam, gdzie kolor sięga brzegu",
};

impl Printing {
    /// What is to be done, a line a thing; the first is a title.
    pub fn lines(&self, language: &Language) -> Vec<String> {
        let words = match language.primary() {
            "fr" => &FR,
            "de" => &DE,
            "es" => &ES,
            "pl" => &PL,
            _ => &EN,
        };
        let sheets = self.sides.div_ceil(2);
        let mut lines = vec![
            filled(words.how, &[&quoted(&self.title, language)]),
            format!("PDF: {}", self.file),
            filled(words.paper, &[&self.paper]),
            match sheets {
                1 => filled(words.sheet, &[&self.pages.to_string()]),
                _ => filled(words.sheets, &[&sheets.to_string(), &self.pages.to_string()]),
            },
        ];
        lines.push(match (self.sides, self.short_edge) {
            (0 | 1, _) => words.one_side.to_owned(),
            (_, true) => words.short_edge.to_owned(),
            (_, false) => words.long_edge.to_owned(),
        });
        lines.push(words.size.to_owned());
        match self.binding {
            Binding::Stapled => lines.push(words.stapled.to_owned()),
            Binding::Signatures(count) => lines.push(filled(words.signatures, &[&count.to_string()])),
            Binding::Corner if sheets > 1 => lines.push(words.corner.to_owned()),
            Binding::Corner => {}
        }
        lines.push(match self.coloured.len() {
            0 => words.no_colour.to_owned(),
            all if all == self.sides => words.all_coloured.to_owned(),
            _ => filled(words.coloured, &[&ranges(&self.coloured), &self.sides.to_string()]),
        });
        if self.to_the_edge {
            lines.push(words.edge.to_owned());
        }
        lines
    }
}

fn quoted(title: &str, language: &Language) -> String {
    Setter::new(language).set(&format!("\"{title}\""), None)
}

/// What is stamped on a copy: "Copy 7 of 40".
pub fn copy_of(language: &Language, number: u32, of: u32) -> String {
    let phrase = match language.primary() {
        "fr" => "Exemplaire {} sur {}",
        "de" => "Exemplar {} von {}",
        "es" => "Ejemplar {} de {}",
        "pl" => "Egzemplarz {} z {}",
        _ => "Copy {} of {}",
    };
    filled(phrase, &[&number.to_string(), &of.to_string()])
}

/// A phrase with its places filled, in order.
fn filled(phrase: &str, with: &[&str]) -> String {
    let mut out = String::new();
    for (at, part) in phrase.split("{}").enumerate() {
        if let Some(word) = at.checked_sub(1).and_then(|at| with.get(at)) {
            out.push_str(word);
        }
        out.push_str(part);
    }
    out
}

/// Numbers that go up, those that follow each other as a range: "1, 3–5".
fn ranges(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let shown = runs.map(|run| match run {
        [one] => one.to_string(),
        [one, other] => format!("{one}, {other}"),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    shown.collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booklet() -> Printing {
        Printing {
            title: "The Price of Water".to_owned(),
            file: "water-booklet.pdf".to_owned(),
            pages: 16,
            sides: 8,
            paper: "A4 (210 × 297 mm)".to_owned(),
            short_edge: true,
            binding: Binding::Stapled,
            coloured: vec![1, 3, 4, 5],
            to_the_edge: false,
        }
    }

    #[test]
    fn a_booklet_is_described_for_who_stands_at_the_printer() {
        let lines = booklet().lines(&Language::parse("en-GB").expect("a tag"));
        assert!(lines.contains(&"4 sheets for 16 pages".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Sides: both, flipped on the short edge".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Colour: sides 1, 3–5 of 8; the others are black".to_owned()), "{lines:?}");
    }

    #[test]
    fn every_language_fills_every_place() {
        for tag in ["en", "fr", "de", "es", "pl"] {
            for binding in [Binding::Stapled, Binding::Signatures(3), Binding::Corner] {
                for coloured in [vec![], vec![2], (1..=8).collect()] {
                    let asked = Printing { binding, coloured, to_the_edge: true, ..booklet() };
                    let lines = asked.lines(&Language::parse(tag).expect("a tag"));
                    assert!(lines.iter().all(|line| !line.contains("{}") && !line.is_empty()), "{lines:?}");
                }
            }
        }
    }
}

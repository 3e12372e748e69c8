//! Words of the trade by language: titles of made parts, captions, dates.
//!
//! A language that is not here gets English. The words are the usual ones of its book trade, not translations.

use super::Language;

macro_rules! terms {
    ($($id:ident $en:literal $fr:literal $de:literal $es:literal $pl:literal;)*) => {
        /// A word that recto says itself.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Term { $(#[doc = $en] $id,)* }

        impl Term {
            /// The word in a language.
            pub fn word(self, language: &Language) -> &'static str {
                match (self, language.primary()) {
                    $((Term::$id, "fr") => $fr, (Term::$id, "de") => $de, (Term::$id, "es") => $es,
                      (Term::$id, "pl") => $pl, (Term::$id, _) => $en,)*
                }
            }
        }
    };
}

terms! {
    Contents "Contents" "Sommaire" "Inhalt" "Índice" "Spis treści";
    Notes "Notes" "Notes" "Anmerkungen" "Notas" "Przypisy";
    Figure "Figure" "Figure" "Abbildung" "Figura" "Rysunek";
    Table "Table" "Tableau" "Tabelle" "Tabla" "Tabela";
    Box "Box" "Encadré" "Kasten" "Recuadro" "Ramka";
    Section "Section" "Section" "Abschnitt" "Sección" "Sekcja";
    Figures "Figures" "Figures" "Abbildungen" "Figuras" "Spis rysunków";
    Tables "Tables" "Tableaux" "Tabellen" "Tablas" "Spis tabel";
    Source "Source" "Source" "Quelle" "Fuente" "Źródło";
    Credit "Credit" "Crédit" "Bild" "Crédito" "Fot.";
    Cover "Cover" "Couverture" "Umschlag" "Cubierta" "Okładka";
    TitlePage "Title page" "Page de titre" "Titelseite" "Portada" "Strona tytułowa";
    CopyrightPage "Copyright" "Mentions légales" "Impressum" "Créditos" "Strona redakcyjna";
    BackCover "Back cover" "Quatrième de couverture" "Rückseite" "Contracubierta" "Tylna okładka";
    Introduction "Introduction" "Introduction" "Einleitung" "Introducción" "Wprowadzenie";
    Conclusion "Conclusion" "Conclusion" "Schluss" "Conclusión" "Zakończenie";
    Recommendations "Recommendations" "Recommandations" "Empfehlungen" "Recomendaciones" "Rekomendacje";
    KeyTakeaways "Key takeaways" "Points clés" "Das Wichtigste in Kürze" "Ideas clave" "Główne wnioski";
    ExecutiveSummary "Executive summary" "Résumé" "Zusammenfassung" "Resumen ejecutivo" "Streszczenie";
    Abstract "Abstract" "Résumé" "Zusammenfassung" "Resumen" "Streszczenie";
    Abbreviations "Abbreviations" "Sigles et abréviations" "Abkürzungen" "Siglas y abreviaturas" "Wykaz skrótów";
    Foreword "Foreword" "Préface" "Geleitwort" "Prólogo" "Słowo wstępne";
    Preface "Preface" "Avant-propos" "Vorwort" "Prefacio" "Przedmowa";
    Acknowledgements "Acknowledgements" "Remerciements" "Dank" "Agradecimientos" "Podziękowania";
    Dedication "Dedication" "Dédicace" "Widmung" "Dedicatoria" "Dedykacja";
    Epigraph "Epigraph" "Épigraphe" "Motto" "Epígrafe" "Motto";
    Praise "Praise" "Ils en parlent" "Stimmen" "Elogios" "Opinie";
    Prologue "Prologue" "Prologue" "Prolog" "Prólogo" "Prolog";
    Epilogue "Epilogue" "Épilogue" "Epilog" "Epílogo" "Epilog";
    Part "Part" "Partie" "Teil" "Parte" "Część";
    Chapter "Chapter" "Chapitre" "Kapitel" "Capítulo" "Rozdział";
    Appendix "Appendix" "Annexe" "Anhang" "Apéndice" "Aneks";
    Glossary "Glossary" "Glossaire" "Glossar" "Glosario" "Słowniczek";
    Bibliography "Bibliography" "Bibliographie" "Literatur" "Bibliografía" "Bibliografia";
    Afterword "Afterword" "Postface" "Nachwort" "Epílogo" "Posłowie";
    AboutTheAuthor "About the author" "L’auteur" "Über den Autor" "Sobre el autor" "O autorze";
    AboutTheAuthors "About the authors" "Les auteurs" "Über die Autoren" "Sobre los autores" "O autorach";
    AboutTheInstitute "About the institute" "L’institut" "Über das Institut" "Sobre el instituto" "O instytucie";
    HowToCite "How to cite" "Pour citer ce document" "Zitiervorschlag" "Cómo citar" "Jak cytować";
    Funding "Funding" "Financement" "Förderung" "Financiación" "Finansowanie";
    Disclaimer "Disclaimer" "Avertissement" "Haftungsausschluss" "Descargo de responsabilidad" "Zastrzeżenie";
    Related "Related" "À lire aussi" "Zum Weiterlesen" "Lecturas relacionadas" "Zobacz także";
    AlsoBy "Also by the author" "Du même auteur" "Vom selben Autor" "Del mismo autor" "Tego samego autora";
    Excerpt "Excerpt" "Extrait" "Leseprobe" "Extracto" "Fragment";
    Colophon "Colophon" "Colophon" "Kolophon" "Colofón" "Kolofon";
    ExtractFrom "Extract from" "Extrait de" "Auszug aus" "Extracto de" "Fragment publikacji";
    Draft "Draft" "Projet" "Entwurf" "Borrador" "Wersja robocza";
    Version "Version" "Version" "Fassung" "Versión" "Wersja";
    Revised "Revised" "Révisé le" "Überarbeitet am" "Revisado el" "Zmieniono";
    EmbargoedUntil "Embargoed until" "Sous embargo jusqu’au" "Sperrfrist bis" "Embargado hasta el" "Embargo do";
    YourNotes "Your notes" "Vos notes" "Ihre Notizen" "Sus notas" "Twoje notatki";
    Note "Note" "Note" "Hinweis" "Nota" "Uwaga";
    Tip "Tip" "Conseil" "Tipp" "Consejo" "Wskazówka";
    Important "Important" "Important" "Wichtig" "Importante" "Ważne";
    Warning "Warning" "Attention" "Warnung" "Advertencia" "Ostrzeżenie";
    Caution "Caution" "Prudence" "Vorsicht" "Precaución" "Ostrożnie";
    PictureCredits "Picture credits" "Crédits photographiques" "Bildnachweis" "Créditos de las imágenes" "Źródła ilustracji";
    And "and" "et" "und" "y" "i";
    Link "link" "lien" "Link" "enlace" "odnośnik";
    Number "No." "nº" "Nr." "n.º" "nr";
    Printed "print" "imprimé" "Print" "impreso" "druk";
    Editing "Editor" "Édition" "Redaktion" "Edición" "Redakcja";
    Translation "Translation" "Traduction" "Übersetzung" "Traducción" "Przekład";
    Illustrations "Illustrations" "Illustrations" "Illustrationen" "Ilustraciones" "Ilustracje";
    Photographs "Photographs" "Photographies" "Fotografien" "Fotografías" "Fotografie";
    Design "Design" "Conception graphique" "Gestaltung" "Diseño" "Projekt graficzny";
    CopyEditing "Copy-editing" "Correction" "Lektorat" "Corrección" "Korekta";
    Review "Review" "Relecture" "Gutachten" "Revisión" "Recenzja";
    Research "Research" "Recherche" "Recherche" "Investigación" "Badania";
    IntroductionBy "Introduction" "Préface" "Vorwort" "Prólogo" "Wstęp";
    With "With" "Avec" "Mitarbeit" "Con la colaboración de" "Współpraca";
    CoverOf "Cover of" "Couverture de" "Umschlag von" "Cubierta de" "Okładka:";
    BackToCall "Back to note reference" "Retour à l’appel de note" "Zurück zum Notenzeichen" "Volver a la llamada de nota" "Powrót do odsyłacza";
    Landmarks "Landmarks" "Points de repère" "Orientierungspunkte" "Puntos de referencia" "Punkty orientacyjne";
    Pages "Pages" "Pages" "Seiten" "Páginas" "Strony";
    Description "Description" "Description" "Beschreibung" "Descripción" "Opis";
    AccessStructure "The book has a table of contents and headings by which it can be navigated, and its text can be enlarged and recoloured." "Le livre a une table des matières et des titres qui permettent de s’y déplacer ; son texte peut être agrandi et recoloré." "Das Buch hat ein Inhaltsverzeichnis und Überschriften zur Navigation; sein Text lässt sich vergrößern und umfärben." "El libro tiene un índice y títulos que permiten recorrerlo; su texto puede ampliarse y cambiar de color." "Książka ma spis treści i nagłówki ułatwiające nawigację, a jej tekst można powiększać i zmieniać jego kolory.";
    AccessPictures "Pictures have alternative text." "Les images ont un texte de remplacement." "Bilder haben einen Alternativtext." "Las imágenes tienen texto alternativo." "Ilustracje mają tekst alternatywny.";
    AccessNotes "Notes are linked both ways." "Les notes sont liées dans les deux sens." "Anmerkungen sind in beide Richtungen verlinkt." "Las notas están enlazadas en ambos sentidos." "Przypisy są połączone odsyłaczami w obie strony.";
    AccessPages "The page numbers of the print edition are marked." "Les numéros de page de l’édition imprimée sont indiqués." "Die Seitenzahlen der Druckausgabe sind angegeben." "Se indican los números de página de la edición impresa." "Zaznaczono numery stron wydania drukowanego.";
}

/// The word for several of a kind: "Figures" for "Figure"; `None` where that is not known.
pub fn plural(word: &str, language: &Language) -> Option<&'static str> {
    const PLURALS: [(&str, &str, &str); 20] = [
        ("en", "Figure", "Figures"),
        ("en", "Table", "Tables"),
        ("en", "Box", "Boxes"),
        ("en", "Section", "Sections"),
        ("fr", "Figure", "Figures"),
        ("fr", "Tableau", "Tableaux"),
        ("fr", "Encadré", "Encadrés"),
        ("fr", "Section", "Sections"),
        ("de", "Abbildung", "Abbildungen"),
        ("de", "Tabelle", "Tabellen"),
        ("de", "Kasten", "Kästen"),
        ("de", "Abschnitt", "Abschnitte"),
        ("es", "Figura", "Figuras"),
        ("es", "Tabla", "Tablas"),
        ("es", "Recuadro", "Recuadros"),
        ("es", "Sección", "Secciones"),
        ("pl", "Rysunek", "Rysunki"),
        ("pl", "Tabela", "Tabele"),
        ("pl", "Ramka", "Ramki"),
        ("pl", "Sekcja", "Sekcje"),
    ];
    let of = |primary: &str| PLURALS.iter().find(|(tongue, one, _)| *tongue == primary && *one == word);
    of(language.primary()).map(|(_, _, several)| *several)
}

/// The languages that have words here.
pub(super) const KNOWN: [&str; 5] = ["en", "fr", "de", "es", "pl"];

impl Term {
    /// What a contributor did, by the MARC code.
    pub fn of_role(code: &str) -> Term {
        match code {
            "edt" => Term::Editing,
            "trl" => Term::Translation,
            "ill" => Term::Illustrations,
            "pht" => Term::Photographs,
            "bkd" => Term::Design,
            "cov" => Term::Cover,
            "cpe" | "pfr" => Term::CopyEditing,
            "rev" => Term::Review,
            "res" => Term::Research,
            "aui" => Term::IntroductionBy,
            "aft" => Term::Afterword,
            _ => Term::With,
        }
    }
}

/// A date as a language writes it, as precise as it is given.
pub fn date(language: &Language, year: u16, month: Option<u8>, day: Option<u8>) -> String {
    let Some(month) = month else { return year.to_string() };
    let name = month_name(language, month, day.is_some());
    let american = matches!((language.primary(), language.region()), ("en", Some("US" | "CA")));
    match (day, language.primary()) {
        (None, "es") => format!("{name} de {year}"),
        (None, _) => format!("{name} {year}"),
        (Some(day), "de") => format!("{day}. {name} {year}"),
        (Some(day), "es" | "pt") => format!("{day} de {name} de {year}"),
        (Some(1), "fr") => format!("1er {name} {year}"),
        (Some(day), _) if american => format!("{name} {day}, {year}"),
        (Some(day), _) => format!("{day} {name} {year}"),
    }
}

/// A month, from 1.
pub(super) fn month_name(language: &Language, month: u8, with_day: bool) -> &'static str {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const FR: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const DE: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    const ES: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    const PL: [&str; 12] = [
        "styczeń",
        "luty",
        "marzec",
        "kwiecień",
        "maj",
        "czerwiec",
        "lipiec",
        "sierpień",
        "wrzesień",
        "październik",
        "listopad",
        "grudzień",
    ];
    const PL_OF: [&str; 12] = [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ];
    let names = match (language.primary(), with_day) {
        ("fr", _) => FR,
        ("de", _) => DE,
        ("es", _) => ES,
        ("pl", true) => PL_OF,
        ("pl", false) => PL,
        _ => EN,
    };
    names[usize::from(month.clamp(1, 12)) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_their_language_writes_them() {
        let shown = |tag: &str, day| date(&Language::parse(tag).expect("a tag"), 2024, Some(6), day);
        assert_eq!(shown("en-CA", Some(19)), "June 19, 2024");
        assert_eq!(shown("en-GB", Some(19)), "19 June 2024");
        assert_eq!(shown("de", Some(19)), "19. Juni 2024");
        assert_eq!(shown("pl", Some(19)), "19 czerwca 2024");
        assert_eq!(shown("fr", None), "juin 2024");
    }
}

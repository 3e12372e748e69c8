//! Words of pages on the web: of a title's own page and of its text to read there, by language.
//!
//! The statement of accessibility is in the sentences of W3C's Accessibility Metadata Display Guide 2.0 (the compact
//! ones), and in their translations.

use super::Language;

macro_rules! words {
    ($($id:ident $en:literal $fr:literal $de:literal $es:literal $pl:literal;)*) => {
        /// Words that a page on the web says itself.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Web { $(#[doc = $en] $id,)* }

        impl Web {
            /// The words in a language.
            pub fn word(self, language: &Language) -> &'static str {
                match (self, language.primary()) {
                    $((Web::$id, "fr") => $fr, (Web::$id, "de") => $de, (Web::$id, "es") => $es,
                      (Web::$id, "pl") => $pl, (Web::$id, _) => $en,)*
                }
            }
        }
    };
}

words! {
    Skip "Skip to the text" "Aller au texte" "Zum Text" "Ir al texto" "Przejdź do tekstu";
    Languages "Languages" "Langues" "Sprachen" "Idiomas" "Języki";
    ReadOnline "Read online" "Lire en ligne" "Online lesen" "Leer en línea" "Czytaj online";
    ReadSample "Read a sample" "Lire un extrait" "Leseprobe" "Leer un fragmento" "Czytaj fragment";
    WhereToBuy "Where to buy" "Où l’acheter" "Bezugsquelle" "Dónde comprarlo" "Gdzie kupić";
    DownloadThe "Download" "Télécharger" "Herunterladen" "Descargar" "Pobierz";
    Downloads "Download" "Téléchargements" "Dateien" "Descargas" "Pliki do pobrania";
    Editions "Editions" "Éditions" "Ausgaben" "Ediciones" "Wydania";
    PdfToPrint "PDF to print" "PDF à imprimer" "PDF zum Drucken" "PDF para imprimir" "PDF do druku";
    PdfForScreen "PDF for the screen" "PDF pour l’écran" "PDF für den Bildschirm" "PDF para pantalla" "PDF na ekran";
    PdfLargePrint "Large print PDF" "PDF en gros caractères" "PDF in Großdruck" "PDF en letra grande" "PDF z dużym drukiem";
    Ebook "E-book" "Livre numérique" "E-Book" "Libro electrónico" "E-book";
    PrintedBook "Printed book" "Livre imprimé" "Gedrucktes Buch" "Libro impreso" "Książka drukowana";
    ForReaders "EPUB 3, for phones, tablets and e-readers" "EPUB 3, pour téléphones, tablettes et liseuses" "EPUB 3, für Telefone, Tablets und Lesegeräte" "EPUB 3, para teléfonos, tabletas y lectores" "EPUB 3, na telefony, tablety i czytniki";
    PagesOf "pages" "pages" "Seiten" "páginas" "stron";
    Tagged "tagged (PDF/UA)" "balisé (PDF/UA)" "getaggt (PDF/UA)" "etiquetado (PDF/UA)" "oznakowany (PDF/UA)";
    FreeUnder "Free under" "Libre sous" "Frei unter" "Libre bajo" "Na licencji";
    Checksums "Checksums" "Sommes de contrôle" "Prüfsummen" "Sumas de comprobación" "Sumy kontrolne";
    Summary "Summary" "Résumé" "Zusammenfassung" "Resumen" "Streszczenie";
    Subjects "Subjects" "Sujets" "Themen" "Temas" "Tematy";
    CiteThis "Cite this publication" "Citer cette publication" "Zitieren" "Citar esta publicación" "Cytuj tę publikację";
    Copy "Copy" "Copier" "Kopieren" "Copiar" "Kopiuj";
    Copied "Copied" "Copié" "Kopiert" "Copiado" "Skopiowano";
    Licence "Licence" "Licence" "Lizenz" "Licencia" "Licencja";
    RightsOf "Rights" "Droits" "Rechte" "Derechos" "Prawa";
    MiningReserved "Text and data mining is reserved." "La fouille de textes et de données est réservée." "Text- und Data-Mining ist vorbehalten." "La minería de textos y datos está reservada." "Eksploracja tekstów i danych jest zastrzeżona.";
    Accessibility "Accessibility" "Accessibilité" "Barrierefreiheit" "Accesibilidad" "Dostępność";
    OfTheEbook "Of the e-book." "Du livre numérique." "Des E-Books." "Del libro electrónico." "E-booka.";
    WaysOfReading "Ways of reading" "Modalités de lecture" "Lesemöglichkeiten" "Formas de lectura" "Sposoby czytania";
    AppearanceModifiable "Appearance can be modified" "Affichage personnalisable" "Darstellung kann angepasst werden" "La apariencia puede modificarse" "Wygląd można zmieniać";
    ReadAloud "Readable in read aloud or dynamic braille" "Lisible en lecture à voix haute ou en braille dynamique" "Lesbar mit Vorlesefunktion oder dynamischer Braille" "Legible en lectura en voz alta o braille dinámico" "Możliwy odczyt na głos lub dynamicznym brajlem";
    NotReadAloud "Not fully readable in read aloud or dynamic braille" "Pas entièrement lisible en lecture à voix haute ou en braille dynamique" "Nicht vollständig lesbar mit Vorlesefunktion oder dynamischer Braille" "No totalmente legible en lectura en voz alta o braille dinámico" "Nie w pełni możliwy odczyt na głos lub dynamicznym brajlem";
    HasAlternativeText "Has alternative text" "Images décrites par un texte alternatif" "Hat Alternativtexte" "Con texto alternativo" "Ma teksty alternatywne";
    Conformance "Conformance" "Conformité" "Konformität" "Conformidad" "Zgodność";
    MeetsStandards "This publication meets accepted accessibility standards" "Cette publication respecte les normes d’accessibilité reconnues" "Diese Publikation entspricht anerkannten Standards der Barrierefreiheit" "Esta publicación cumple las normas de accesibilidad aceptadas" "Ta publikacja spełnia uznane standardy dostępności";
    CertifiedBy "This publication was certified by" "Cette publication a été certifiée par" "Diese Publikation wurde zertifiziert von" "Esta publicación fue certificada por" "Publikację certyfikuje";
    NoConformance "No information is available" "Aucune information disponible" "Keine Angaben vorhanden" "No hay información disponible" "Brak informacji";
    NavigationOf "Navigation" "Navigation" "Navigation" "Navegación" "Nawigacja";
    NavContents "Table of contents" "Table des matières" "Inhaltsverzeichnis" "Índice" "Spis treści";
    NavHeadings "Headings" "Titres" "Überschriften" "Encabezados" "Nagłówki";
    NavPages "Go to page" "Aller à la page" "Gehe zu Seite" "Ir a la página" "Przejście do strony";
    Hazards "Hazards" "Dangers" "Gefahren" "Riesgos" "Zagrożenia";
    NoHazards "No hazards" "Aucun danger" "Keine Gefahren" "Sin riesgos" "Brak zagrożeń";
    MoreAccess "Additional accessibility information" "Autres informations sur l’accessibilité" "Weitere Angaben" "Información adicional" "Dodatkowe informacje";
    PageBreaks "Page breaks included" "Sauts de page inclus" "Seitenumbrüche enthalten" "Saltos de página incluidos" "Zawiera podziały stron";
    AriaRoles "ARIA roles included" "Rôles ARIA inclus" "ARIA-Rollen enthalten" "Roles ARIA incluidos" "Zawiera role ARIA";
    Report "Report of the automatic checks" "Rapport des contrôles automatiques" "Bericht der automatischen Prüfungen" "Informe de las comprobaciones automáticas" "Raport z automatycznej kontroli";
    Correction "Correction" "Correction" "Berichtigung" "Corrección" "Poprawka";
    EuResponsible "Responsible in the European Union" "Responsable dans l’Union européenne" "Verantwortlich in der Europäischen Union" "Responsable en la Unión Europea" "Odpowiedzialny w Unii Europejskiej";
    Corrections "Corrections" "Corrections" "Berichtigungen" "Correcciones" "Poprawki";
    Translations "Translations" "Traductions" "Übersetzungen" "Traducciones" "Przekłady";
    Partners "Partners" "Partenaires" "Partner" "Socios" "Partnerzy";
    EachEntry "Each entry opens in the web edition." "Chaque entrée s’ouvre dans l’édition web." "Jeder Eintrag öffnet die Web-Ausgabe." "Cada entrada se abre en la edición web." "Każda pozycja otwiera wydanie internetowe.";
    FiguresArePages "Figures give the page in print." "Les chiffres sont les pages imprimées." "Die Zahlen sind die Seiten im Druck." "Las cifras dan la página impresa." "Liczby to strony druku.";
    PageInPrint "Page in print:" "Page imprimée :" "Seite im Druck:" "Página impresa:" "Strona w druku:";
    PagesInPrint "Pages in print:" "Pages imprimées :" "Seiten im Druck:" "Páginas impresas:" "Strony w druku:";
    Previous "Previous" "Précédent" "Zurück" "Anterior" "Poprzednie";
    Next "Next" "Suivant" "Weiter" "Siguiente" "Następne";
    CiteAndDownload "Cite and download" "Citer et télécharger" "Zitieren und laden" "Citar y descargar" "Cytuj i pobierz";
    Search "Search" "Rechercher" "Suchen" "Buscar" "Szukaj";
    NoneFound "Nothing found" "Aucun résultat" "Nichts gefunden" "Sin resultados" "Nic nie znaleziono";
    Close "Close" "Fermer" "Schließen" "Cerrar" "Zamknij";
    OpenLarge "Open large" "Agrandir" "Groß öffnen" "Ampliar" "Powiększ";
    ScrollSideways "Scroll sideways to see all columns" "Faites défiler pour voir toutes les colonnes" "Seitwärts blättern, um alle Spalten zu sehen" "Desplácese para ver todas las columnas" "Przewiń, aby zobaczyć wszystkie kolumny";
    SearchThis "Search this publication" "Rechercher dans cette publication" "In dieser Publikation suchen" "Buscar en esta publicación" "Szukaj w tej publikacji";
    Menu "Contents" "Sommaire" "Inhalt" "Índice" "Spis treści";
}

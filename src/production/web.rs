//! The web edition: a folder of pages beside the other files, and the faces that pages carry.

use std::collections::BTreeSet;

use super::{Finished, Production};
use crate::book::{BlockKind, Division, plain};
use crate::diagnostic::Reported;
use crate::edition::Edition;
use crate::epub;
use crate::preflight;
use crate::theme::Theme;

impl Production<'_> {
    /// The files of a web edition, in its folder.
    pub(super) fn web(&mut self, edition: &Edition) -> Result<Vec<Finished>, Reported> {
        let at = self.book(edition)?;
        let name = edition.file_name(&self.books[&at].1.metadata.slug, self.manuscript.editions());
        let faces = self.faces(at, &self.theme(edition));
        let folder = self.folder(edition, at, &faces, "fonts/", None, &|_| true)?;
        let carried = faces.into_iter().filter(|face| !face.woff.is_empty());
        let carried = carried.map(|face| (format!("fonts/{}", face.file), face.woff));
        let pages = folder.files.into_iter().map(|(file, _, bytes)| (file, bytes));
        let finished = |(file, bytes): (String, Vec<u8>)| Finished {
            edition: edition.name.clone(),
            file: format!("{name}/{file}"),
            bytes,
            pages: None,
            features: BTreeSet::new(),
            claims: Vec::new(),
            accessibility: None,
            printing: Vec::new(),
        };
        Ok(pages.chain(carried).map(finished).collect())
    }

    /// The pages of a book for the web, with the pages of the print marked in them.
    pub(super) fn folder(
        &mut self,
        edition: &Edition,
        book: usize,
        faces: &[epub::WebFace],
        fonts: &str,
        home: Option<&str>,
        only: &dyn Fn(&Division) -> bool,
    ) -> Result<epub::Folder, Reported> {
        preflight::terms::check_web(&self.books[&book].1, self.diagnostics);
        let print = self.marked_by(edition)?;
        let theme = self.theme(edition);
        let input = epub::Input {
            book: &self.books[&book].1,
            theme: &theme,
            fonts: &self.fonts,
            print: print.map(|(book, pages)| super::shown_in(&self.books[&book].1, &self.layouts[&pages])),
            print_isbn: None,
            embed_fonts: false,
            cover: None,
            shop: None,
        };
        Ok(epub::folder(&input, faces, fonts, home, only))
    }

    /// The faces of pages, with the characters of the book, of its metadata and of what pages say themselves.
    pub(super) fn faces(&self, book: usize, theme: &Theme) -> Vec<epub::WebFace> {
        let book = &self.books[&book].1;
        let mut characters: BTreeSet<char> = (' '..='~').chain('\u{a0}'..='\u{17f}').collect();
        characters.extend("–—‘’‚“”„…‹›•→←↑↓©®™×−№↩·".chars());
        characters.extend(book.texts().flat_map(|(_, text)| plain(&text.content).chars().collect::<Vec<_>>()));
        characters.extend(format!("{:?}", book.metadata.distribution).chars());
        let people = book.metadata.authors.iter().chain(&book.metadata.contributors);
        characters.extend(people.flat_map(|person| person.name.chars()));
        characters.extend(book.metadata.description.iter().flat_map(|text| text.chars()));
        characters.extend(book.metadata.keywords.iter().flat_map(|text| text.chars()));
        let code = book.blocks().any(|block| matches!(block.kind, BlockKind::Code(_)));
        epub::web_faces(theme, &self.fonts, &characters, code)
    }
}

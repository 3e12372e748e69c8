//! What people say of a book's accessibility: questions that no tool decides, with who answered them and when, and what
//! other tools found.

use super::date::Date;

macro_rules! questions {
    ($($id:ident $key:literal [$($criterion:literal),*] $about:literal;)*) => {
        /// A question that only a person can answer.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Question { $(#[doc = $about] $id,)* }

        impl Question {
            /// Every question, in the order of the report.
            pub const ALL: &'static [Question] = &[$(Question::$id,)*];

            /// As metadata names it.
            pub fn name(self) -> &'static str {
                match self { $(Question::$id => $key,)* }
            }

            /// The criteria of WCAG 2.2 that it is a part of.
            pub fn criteria(self) -> &'static [&'static str] {
                match self { $(Question::$id => &[$($criterion),*],)* }
            }
        }

        /// The names of the questions.
        pub const QUESTIONS: &[&str] = &[$($key),*];
    };
}

questions! {
    Alt "alternative-texts" ["1.1.1"] "Whether alternative texts say what pictures say.";
    Structure "structure" ["1.3.1", "2.4.6"] "Whether headings, lists and tables are what they seem.";
    Order "reading-order" ["1.3.2"] "Whether it is read in the order that is meant.";
    Senses "senses" ["1.3.3", "1.4.1"] "Whether nothing is said by colour, shape or place alone.";
    Contrast "contrast-in-pictures" ["1.4.3", "1.4.11"] "Whether what is drawn can be told from its ground.";
    Links "links" ["2.4.4", "2.4.6"] "Whether headings and links say what they lead to.";
    Languages "languages" ["3.1.2"] "Whether each change of language is marked.";
    Listened "screen-reader" ["1.3.1", "1.3.2", "4.1.2"] "Whether somebody read it all with a screen reader.";
}

/// How a question was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// Yes.
    Yes,
    /// No.
    No,
    /// In parts.
    Partly,
}

/// An answer, which is always somebody's, of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// To which question.
    pub question: Question,
    /// What.
    pub told: Told,
    /// Who.
    pub by: String,
    /// When.
    pub on: Date,
    /// More, in words.
    pub note: Option<String>,
}

/// What another tool found.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// Its name.
    pub tool: String,
    /// Its version.
    pub version: Option<String>,
    /// Whether it found nothing to mend.
    pub passed: bool,
    /// When.
    pub on: Date,
    /// More, in words.
    pub note: Option<String>,
}

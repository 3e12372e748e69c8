//! What an author sees: whole manuscripts through the library and through the program.

mod begun;
mod cases;
mod command_line;
mod dice;
mod ebook;
mod ebook_faults;
mod ebook_reader;
mod every;
mod faces;
mod handbook;
mod imprint;
mod keys;
mod ledger;
mod mutated;
mod pages;
mod pandoc;
mod parts;
mod pdf;
mod pdf_text;
mod pdf_x;
mod preflight;
mod session;
mod support;
mod tables;
mod typesetting;
mod walks;

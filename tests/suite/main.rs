//! What an author sees: whole manuscripts through the library and through the program.

mod command_line;
mod faulty;
mod support;

//! The binary.

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    recto::cli::run()
}

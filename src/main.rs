//! The binary.

fn main() -> std::process::ExitCode {
    recto::cli::run()
}

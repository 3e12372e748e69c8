//! The binary.

fn main() {
    eprintln!("recto cannot build yet");
    std::process::exit(2);
}

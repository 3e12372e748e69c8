//! Tabs: whether those at the start of lines are how a text marks its paragraphs, or how it marks program text.

/// Whether the tabs of a text stand before program text: more of what they begin is like no sentence than is.
pub(super) fn are_code(text: &str) -> bool {
    let (mut code, mut prose) = (0, 0);
    let mut block: Vec<&str> = Vec::new();
    let mut blank = true;
    for line in text.lines().chain([""]) {
        match line.strip_prefix('\t').filter(|words| !words.trim().is_empty()) {
            Some(words) if !block.is_empty() || blank => block.push(words),
            _ if !block.is_empty() => {
                let is_program = block.iter().any(|line| is_code(line));
                code += usize::from(is_program);
                prose += usize::from(!is_program);
                block.clear();
            }
            _ => {}
        }
        blank = line.trim().is_empty();
    }
    code > prose
}

/// A line that no sentence is like: indented deeper, a command, full of signs.
fn is_code(line: &str) -> bool {
    let words = line.trim_end();
    let letters = words.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count();
    let signs = words.chars().filter(|c| "{}[]=;<>|\\$#_/".contains(*c)).count();
    let bare = words.trim_start();
    bare.starts_with("$ ")
        || words.len() > bare.len() && bare.len() > 1
        || signs * 8 > letters && signs > 1
        || words.ends_with(['{', ';'])
}

#[cfg(test)]
mod tests {
    use super::are_code;

    #[test]
    fn tabs_before_sentences_are_no_code() {
        assert!(!are_code("# One\n\n\tIt was late. She went.\n\n\t\"No.\"\n\n\tHe stayed; nobody asked.\n"));
        assert!(!are_code("\tHe left the house.\n\n\tif x {\n"));
        assert!(are_code(
            "Run this:\n\n\t$ git status\n\tOn branch master\n\n\tnothing added\n\nThen:\n\n\tlet a = 1;\n"
        ));
        assert!(!are_code(
            "\tOne line of a story.\n\nWords.\n\n\tTwo lines of it.\n\nWords.\n\n\t$ ls\n\nWords.\n\n\tAnd more.\n"
        ));
    }
}

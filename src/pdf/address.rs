//! Addresses as a PDF holds them: URIs are ASCII (ISO 32000-1, 12.6.4.7), so other letters are written in their bytes
//! (RFC 3987, 3.1) and names of hosts in Punycode (RFC 3492).

/// An address in ASCII. What is encoded already stays as it is.
pub(super) fn ascii(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return encoded(address) };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let mut out = format!("{}://", encoded(scheme));
    if let Some(user) = user {
        out.push_str(&encoded(user));
        out.push('@');
    }
    let labels: Vec<String> = host.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).map(host_label).collect();
    out.push_str(&labels.join("."));
    out.push_str(&encoded(path));
    out
}

/// The bytes of letters that no URI holds.
fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for letter in part.chars() {
        if letter.is_ascii_graphic() && !"\"<>\\^`{|}".contains(letter) {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            letter.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

fn host_label(label: &str) -> String {
    if label.is_ascii() {
        return encoded(label);
    }
    let letters: Vec<char> = label.chars().flat_map(char::to_lowercase).collect();
    match punycode(&letters) {
        Some(code) => format!("xn--{code}"),
        None => encoded(label),
    }
}

/// RFC 3492, 6.3, with the parameters of section 5; `None` where a number would not fit, which no host's name reaches.
fn punycode(letters: &[char]) -> Option<String> {
    const BASE: u32 = 36;
    let mut out: String = letters.iter().filter(|letter| letter.is_ascii()).collect();
    let basic = out.len() as u32;
    let mut handled = basic;
    if basic > 0 {
        out.push('-');
    }
    let (mut number, mut delta, mut bias) = (128u32, 0u32, 72u32);
    while (handled as usize) < letters.len() {
        let next = letters.iter().map(|letter| *letter as u32).filter(|code| *code >= number).min()?;
        delta = delta.checked_add((next - number).checked_mul(handled + 1)?)?;
        number = next;
        for letter in letters {
            let code = *letter as u32;
            if code < number {
                delta = delta.checked_add(1)?;
            }
            if code != number {
                continue;
            }
            let mut rest = delta;
            for place in (BASE..).step_by(BASE as usize) {
                let threshold = place.saturating_sub(bias).clamp(1, 26);
                if rest < threshold {
                    break;
                }
                out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                rest = (rest - threshold) / (BASE - threshold);
            }
            out.push(digit(rest));
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        number = number.checked_add(1)?;
    }
    Some(out)
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut places = 0;
    while delta > 455 {
        delta /= 35;
        places += 36;
    }
    places + 36 * delta / (delta + 38)
}

/// 0 to 25 are letters, 26 to 35 digits.
fn digit(value: u32) -> char {
    char::from_digit((value + 10) % 36, 36).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_are_bytes_and_hosts_are_punycode() {
        assert_eq!(
            ascii("https://bücher.example/größe?q=a b#é"),
            "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=a%20b#%C3%A9"
        );
        assert_eq!(ascii("https://例え.jp/道"), "https://xn--r8jz45g.jp/%E9%81%93");
        assert_eq!(ascii("https://münchen-ost.de"), "https://xn--mnchen-ost-9db.de");
        assert_eq!(ascii("mailto:ann@example.org"), "mailto:ann@example.org");
        assert_eq!(ascii("https://a.org/x%20y(z)"), "https://a.org/x%20y(z)");
    }
}

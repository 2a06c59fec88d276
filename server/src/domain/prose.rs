//! What people write: cleaned, measured, and turned from HTML to text and back.
//!
//! Text is what is kept. HTML that comes in is reduced to its text; HTML that goes out is made from
//! the text, so that no markup of one person ever reaches the page of another. What agents write may
//! have a second form beside its text, the few elements of [`super::rich`].

use super::{Invalid, rich};
use crate::config::Limits;
use api::comment::NewComment;

/// The subject as it is kept: one line.
///
/// # Errors
/// When there is none or it is too long.
pub fn subject(given: Option<&str>, limits: Limits) -> Result<String, Invalid> {
    let line: String = given.unwrap_or("").chars().filter_map(of_line).collect();
    let line = line.trim();
    let most = limits.subject_characters;
    if !says_anything(line) {
        return Err(Invalid::one("subject", "BlankValue", "Subject: cannot be blank"));
    }
    if line.chars().count() > usize::try_from(most).unwrap_or(usize::MAX) {
        let text = format!("Subject: is too long (maximum is {most} characters)");
        return Err(Invalid::one("subject", "TooLong", text));
    }
    Ok(line.to_owned())
}

/// A character as a line of text keeps it. A line stands beside others, in lists and in mails; so it
/// may neither break nor turn the direction of what comes after it.
fn of_line(c: char) -> Option<char> {
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
}

/// Whether there is anything to be seen in a text.
fn says_anything(text: &str) -> bool {
    let unseen = |c: char| {
        matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}')
    };
    text.chars().any(|c| !c.is_whitespace() && !c.is_control() && !unseen(c))
}

/// A comment as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    /// The same in the small form of [`super::rich`], where that says more.
    pub html: Option<String>,
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self { text, html: None }
    }
}

/// A comment of an agent, whose HTML is kept as far as it is of the small form.
///
/// # Errors
/// As those of [`comment`].
pub fn agents_comment(given: &NewComment, limits: Limits) -> Result<Written, Invalid> {
    match (&given.body, &given.html_body) {
        (None, Some(html)) if html.len() <= rich::MOST => {
            let rich::Rich { text, html } = rich::read(html);
            Ok(Written { text: kept(text, given, limits)?, html })
        }
        _ => comment(given, limits).map(Written::from),
    }
}

/// The text of a comment as it is kept. What is too long is refused, never cut. With files there need
/// be no text.
///
/// # Errors
/// When there is neither text nor file, or it is too long.
pub fn comment(given: &NewComment, limits: Limits) -> Result<String, Invalid> {
    let text = match (&given.body, &given.html_body) {
        (Some(body), _) => body.clone(),
        (None, Some(html)) => from_html(html),
        (None, None) => String::new(),
    };
    kept(text, given, limits)
}

fn kept(text: String, given: &NewComment, limits: Limits) -> Result<String, Invalid> {
    let most = limits.comment_bytes;
    if text.len() > usize::try_from(most).unwrap_or(usize::MAX) {
        let text = format!("Comment: is too long (maximum is {most} bytes)");
        return Err(Invalid::one("comment", "TooLong", text));
    }
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let text = text.trim_end().trim_start_matches('\n');
    if !says_anything(text) {
        if !given.uploads.is_empty() {
            return Ok(String::new());
        }
        return Err(Invalid::one("comment", "BlankValue", "Comment: cannot be blank"));
    }
    Ok(text.to_owned())
}

/// HTML in the shape that clients of the wire know: paragraphs in one `div`. `small` is the small form
/// of a text that has one.
#[must_use]
pub fn to_html(text: &str, small: Option<&str>) -> String {
    let mut html = String::from("<div class=\"zd-comment\" dir=\"auto\">");
    if let Some(small) = small {
        html.push_str(small);
        html.push_str("</div>");
        return html;
    }
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        html.push_str("<p dir=\"auto\">");
        for c in paragraph.trim_matches('\n').chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                '\n' => html.push_str("<br>"),
                other => html.push(other),
            }
        }
        html.push_str("</p>");
    }
    html.push_str("</div>");
    html
}

/// The text of HTML: tags go, blocks become lines, the usual entities are read. Content of script
/// and style is dropped. This is no sanitizer; its output is text and is escaped on its way out.
#[must_use]
pub fn from_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(['<', '&']) {
        let (before, tail) = rest.split_at(start);
        text.push_str(before);
        rest = if tail.starts_with('&') { entity(tail, &mut text) } else { tag(tail, &mut text) };
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// Reads a tag at the start of `tail` and returns what follows it. Nothing is looked at twice, or a
/// hostile text would cost the square of its length.
fn tag<'a>(tail: &'a str, text: &mut String) -> &'a str {
    let Some((inside, after)) = tail.strip_prefix('<').and_then(|tail| tail.split_once('>')) else {
        // Without a `>` there are no tags any more.
        text.push_str(tail);
        return "";
    };
    let name = inside.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
    if is(&["script", "style"]) && !inside.starts_with('/') {
        let end = after.match_indices("</").find(|(at, _)| {
            let word = after.get(at + 2..at + 2 + name.len());
            word.is_some_and(|word| word.eq_ignore_ascii_case(name))
        });
        return end.and_then(|(at, _)| after.get(at..)).unwrap_or("");
    }
    let block = ["p", "div", "li", "tr", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3"];
    if is(&["br"]) || (is(&block) && !text.is_empty() && !text.ends_with('\n')) {
        text.push('\n');
    }
    after
}

/// Reads an entity at the start of `tail` and returns what follows it.
fn entity<'a>(tail: &'a str, text: &mut String) -> &'a str {
    const LONGEST: usize = 12;
    let read = || {
        let end = tail.bytes().take(LONGEST).position(|byte| byte == b';')?;
        let name = tail.get(1..end)?;
        let c = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => ' ',
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)?
            }
        };
        Some((c, tail.get(end + 1..)?))
    };
    let (c, after) = read().unwrap_or_else(|| ('&', tail.strip_prefix('&').unwrap_or("")));
    text.push(c);
    after
}

#[cfg(test)]
mod tests {
    use super::{from_html, to_html};

    #[test]
    fn html_is_reduced_to_its_text() {
        let html =
            "<p>One &amp; two</p><p>Three<br>four &#x1F600; &lt;b&gt;</p><script>x()</SCRIPT>!";
        assert_eq!(from_html(html), "One & two\nThree\nfour 😀 <b>\n!");
        assert_eq!(from_html("a < b & c"), "a < b & c");
        assert_eq!(from_html("<script>never closed"), "");
        assert_eq!(from_html("a&#x110000;b&;&ampersand;"), "a&#x110000;b&;&ampersand;");
        for hostile in ["<", "&", "<p", "<script></script>", "<style>"] {
            assert!(from_html(&hostile.repeat(100_000)).len() <= 200_000);
        }
    }

    #[test]
    fn text_is_escaped_on_its_way_out() {
        assert_eq!(
            to_html("<img src=x onerror='a'>\nb\n\nc", None),
            "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">&lt;img src=x \
             onerror=&#39;a&#39;&gt;<br>b</p><p dir=\"auto\">c</p></div>"
        );
    }
}

//! How the small form of rich text is read, and that nothing else comes of it.

use super::{Piece, is_safe, links, read, untold};
use Piece::{Break, Close, Link, Open, Text};
use proptest::{collection::vec, prelude::*, sample::select};

fn text(text: &str) -> Piece {
    Text(text.to_owned())
}

#[test]
fn the_small_form_of_the_server_becomes_pieces() {
    let html = "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">Do <b>a &lt; b</b><br>now</p>\
        <ul><li>one</li></ul><a href=\"https://a.example/?b&amp;c\" rel=\"x\">see</a></div>";
    assert_eq!(
        read(html).unwrap(),
        [
            Open("div"),
            Open("p"),
            text("Do "),
            Open("b"),
            text("a < b"),
            Close,
            Break,
            text("now"),
            Close,
            Open("ul"),
            Open("li"),
            text("one"),
            Close,
            Close,
            Link("https://a.example/?b&c".to_owned()),
            text("see"),
            Close,
            Close,
        ]
    );
}

#[test]
fn paragraphs_alone_are_left_to_their_text() {
    assert_eq!(read("<div class=\"zd-comment\"><p>a<br>b</p>\n<p>c</p></div>"), None);
    assert_eq!(read("a <script>b</script> <img src=x onerror=y> &lt;b&gt; < c"), None);
}

#[test]
fn what_is_not_known_gives_its_text_and_never_an_element() {
    assert_eq!(
        read("<b>a</b><SCRIPT>b</SCRIPT><img src=x onerror=\"c>d\"><style>").unwrap(),
        [Open("b"), text("a"), Close, text("b")]
    );
    assert_eq!(
        read("<b>a</b><a href=\"javascript:x\">b</a><a onclick=y>c</a>").unwrap(),
        [Open("b"), text("a"), Close, text("bc")]
    );
    assert_eq!(read("<i>1 < 2 <").unwrap(), [Open("i"), text("1 < 2 <"), Close]);
    assert_eq!(read("</b></p><b>a").unwrap(), [Open("b"), text("a"), Close]);
    assert_eq!(read("<b><p>a</b>b</p>").unwrap().iter().filter(|it| **it == Close).count(), 2);
}

#[test]
fn only_pages_and_mailboxes_are_safe() {
    for good in ["https://a.example", "HTTP://a.example/x?y#z", "mailto:a@b.example"] {
        assert!(is_safe(good), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "data:text/html,x",
        "java\nscript:x",
        " https://a.example",
        "//a.example",
        "https:a.example",
        "https:///",
        "https:\\\\a.example",
        "https://bank.example@evil.example",
        "mailto:x",
        "",
    ] {
        assert!(!is_safe(bad), "{bad}");
    }
}

#[test]
fn an_address_is_shown_where_the_words_are_others() {
    assert_eq!(untold("a.example/x", "https://a.example/x/"), None);
    assert_eq!(untold("https://a.example", "https://a.example"), None);
    assert_eq!(untold("a.example", "https://evil.example/"), Some("evil.example"));
    assert_eq!(untold("here", "mailto:a@b.example"), Some("a@b.example"));
}

#[test]
fn addresses_in_plain_text_are_found() {
    for (text, expected) in [
        ("no address", vec!["no address"]),
        ("https://a.example", vec!["", "https://a.example", ""]),
        ("See https://a.example/x, or not.", vec!["See ", "https://a.example/x", ", or not."]),
        ("(http://a.example/x).", vec!["(", "http://a.example/x", ")."]),
        ("https://a.example/x_(y)!", vec!["", "https://a.example/x_(y)", "!"]),
        (
            "xhttps://a.example http http:// https:x",
            vec!["xhttps://a.example http http:// https:x"],
        ),
        (
            "<https://a.example> https://b.example/ü",
            vec!["<", "https://a.example", "> ", "https://b.example/ü", ""],
        ),
        ("https://x@evil.example", vec!["https://x@evil.example"]),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn a_long_text_costs_its_length() {
    for part in
        ["<a", "<", "http", "https://", "https:///", "<b>", "&", "<a href=\"", "))))https://a"]
    {
        let long = part.repeat(16_384 / part.len());
        assert!(read(&long).is_none_or(|pieces| pieces.len() < 20_000));
        assert_eq!(links(&long).concat(), long);
    }
}

proptest! {
    #[test]
    fn whatever_comes_in_pieces_are_balanced_and_links_safe(
        parts in vec(select(vec![
            "<p>", "</p>", "<b>", "</b>", "<a href=\"https://a.example\">", "</a>", "<ul>", "</ul>",
            "<a href='javascript:x'>", "<a href=\"https://a.example", "<li>", "</li>", "<pre>",
            "</pre>", "<blockquote>", "</blockquote>", "<br>", "<script>", "</script>", "<!--", "-->",
            "<img onerror='", "'>", "&lt;", "&#x3c;script&#62;", "&", ";", "<", ">", "\"", "ü", " ",
            "https://", "http", "a.example", ")", ".", "\u{202e}",
        ]), 0..80)
    ) {
        let html = parts.concat();
        let mut depth = 0_i32;
        for piece in read(&html).unwrap_or_default() {
            match piece {
                Open(name) => {
                    prop_assert!(super::ELEMENTS.iter().any(|(_, known)| *known == name));
                    depth += 1;
                }
                Link(address) => {
                    prop_assert!(is_safe(&address));
                    depth += 1;
                }
                Close => depth -= 1,
                Text(_) | Break => {}
            }
            prop_assert!(depth >= 0);
        }
        prop_assert_eq!(depth, 0);
        let split = links(&html);
        prop_assert_eq!(split.concat(), html.clone());
        prop_assert!(split.iter().skip(1).step_by(2).all(|address| is_safe(address)));
    }
}

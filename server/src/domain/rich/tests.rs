//! What is kept of markup, and that nothing else is.

use super::{Rich, read};
use proptest::{collection::vec, prelude::*, sample::select};

fn html(given: &str) -> String {
    read(given).html.unwrap_or_default()
}

#[test]
fn the_few_elements_are_kept_and_written_anew() {
    assert_eq!(
        html("<p class=x>One <STRONG onclick=y>two</STRONG>&nbsp;<em>three</em><br>four</p>"),
        "<p dir=\"auto\">One <b>two</b>\u{a0}<i>three</i><br>four</p>"
    );
    assert_eq!(
        html("<ul><li>a<ol><li>b</ol><li><p>c</p></ul><blockquote>d</blockquote>"),
        "<ul><li>a<ol><li>b</li></ol></li><li><p dir=\"auto\">c</p></li></ul>\
         <blockquote><p dir=\"auto\">d</p></blockquote>"
    );
    assert_eq!(
        html("<h2>Title</h2><pre><code>a &lt; b\n  c\n</code></pre>run <code>x</code>"),
        "<p dir=\"auto\"><b>Title</b></p><pre>a &lt; b\n  c</pre>\
         <p dir=\"auto\">run <code>x</code></p>"
    );
    assert_eq!(
        html("See <a href='https://a.example/?b&c' style=x>this</a>."),
        "<p dir=\"auto\">See <a href=\"https://a.example/?b&amp;c\" rel=\"noopener noreferrer \
         nofollow\" target=\"_blank\">this</a>.</p>"
    );
}

#[test]
fn the_text_says_the_same() {
    let text = |given: &str| read(given).text;
    assert_eq!(
        text("<p>One &amp; <b>two</b></p><div>Three<br>four</div>"),
        "One & two\n\nThree\nfour"
    );
    assert_eq!(
        text("Do:<ol><li>a<ul><li>b<li>c</ul><li>d</ol>Done"),
        "Do:\n\n1. a\n  - b\n  - c\n2. d\n\nDone"
    );
    assert_eq!(text("<blockquote>a<br>b<p>c</blockquote>d"), "> a\n> b\n>\n> c\n\nd");
    assert_eq!(
        text("<a href='https://a.example/'>a.example</a> <a href='https://b.example'>here</a>"),
        "a.example here (https://b.example)"
    );
    assert_eq!(text("<pre>\n a\n\n b</pre>"), " a\n\n b");
}

#[test]
fn what_is_no_more_than_its_text_has_no_second_form() {
    for plain in ["a", "<p>a</p><p>b<br>c</p>", "<div><span style=x>a</span></div>", ""] {
        assert_eq!(read(plain).html, None, "{plain}");
    }
}

#[test]
fn what_is_not_for_reading_is_left_out() {
    for hidden in [
        "<script>no</script>",
        "<SCRIPT src=x>no</script >",
        "<style>no</style>",
        "<title>no</title>",
        "<textarea>no</textarea>",
        "<!-- no -->",
        "<iframe srcdoc='no'>no</iframe>",
        "<noscript><p title=\"</noscript>\">",
        "<a href=\"javascript:no()\"></a>",
        "<img src=x onerror=no()>",
        "<svg onload=no()><style><a title=\"</style>\"></a></svg>",
    ] {
        let Rich { text, html } = read(&format!("<b>yes</b>{hidden}"));
        assert!(text.starts_with("yes") && !text.contains("no("), "{hidden}: {text}");
        assert!(html.unwrap_or_default().starts_with("<p dir=\"auto\"><b>yes</b>"), "{hidden}");
    }
    assert_eq!(read("<b>a</b><script>never closed").text, "a");
    assert_eq!(read("<b>a</b><a href='java&#10;script:x'>b</a>").text, "ab");
}

#[test]
fn depth_and_length_do_no_harm() {
    for part in
        ["<blockquote>", "<ul><li>", "<b>x", "<a href=https://a.example>x", "<", "</", "<p>x"]
    {
        let given = part.repeat(super::MOST / part.len());
        let Rich { html, .. } = read(&given);
        assert!(html.unwrap_or_default().len() < 20 * given.len());
    }
    let deep = "<blockquote><ul><li>".repeat(1_000) + "x";
    assert!(html(&deep).matches('<').count() < 50);
}

#[test]
fn the_deepest_list_is_the_same_whether_its_item_was_written_or_meant() {
    let html = html("<ol><blockquote><ol><blockquote><ol><ol>x");
    assert_eq!(html.matches("<ol>").count(), 4);
    assert_eq!(read(&html).html, Some(html));
}

/// Tags of the small form in the order in which they stand; `None` when anything else is among them.
fn tags(html: &str) -> Option<Vec<&str>> {
    let mut rest = html;
    let mut tags = Vec::new();
    while let Some((text, behind)) = rest.split_once('<') {
        let (tag, after) = behind.split_once('>')?;
        if text.contains(['>', '"', '\'']) || !is_ours(tag) {
            return None;
        }
        tags.push(tag);
        rest = after;
    }
    (!rest.contains('>')).then_some(tags)
}

fn is_ours(tag: &str) -> bool {
    const PLAIN: [&str; 9] = ["pre", "blockquote", "ul", "ol", "li", "b", "i", "code", "br"];
    let link = |tag: &str| -> Option<bool> {
        let rest = tag.strip_prefix("a href=\"")?;
        let address =
            rest.strip_suffix("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\"")?;
        Some(!address.contains(['"', '<', '>']) && super::link::checked(address).is_some())
    };
    let name = tag.strip_prefix('/').unwrap_or(tag);
    PLAIN.contains(&name)
        || ["p dir=\"auto\"", "/p", "/a"].contains(&tag)
        || link(tag) == Some(true)
}

fn is_balanced(tags: &[&str]) -> bool {
    let mut open = Vec::new();
    for tag in tags.iter().filter(|tag| **tag != "br") {
        let name = |tag: &str| tag.split(' ').next().unwrap_or("").to_owned();
        match tag.strip_prefix('/') {
            Some(tag) if open.pop() == Some(name(tag)) => {}
            Some(_) => return false,
            None => open.push(name(tag)),
        }
    }
    open.is_empty()
}

proptest! {
    #[test]
    fn whatever_comes_in_only_the_small_form_goes_out(
        parts in vec(select(vec![
            "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href='https://a.example'>", "</a>",
            "<a href=\"javascript:x\">", "<a href='https://a.example/\"><script>'>", "<ul>", "</ul>",
            "<ol>", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>", "<pre>", "</pre>",
            "<code>", "</code>", "<br>", "<div onclick=x>", "</div>", "<h1>", "</h1>", "<td>",
            "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<svg>", "<math>", "<style>",
            "</style>", "&lt;script&gt;", "&quot;", "&#0;", "&#x3c;", "<", ">", "\"", "'", " ", "\n",
            "text", "ü", "\u{202e}", "<img alt='<b>' src=x>", "<p", "</",
        ]), 0..60)
    ) {
        let Rich { html, text } = read(&parts.concat());
        let html = html.unwrap_or_default();
        let tags = tags(&html);
        prop_assert!(tags.is_some(), "{html}");
        prop_assert!(is_balanced(&tags.unwrap_or_default()), "{html}");
        prop_assert!(!text.ends_with(' '));
        // Read once more it is the same: nothing in it is taken for anything else.
        if !html.is_empty() {
            prop_assert_eq!(read(&html).html.unwrap_or_default(), html);
        }
    }
}

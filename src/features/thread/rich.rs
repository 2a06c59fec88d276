//! The text of a comment, element by element. Nothing that somebody wrote ends up as the name of an
//! element or as an attribute, except the checked address of a link.

use crate::{
    state::rich::{Piece, links, read, untold},
    ui::node::{Node, el},
};
use api::comment::Comment;

/// What was said.
pub(super) fn text(comment: &Comment) -> Node {
    let whole = el("div", "hr-talk__text").attr("dir", "auto");
    let Some(pieces) = read(&comment.html_body) else {
        return linked(whole, &comment.plain_body);
    };
    let mut around: Vec<(Node, String)> = Vec::new();
    let mut current = whole.clone();
    let mut address = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) if address.is_empty() && !is_code(&current) => {
                current = linked(current, &text);
            }
            Piece::Text(text) => current = current.text(&text),
            Piece::Break => current = current.child(el("br", "")),
            Piece::Open(name) => {
                let class = if name == "div" { "" } else { "hr-rich" };
                let inside = el(name, class).attr("dir", "auto");
                around.push((current.child(inside.clone()), address.clone()));
                current = inside;
            }
            Piece::Link(to) => {
                let inside = link(&to);
                around.push((current.child(inside.clone()), address));
                (current, address) = (inside, to);
            }
            Piece::Close => {
                let Some((outside, before)) = around.pop() else { continue };
                let told = if before == address { None } else { shown(&current, &address) };
                (current, address) = (outside.children(told), before);
            }
        }
    }
    whole
}

fn is_code(node: &Node) -> bool {
    matches!(node.element().local_name().as_str(), "code" | "pre")
}

/// A text in which addresses of pages are links.
fn linked(mut node: Node, text: &str) -> Node {
    for (at, part) in links(text).into_iter().enumerate() {
        node = if at % 2 == 0 { node.text(part) } else { node.child(link(part).text(part)) };
    }
    node
}

fn link(address: &str) -> Node {
    el("a", "hr-link")
        .attr("href", address)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer nofollow")
}

/// Where a link leads, for one whose words do not say so.
fn shown(link: &Node, address: &str) -> Option<Node> {
    let words = link.element().text_content().unwrap_or_default();
    let address = untold(&words, address)?;
    Some(el("span", "hr-rich__address").attr("dir", "ltr").text(&[" (", address, ")"].concat()))
}

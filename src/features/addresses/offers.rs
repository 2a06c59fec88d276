//! The list of colleagues below the field.

use super::Writing;
use crate::{
    i18n::Key,
    ui::node::{Node, el, follow, place},
};

pub(super) const LIST: &str = "hr-offers";

/// The list, while there is something to be offered.
pub(super) fn offers(writing: &Writing) -> Node {
    let (known, shown) = (writing.clone(), writing.clone());
    place(
        move || {
            let offered = known.0.offered.read();
            (offered.people.clone(), offered.active)
        },
        move |(people, active)| {
            let options = people.iter().enumerate().map(|(place, person)| {
                let (choosing, address) = (shown.clone(), person.email.clone());
                el("li", "hr-offers__one")
                    .attr("role", "option")
                    .attr("id", &option_id(place))
                    .attr("aria-selected", if Some(place) == *active { "true" } else { "false" })
                    // The focus stays in the field.
                    .on("pointerdown", |event| event.prevent_default())
                    .on("mousedown", |event| event.prevent_default())
                    .on("click", move |_| choosing.take(vec![address.clone()]))
                    .child(el("span", "").attr("dir", "auto").text(&person.name))
                    .child(el("span", "hr-offers__address").attr("dir", "ltr").text(&person.email))
            });
            let list = el("ul", "hr-offers")
                .attr("id", LIST)
                .attr("role", "listbox")
                .attr("aria-label", shown.0.session.text(Key::CcOffered))
                .children(options);
            (!people.is_empty()).then_some(list)
        },
    )
}

/// Tells, at the input, whether the list is there and what is active in it.
pub(super) fn told(writing: &Writing, input: Node) -> Node {
    let (element, offered) = (input.element().clone(), writing.0.offered.clone());
    follow(Box::new(move || {
        let offered = offered.read();
        let open = if offered.people.is_empty() { "false" } else { "true" };
        _ = element.set_attribute("aria-expanded", open);
        _ = match offered.active {
            Some(place) => element.set_attribute("aria-activedescendant", &option_id(place)),
            None => element.remove_attribute("aria-activedescendant"),
        };
    }));
    input
}

fn option_id(place: usize) -> String {
    ["hr-person-", &place.to_string()].concat()
}

//! A long list that draws only the rows that can be seen, and a few around them.
//!
//! All rows are of one height, which is measured and not assumed: a host may set any font, a person
//! any zoom. The row that has the focus stays drawn with its neighbours wherever one scrolls, so that
//! the focus is never lost and the keyboard goes on from there. To a screen reader it is a plain list
//! whose items say which of how many they are.

use super::{
    focus::{is_in_field, reveal_in, screen_height},
    lifetime::listen,
    node::{Node, at_end, el},
    task::next_frame,
    var::unfollowed,
};
use leptos::prelude::{Owner, document, window};
use std::{
    cell::{Cell, RefCell},
    ops::Range,
    rc::Rc,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};

/// What a long list shows.
pub trait Rows {
    fn count(&self) -> usize;
    /// How many there are in all, or -1 while nobody knows.
    fn total(&self) -> i32;
    /// Which row stands at a place, and a number that differs once it has to be drawn anew.
    fn stamp(&self, at: usize) -> (i64, usize);
    /// Where a row stands.
    fn place_of(&self, row: i64) -> Option<usize>;
    /// What is inside a row's item.
    fn draw(&self, at: usize) -> Node;
    /// Which rows are to be drawn: edges of what is seen, height of a row.
    fn window(&self, top: i32, bottom: i32, height: i32) -> Range<usize>;
    /// One has scrolled, or the rows have changed: the edge of what is seen, from the first row's
    /// top; the position of what scrolls; and the last row drawn.
    fn moved(&self, top: i32, scrolled: i32, end: usize);
    /// Where what scrolls is to stand at the beginning.
    fn scrolled(&self) -> i32;
}

/// Until the first row was measured.
const GUESS: i32 = 100;

struct Drawn {
    stamp: (i64, usize),
    at: usize,
    /// Its place, the height of rows and how many there are, as the item has them: what stays as it is need
    /// not be laid out again.
    placed: Option<(usize, i32, i32)>,
    item: Node,
    owner: Owner,
}

struct List {
    list: Node,
    rows: Box<dyn Rows>,
    drawn: RefCell<Vec<Drawn>>,
    height: Cell<i32>,
    around: RefCell<Option<Around>>,
    /// It is going to be drawn anyway.
    waits: Cell<bool>,
}

/// What is around a list once it stands in the page.
#[derive(Clone)]
struct Around {
    /// The part through which the list is seen.
    frame: Element,
    /// What scrolls: the same part, or the page where that part is as long as what is in it.
    scroller: Element,
}

/// A list that can be drawn anew when its rows have changed.
#[derive(Clone)]
pub struct LongList(Rc<List>);

impl LongList {
    /// An empty list; it fills itself when it stands in the page, which is by the next frame.
    /// `frame` finds the part around it through which it is seen.
    #[must_use]
    pub fn new(class: &str, label: &str, frame: &'static str, rows: impl Rows + 'static) -> Self {
        let list = el("ul", class)
            // Safari takes a list without bullets for none.
            .attr("role", "list")
            .attr("aria-label", label)
            .attr("tabindex", "-1");
        let long = Self(Rc::new(List {
            list,
            rows: Box::new(rows),
            drawn: RefCell::default(),
            height: Cell::new(GUESS),
            around: RefCell::default(),
            waits: Cell::new(false),
        }));
        let owner = Owner::current();
        let begun = long.clone();
        next_frame(move || {
            if let Some(owner) = owner {
                owner.with(|| begun.begin(frame));
            }
        });
        // It refers to itself by its listeners; the rows are let go here in any case.
        let held = long.clone();
        at_end(move || {
            for row in held.0.drawn.take() {
                row.owner.cleanup();
            }
        });
        long
    }

    #[must_use]
    pub fn node(&self) -> Node {
        self.0.list.clone()
    }

    fn begin(&self, frame: &str) {
        let Some(around) = self.look_around(frame) else { return };
        self.0.around.replace(Some(around.clone()));
        let place = self.0.rows.scrolled();
        self.refresh();
        around.scroller.set_scroll_top(place);
        self.refresh();
        let window = window();
        let frame: &EventTarget = &around.frame;
        for (target, event) in [(frame, "scroll"), (&window, "scroll"), (&window, "resize")] {
            let long = self.clone();
            listen(target, event, move |_| long.refresh());
        }
        let long = self.clone();
        _ = self.node().on("keydown", move |event| long.step(event.unchecked_ref()));
    }

    fn look_around(&self, frame: &str) -> Option<Around> {
        let frame = self.0.list.element().closest(frame).ok()??;
        let style = window().get_computed_style(&frame).ok()??;
        let is_still = style.get_property_value("overflow-y").is_ok_and(|it| it == "visible");
        let page = document().scrolling_element().filter(|_| is_still);
        Some(Around { scroller: page.unwrap_or_else(|| frame.clone()), frame })
    }

    /// Draws what has changed, by the next frame; for when the rows are others than before. Not at
    /// once: what an effect makes goes when it runs again, and the rows have to outlive that.
    pub fn refresh_soon(&self) {
        if !self.0.waits.replace(true) {
            let long = self.clone();
            next_frame(move || {
                long.0.waits.set(false);
                long.refresh();
            });
        }
    }

    fn refresh(&self) {
        let around = self.0.around.borrow().clone();
        if let Some(around) = around.filter(|_| self.0.list.element().is_connected()) {
            self.draw(&around);
        }
    }

    /// Scrolls to the first row and puts the focus there.
    pub fn enter_top(&self) {
        if let Some(around) = &*self.0.around.borrow() {
            around.scroller.set_scroll_top(0);
        }
        self.enter(0);
    }

    /// Puts the focus on a row that can be seen, by the next frame; whoever is on another row or in a
    /// field by then is left there.
    pub fn enter_soon(&self, at: usize) {
        let long = self.clone();
        next_frame(move || {
            let list = long.0.list.element();
            if !list.query_selector(":focus").is_ok_and(|row| row.is_some()) && !is_in_field(list) {
                long.enter(at);
            }
        });
    }

    fn enter(&self, at: usize) {
        self.refresh();
        if let Some(row) = self.0.drawn.borrow().iter().find(|row| row.at == at) {
            self.go_to(row.item.element());
        }
    }

    /// Firefox takes a row for seen of which only a part is.
    fn go_to(&self, row: &HtmlElement) {
        focus(row);
        if let Some(around) = &*self.0.around.borrow() {
            reveal_in(row, &around.scroller);
        }
    }

    fn draw(&self, around: &Around) {
        // The rows that stand there tell the height of all; where none does, the first that is drawn.
        let begins = !self.measure();
        self.draw_once(around);
        if begins && self.measure() {
            self.draw_once(around);
        }
    }

    /// Takes the height of rows from the first one, if there is any.
    fn measure(&self) -> bool {
        let drawn = self.0.drawn.borrow();
        let measured = drawn.first().map_or(0, |row| row.item.element().offset_height());
        if measured > 0 {
            self.0.height.set(measured);
        }
        measured > 0
    }

    fn draw_once(&self, around: &Around) {
        let List { list, rows, drawn, height, .. } = &*self.0;
        let (list, height, count) = (list.element(), height.get(), rows.count());
        let edge = list.get_bounding_client_rect().top();
        let seen = around.frame.get_bounding_client_rect();
        // All that is asked of the page is asked before anything in it changes, so that it is laid out once.
        let scrolled = around.scroller.scroll_top();
        let top = (seen.top().max(0.0) - edge) as i32;
        let bottom = (seen.bottom().min(screen_height()) - edge) as i32;
        let range = rows.window(top, bottom, height);

        let mut before = drawn.take();
        let focused = list.query_selector(":focus").ok().flatten();
        let held = focused.as_ref().and_then(|focused| {
            before
                .iter()
                .find(|row| row.item.element().contains(Some(focused)))
                .map(|row| row.stamp.0)
        });
        let pin = held.and_then(|row| rows.place_of(row));
        let near = pin.map_or(0..0, |at| at.saturating_sub(1)..at.saturating_add(2).min(count));
        let apart = |side: fn(usize, &Range<usize>) -> bool| {
            near.clone().filter(|at| side(*at, &range)).collect::<Vec<_>>()
        };
        let wanted = apart(|at, range| at < range.start)
            .into_iter()
            .chain(range.clone())
            .chain(apart(|at, range| at >= range.end));

        let mut now: Vec<Drawn> = wanted
            .map(|at| {
                let stamp = rows.stamp(at);
                match before.iter().position(|row| row.stamp == stamp) {
                    Some(known) => Drawn { at, ..before.swap_remove(known) },
                    None => {
                        let owner = Owner::new();
                        let content = owner.with(|| unfollowed(&|| rows.draw(at)));
                        let item = el("li", "hr-long__row").child(content);
                        Drawn { stamp, at, placed: None, item, owner }
                    }
                }
            })
            .collect();
        for row in before {
            row.owner.cleanup();
            row.item.element().remove();
        }
        let mut next = list.first_element_child();
        let total = rows.total();
        for row in &mut now {
            let item = row.item.element();
            let place = Some((row.at, height, total));
            if row.placed != place {
                row.placed = place;
                let edge = [&(at_pixels(row.at, height)).to_string(), "px"].concat();
                _ = item.style().set_property("inset-block-start", &edge);
                _ = item.set_attribute("aria-posinset", &row.at.saturating_add(1).to_string());
                _ = item.set_attribute("aria-setsize", &total.to_string());
            }
            if next.as_ref().is_some_and(|next| next == item.unchecked_ref::<Element>()) {
                next = item.next_element_sibling();
            } else {
                _ = list.insert_before(item, next.as_deref());
            }
        }
        let length = [&at_pixels(count, height).to_string(), "px"].concat();
        _ = list.style().set_property("block-size", &length);
        // The row with the focus was drawn anew, or is gone.
        if let Some(row) = held
            && list.query_selector(":focus").ok().flatten().is_none()
        {
            let again = now.iter().find(|drawn| drawn.stamp.0 == row);
            focus(again.map_or(list, |row| row.item.element()));
        }
        drawn.replace(now);
        rows.moved(top, scrolled, range.end);
    }

    /// Up and down by rows, to the beginning and the end.
    fn step(&self, event: &KeyboardEvent) {
        let focused = self.0.list.element().query_selector("li:focus-within").ok().flatten();
        let Some(item) = focused else { return };
        let sibling = match event.key().as_str() {
            "ArrowDown" => item.next_element_sibling(),
            "ArrowUp" => item.previous_element_sibling(),
            _ => return,
        };
        event.prevent_default();
        if let Some(sibling) = sibling {
            self.go_to(sibling.unchecked_ref());
        }
    }
}

fn at_pixels(row: usize, height: i32) -> i32 {
    i32::try_from(row).unwrap_or(i32::MAX).saturating_mul(height)
}

/// Into the row: it is one button.
fn focus(row: &HtmlElement) {
    let button = row.query_selector("button").ok().flatten();
    _ = button.as_ref().map_or(row, |button| button.unchecked_ref()).focus();
}

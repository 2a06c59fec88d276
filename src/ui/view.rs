//! Makes a [`Node`] a view of Leptos, so that Leptos mounts and unmounts it like any component.
//!
//! There is no server rendering: what Leptos asks for that draws nothing.

use super::{node::Node, standing::put};
use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::{AddAnyAttr, Mountable, Render, RenderHtml},
    tachys::{
        hydration::Cursor,
        renderer::types,
        view::{Position, PositionState},
    },
};
use wasm_bindgen::JsCast;

impl Render for Node {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        _ = state.element().replace_with_with_node_1(self.element());
        *state = self;
    }
}

impl Mountable for Node {
    fn unmount(&mut self) {
        self.element().remove();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        if !put(parent.unchecked_ref(), self.element()) {
            _ = parent.insert_before(self.element(), marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.element().parent_element() else { return false };
        child.mount(&parent, Some(self.element()));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.element().clone().into()]
    }
}

impl AddAnyAttr for Node {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self {
        self
    }

    fn into_owned(self) -> Self {
        self
    }
}

//! How the widget looks: `cargo xtask shots` draws every view in every dress for people to look at, and compares a small set
//! with the pictures that are kept, at half their size, beside this file; with `--accept` it writes those anew. Without
//! it, as in `cargo xtask test`, one picture shows that all this works: how things look is decided by looking.
//!
//! All that could differ by itself stands still: clock, history, fonts, motion, caret.

mod compare;
mod studio;
mod views;

use self::{
    compare::{Verdict, compare},
    studio::{Dress, Size, Studio, Theme},
    views::View,
};
use image::{
    RgbImage,
    codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

const LOCALES: [&str; 4] = ["en", "de", "ar", "ja"];

/// The pictures that are kept: together they show every view, both themes, both screens, and each script.
const KEPT: [(&str, Size, Theme, &[View]); 6] = [
    ("en", Size::Desk, Theme::Light, &[View::Form, View::FormErrors, View::Mine, View::Receipt]),
    ("en", Size::Desk, Theme::Dark, &[View::FormFilled, View::Thread]),
    ("de", Size::Phone, Theme::Light, &[View::FormErrors, View::Portal]),
    ("ar", Size::Phone, Theme::Light, &[View::Form, View::Thread]),
    ("ar", Size::Desk, Theme::Dark, &[View::Mine]),
    ("ja", Size::Desk, Theme::Dark, &[View::FormFilled, View::Ccd]),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_is_drawn_as_it_was() {
    let Some(folder) = env::var_os("HANDRAIL_SHOTS").map(PathBuf::from) else {
        return one_picture().await;
    };
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    let accept = env::var_os("HANDRAIL_SHOTS_ACCEPT").is_some();
    let mut changed = Vec::new();
    for locale in LOCALES {
        let studio = Studio::open(locale).await;
        for dress in Dress::all(locale) {
            for view in View::ALL {
                let name = name(view, dress, locale);
                let picture = studio.picture(view, dress).await;
                let file = folder.join(format!("{name}.png"));
                picture.page.save(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
                if is_kept(view, dress, locale) {
                    changed.extend(judge(&name, &picture.kept(), accept));
                }
            }
        }
        studio.close().await;
    }
    assert!(
        changed.is_empty(),
        "look at target/shots/changed, and if it is meant, run `cargo xtask shots --accept`:\n{}",
        changed.join("\n")
    );
}

async fn one_picture() {
    let studio = Studio::open("en").await;
    let first = studio.picture(View::FormErrors, Dress::PLAIN).await;
    let second = studio.picture(View::FormErrors, Dress::PLAIN).await;
    let verdict = compare(&first.kept(), &second.kept());
    assert!(verdict.is_alike(), "the same view twice: {verdict:?}");
    assert_eq!(first.page.dimensions(), (1280, 860));
    studio.close().await;
}

fn is_kept(view: View, dress: Dress, locale: &str) -> bool {
    KEPT.iter().any(|(of, size, theme, views)| {
        (*of, *size, *theme) == (locale, dress.size, dress.theme) && views.contains(&view)
    })
}

fn name(view: View, dress: Dress, locale: &str) -> String {
    let Dress { size, theme } = dress;
    format!("{view:?}-{size:?}-{theme:?}-{locale}").to_lowercase()
}

fn save_small(picture: &RgbImage, file: &Path) {
    let file = fs::File::create(file).expect("the kept picture can be written");
    let png = PngEncoder::new_with_quality(file, CompressionType::Best, PngFilter::Adaptive);
    picture.write_with_encoder(png).expect("the kept picture can be written");
}

/// What is to be said about a picture that differs from the one that is kept.
fn judge(name: &str, picture: &RgbImage, accept: bool) -> Option<String> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = checkout.join("tests/shots").join(format!("{name}.png"));
    let kept = image::open(&file).ok().map(|kept| kept.to_rgb8());
    let verdict = kept.as_ref().map_or(Verdict::Missing, |kept| compare(kept, picture));
    if verdict.is_alike() {
        return None;
    }
    if accept {
        save_small(picture, &file);
        return None;
    }
    let folder = checkout.join("target/shots/changed");
    fs::create_dir_all(&folder).expect("a folder for what changed");
    picture.save(folder.join(format!("{name}.png"))).expect("it can be written");
    Some(format!("{name}: {verdict:?}"))
}

//! When two pictures are alike. Letters may be drawn a shade differently by another version of the browser, so a little is
//! tolerated everywhere; that a line has moved, a colour has changed or a word is missing is more than that.

use image::RgbImage;

/// A point is loud when a channel differs by more than this, of 255.
const LOUD: u8 = 32;
/// So many of a thousand points may be loud.
const LOUD_POINTS: f64 = 4.0;
/// And so much may the channels differ on average, of 255.
const MEAN: f64 = 1.0;

#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    Missing,
    OtherSize { kept: (u32, u32), now: (u32, u32) },
    Compared { mean: f64, loud_of_thousand: f64 },
}

impl Verdict {
    pub(super) fn is_alike(&self) -> bool {
        match self {
            Self::Compared { mean, loud_of_thousand } => {
                *mean <= MEAN && *loud_of_thousand <= LOUD_POINTS
            }
            Self::Missing | Self::OtherSize { .. } => false,
        }
    }
}

pub(super) fn compare(kept: &RgbImage, now: &RgbImage) -> Verdict {
    if kept.dimensions() != now.dimensions() {
        return Verdict::OtherSize { kept: kept.dimensions(), now: now.dimensions() };
    }
    let (mut sum, mut loud) = (0.0, 0.0);
    for (one, other) in kept.pixels().zip(now.pixels()) {
        let differences = [0, 1, 2].map(|channel| one.0[channel].abs_diff(other.0[channel]));
        sum += differences.iter().map(|it| f64::from(*it)).sum::<f64>() / 3.0;
        loud += f64::from(u8::from(differences.iter().any(|it| *it > LOUD)));
    }
    let points = f64::from(kept.width()) * f64::from(kept.height());
    Verdict::Compared { mean: sum / points, loud_of_thousand: loud * 1000.0 / points }
}

#[test]
fn a_shade_is_alike_and_a_moved_line_is_not() {
    let ground = RgbImage::from_pixel(200, 300, image::Rgb([255, 255, 255]));
    let shade = RgbImage::from_pixel(200, 300, image::Rgb([254, 255, 254]));
    assert!(compare(&ground, &shade).is_alike());
    let with_line = |at: u32| {
        let mut picture = ground.clone();
        (20..180).for_each(|x| picture.put_pixel(x, at, image::Rgb([90, 90, 90])));
        picture
    };
    assert!(compare(&with_line(40), &with_line(40)).is_alike());
    assert!(!compare(&with_line(40), &with_line(42)).is_alike());
    let narrower = RgbImage::new(199, 300);
    assert!(!compare(&ground, &narrower).is_alike());
}

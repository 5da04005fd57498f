//! A book of four pages with everything a PDF can have.

use crate::press::{Case, case, language, pixels};
use aldine::fonts::{Family, Variant};
use aldine::layout::{Layout, Marks, Ornament, Scope, Tag};
use aldine::model::{Id, Target};
use image::ImageFormat;

pub(crate) const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\">\
<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#222\"/><stop offset=\"1\" stop-color=\"#eee\" stop-opacity=\".4\"/></linearGradient></defs>\
<rect width=\"30\" height=\"20\" fill=\"url(#g)\"/><text x=\"2\" y=\"20\" font-size=\"8\" font-family=\"sans-serif\">Rope</text></svg>";

const TEXT: &str = "---
title: \"Knots & <Splices>\"
authors:
  - Ada Hitch
  - Ben Bight
  - { name: Cy & Co., role: ill }
publisher: Rope <Works>
date: 2026-11
pdf: { isbn: 978-3-16-148410-0 }
language: en-GB
description: How to tie.
subjects: [ropes, sailing]
rights: All wrongs reserved
number-sections: 2
---

# First *knots* {#first}

Text with a [link](#second) and a [page](https://example.org/a b|é).

![A rope](rope.png \"A rope\")

## Bends

![](rope.jpg) ![Drawn](rope.svg) ![Moving](rope.gif) ![Web](rope.webp)

# Second {#second}

Text.
";

/// The book.
pub(crate) fn book() -> Case {
    let files = [
        ("rope.png", pixels(ImageFormat::Png, 12, 8)),
        ("rope.jpg", pixels(ImageFormat::Jpeg, 16, 8)),
        ("rope.svg", SVG.as_bytes().to_vec()),
        ("rope.gif", pixels(ImageFormat::Gif, 9, 9)),
        ("rope.webp", pixels(ImageFormat::WebP, 9, 9)),
    ];
    case(TEXT, &files)
}

/// The book, set by hand.
pub(crate) fn layout(case: &Case) -> Layout {
    let mut set = case.set();
    front(&mut set);
    set.page(true, 2);
    set.page(false, 1);
    set.ornament(Ornament::Head, "Ada Hitch");
    set.within(Tag::Section, |set| {
        set.anchor("first");
        set.heading(1, "1 First knots");
        set.within(Tag::Paragraph, |set| {
            set.say("A bow\u{ad}");
            set.stretch = 0.985;
            set.say("line is a knot: quick, \u{2018}fast\u{2019} and well-made. ");
            set.stretch = 1.0;
            set.link(Target::Inside(Id("second".to_owned())), "See the second ");
            set.link(Target::Outside("https://example.org/a b|é".to_owned()), "or the web ");
            set.link(Target::Nowhere, "or nowhere ");
            let french = set.within(Tag::Inline, |set| set.say("nœud de chaise "));
            set.node(french).lang = Some(language("fr"));
            let short = set.within(Tag::Inline, |set| set.say("RYA "));
            set.node(short).alt = Some("Royal Yachting Association".to_owned());
            set.within(Tag::Reference, |set| {
                set.link(Target::Inside(Id("note-1".to_owned())), "1");
            });
        });
        set.figure(0, Some("A rope"), Some("Figure 1.1: A rope"));
        blocks(set);
        set.rule();
        set.within(Tag::Note, |set| {
            set.anchor("note-1");
            set.within(Tag::Label, |set| set.say("1"));
            set.paragraph("A note.");
        });
        set.ornament(Ornament::Folio, "1");
        set.page(false, 2);
        set.within(Tag::Section, |set| {
            set.anchor("bends");
            set.heading(2, "1.1 Bends");
            set.figure(1, None, None);
            set.within(Tag::Paragraph, |set| {
                for (image, alt) in [(2, "Drawn"), (3, "Moving"), (4, "Web"), (2, "Drawn again")] {
                    set.figure(image, Some(alt), None);
                }
            });
        });
    });
    set.within(Tag::Section, |set| {
        set.anchor("second");
        set.heading(1, "2 Second");
        set.within(Tag::Code, |set| set.say_in(Variant::MONO, "let knot = bow(line);"));
    });
    set.layout
}

fn front(set: &mut crate::press::Setter) {
    set.page(true, 1);
    set.within(Tag::Part, |set| {
        set.paragraph("Knots & <Splices>");
        set.within(Tag::Contents, |set| {
            set.within(Tag::ContentsItem, |set| {
                set.within(Tag::Reference, |set| {
                    set.link(Target::Inside(Id("first".to_owned())), "1 First knots");
                });
                set.ornament(Ornament::Layout, " . . . . ");
            });
        });
    });
}

fn blocks(set: &mut crate::press::Setter) {
    set.within(Tag::List(Marks::Numbers), |set| {
        set.within(Tag::Item, |set| {
            set.within(Tag::Label, |set| set.say("1. "));
            set.within(Tag::ItemBody, |set| {
                set.paragraph("Make a loop.");
            });
        });
    });
    faces(set);
    set.within(Tag::BlockQuote, |set| {
        set.paragraph("Said a sailor.");
    });
    set.within(Tag::Aside, |set| {
        set.paragraph("Aside.");
    });
    set.within(Tag::Table, |set| {
        set.within(Tag::Caption, |set| set.say("Table 1.1: Strength"));
        set.within(Tag::Row, |set| {
            set.within(Tag::HeadCell(Scope::Column), |set| set.say("Knot "));
            set.within(Tag::HeadCell(Scope::Column), |set| set.say("Part "));
        });
        set.within(Tag::Row, |set| {
            set.within(Tag::HeadCell(Scope::Row), |set| set.say("Bowline "));
            set.within(Tag::Cell, |_| {});
        });
    });
}

/// A line in every face that a book can have.
fn faces(set: &mut crate::press::Setter) {
    for family in [Family::Text, Family::Mono] {
        for (bold, italic) in [(false, false), (false, true), (true, false), (true, true)] {
            let variant = Variant { family, bold, italic };
            set.within(Tag::Paragraph, |set| set.say_in(variant, "λόγος, слово ✓ ⸺ ☃ 😀 → ├── ½ ﬁ"));
        }
    }
}

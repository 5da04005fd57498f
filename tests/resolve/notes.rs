//! Notes and their calls.

use crate::bench::{bench, files};
use crate::view::view;

#[test]
fn numbers_begin_anew_in_each_chapter() {
    let made = bench(
        "Intro[^i].\n\n# One\n\nA[^b] b[^a] again[^b].\n\n## S\n\nc[^c]\n\n# Two[^t]\n\nd[^a] e[^d]\n\n\
         [^a]: aa\n[^b]: bb\n[^c]: cc\n[^d]: dd\n[^i]: ii\n[^t]: tt\n",
    )
    .make();
    assert_eq!(
        view(&made.book),
        "p 0: Intro^0.\n\
         1 r1 chapter Body | Chapter 1 | One | one\n  p 2: A^1 b^2 again^1.\n  \
         2 r2 section Body | Section 1.1 | S | s\n    p 4: c^3\n\
         1 r1 chapter Body | Chapter 2 | Two^4 | two\n  p 6: d^2 e^5\n\
         note 0 #note-1 1 in -\n  p 7: ii\n\
         note 1 #note-2 1 in 0\n  p 8: bb\n\
         note 2 #note-3 2 in 0\n  p 9: aa\n\
         note 3 #note-4 3 in 1\n  p 10: cc\n\
         note 4 #note-5 1 in 2\n  p 11: tt\n\
         note 5 #note-6 2 in 2\n  p 12: dd\n"
    );
    assert_eq!(made.said(), [""; 0]);
    assert_eq!(made.book.sections[1].title_text(), "Two");
}

#[test]
fn notes_in_notes_come_after_and_end() {
    let made = bench("# A\n\nx[^1] y[^2]\n\n# B\n\nz[^4]\n\n[^1]: one[^3] self[^1]\n[^2]: two\n[^3]: three[^2]\n[^4]: four\n").make();
    let notes: Vec<_> = made.book.notes.iter().map(|n| (n.number, n.section.map(|s| s.0))).collect();
    assert_eq!(notes, [(1, Some(0)), (2, Some(0)), (3, Some(0)), (1, Some(1))]);
    assert!(view(&made.book).contains("one^2 self^0"), "{}", view(&made.book));
    assert_eq!(made.said(), [""; 0]);
}

#[test]
fn labels_belong_to_their_file() {
    let made =
        files(&[("a.md", "# A\n\nx[^1]\n\n[^1]: of a\n"), ("b.md", "# B\n\ny[^1]\n\n[^1]: of b\n")]).make();
    assert!(view(&made.book).contains("note 1 #note-2 1 in 1\n  p 5: of b\n"), "{}", view(&made.book));
}

#[test]
fn calls_and_notes_without_each_other_are_said() {
    let made =
        files(&[("a.md", "# A\n\nx[^no] y[^b]\n\n[^b]: b\n\n[^un]: unused\n"), ("b.md", "# B\n\nz[^b]\n")])
            .make();
    assert_eq!(
        made.said(),
        [
            "a.md:3:2 missing-note: no note in this file is called `no`",
            "a.md:7:1 unused-note: nothing calls the note `un`",
            "b.md:3:2 missing-note: no note in this file is called `b`",
        ]
    );
    assert!(view(&made.book).contains("x[^no] y^0"), "{}", view(&made.book));
}

#[test]
fn a_note_is_in_the_language_of_its_call() {
    let made = bench("# A {lang=fr}\n\nx[^1] y[^2]\n\n[^1]: \"oui\"\n\n# B\n\nz[^2]\n\n[^2]: one\n").make();
    let lang = |at: usize| made.book.notes[at].blocks[0].lang.as_ref().map(|l| l.tag().to_owned());
    assert_eq!(lang(0).as_deref(), Some("fr"));
    assert!(view(&made.book).contains("«\u{202f}oui\u{202f}»"), "{}", view(&made.book));
}

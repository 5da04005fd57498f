//! Verdicts of the outside judges in words for a table.

use crate::validators::Verdict;

/// A verdict, or none where the judge isn't there.
#[derive(Debug, Clone)]
pub(crate) struct Judgement(Option<Verdict>);

/// One file's.
pub(crate) fn one(verdict: Option<Verdict>) -> Judgement {
    Judgement(verdict)
}

/// Those of so many files that were judged together.
pub(crate) fn all(verdicts: Option<Vec<Verdict>>, count: usize) -> Vec<Judgement> {
    match verdicts {
        Some(verdicts) => verdicts.into_iter().map(|verdict| Judgement(Some(verdict))).collect(),
        None => vec![Judgement(None); count],
    }
}

impl Judgement {
    /// "sound", "3 complaints", "absent".
    pub(crate) fn words(&self) -> String {
        match self.0.as_ref().map(|verdict| verdict.complaints.len()) {
            None => "absent".to_owned(),
            Some(0) => "sound".to_owned(),
            Some(1) => "1 complaint".to_owned(),
            Some(count) => format!("{count} complaints"),
        }
    }

    /// The first complaints, cut to a line each.
    pub(crate) fn complaints(&self) -> impl Iterator<Item = String> {
        let complaints = self.0.iter().flat_map(|verdict| &verdict.complaints);
        complaints.take(12).map(|said| {
            let line: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
            line.chars().take(160).collect()
        })
    }
}

/// Whether poppler reads the same words out of two files, in whatever order.
pub(crate) fn same_words(ours: &Option<String>, other: &Option<String>) -> String {
    let (Some(ours), Some(other)) = (ours, other) else { return "absent".to_owned() };
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let (ours, other) = (sorted(ours), sorted(other));
    if ours == other {
        return "yes".to_owned();
    }
    let (mut at, mut shared) = (0, 0);
    for word in &ours {
        while other.get(at).is_some_and(|next| next < word) {
            at += 1;
        }
        if other.get(at) == Some(word) {
            (at, shared) = (at + 1, shared + 1);
        }
    }
    format!("{shared} of {} words", ours.len())
}

//! What something costs, as a sum or item by item.
//!
//! Enters: charges, each with what it is for. Leaves: their sum, or the list of them. Promise: whoever
//! sets prices sets them once: the searches for lines and for pages run with a number, which forgets
//! what it is charged for and so costs nothing; whoever explains runs the same code with a list.

/// Takes charges.
pub(crate) trait Bill<Part> {
    /// Charges a price for something.
    fn charge(&mut self, part: Part, price: f64);
}

impl<Part> Bill<Part> for f64 {
    #[inline(always)]
    fn charge(&mut self, _: Part, price: f64) {
        *self += price;
    }
}

/// Only what costs something is listed.
impl<Part> Bill<Part> for Vec<(Part, f64)> {
    fn charge(&mut self, part: Part, price: f64) {
        if price > 0.0 {
            self.push((part, price));
        }
    }
}

//! [`Draft`](crate::model::Draft) to [`Book`](crate::model::Book): sections, ids, numbers, notes, links, images, quotes, outline.

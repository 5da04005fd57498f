//! Fonts from outside: files that the settings name, and the system's.
//!
//! Enters: names and the port they are read through, or bytes. Leaves: a longer [`FontSet`].
//! Promise: a file that can't be used, or whose maker forbids embedding, is an error with its place;
//! a face of the system that can't be used is passed over, for no author named it.

use super::{Face, FontBytes, FontSet};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::sources::{ReadError, Resources, Spanned};
use skrifa::raw::FileRef;

/// Faces that a collection may have; more is taken for damage.
const MOST_FACES: u32 = 256;

impl FontSet {
    /// With the settings' font files, all faces of each (`.ttf`, `.otf`, `.ttc`), in their order:
    /// fallbacks after a variant's own family.
    #[must_use]
    pub fn with_files(
        mut self,
        names: &[Spanned<String>],
        resources: &dyn Resources,
        diagnostics: &mut Diagnostics,
    ) -> FontSet {
        let mut faces = Vec::new();
        for name in names {
            match read(&name.value, resources) {
                Ok(found) => faces.extend(found.into_iter().map(|face| face.named_at(name.span))),
                Err((code, message, hint)) => {
                    diagnostics.push(Diagnostic::new(code, name.span, message).hint(hint));
                }
            }
        }
        self.append(faces, |set| &mut set.settings);
        self
    }

    /// With faces of the system, each a file's name and its bytes, as the very last resort.
    #[must_use]
    pub fn with_system(mut self, files: Vec<(String, FontBytes)>) -> FontSet {
        let read = |(name, bytes): &(String, FontBytes)| faces_of(name, bytes).unwrap_or_default();
        let faces: Vec<Face> = files.iter().flat_map(read).collect();
        self.append(faces, |set| &mut set.system);
        self
    }
}

type Problem = (Code, String, &'static str);

fn read(name: &str, resources: &dyn Resources) -> Result<Vec<Face>, Problem> {
    let bytes = resources.read(name).map_err(|error| match error {
        ReadError::Missing => (
            Code::BadFont,
            format!("there is no font file \"{name}\""),
            "paths in `fonts` are relative to the manuscript's folder",
        ),
        ReadError::Outside => (
            Code::PathOutside,
            format!("the font file \"{name}\" is outside the manuscript's folder"),
            "copy it into the folder, or set `allow-outside = true`",
        ),
        ReadError::Failed(why) => (
            Code::BadFont,
            format!("the font file \"{name}\" can't be read: {why}"),
            "see that the file may be read",
        ),
    })?;
    let bytes: FontBytes = bytes;
    faces_of(name, &bytes).map_err(|why| {
        (Code::BadFont, format!("\"{name}\" {why}"), "use a .ttf, .otf or .ttc file that may be embedded")
    })
}

fn faces_of(name: &str, bytes: &FontBytes) -> Result<Vec<Face>, &'static str> {
    let count = match FileRef::new((**bytes).as_ref()) {
        Ok(FileRef::Collection(collection)) => collection.len(),
        Ok(FileRef::Font(_)) | Err(_) => 1,
    };
    if count > MOST_FACES {
        return Err("is a damaged font");
    }
    (0..count.max(1)).map(|index| Face::read(name, bytes, index)).collect()
}

//! What the pointer and the keyboard act on.

use crate::app::desk::Picture;
use crate::app::document::ids::RacerId;
use crate::preset::Viewpoint;
use crate::view::eye::Eye;

/// What is seen in a picture.
pub struct Seen<'a> {
    /// Which picture it is.
    pub picture: Picture,
    /// The eye through which it is seen.
    pub eye: &'a Eye,
    /// From where the landscape is seen, if there is one.
    pub viewpoint: Option<Viewpoint>,
    /// The racer and the step under the pointer.
    pub pointed: Option<(RacerId, usize)>,
}

impl Seen<'_> {
    /// The viewpoint of a landscape that can be turned by hand.
    pub fn in_hand(&self) -> Option<&Viewpoint> {
        let is_relief = self.picture == Picture::Relief;
        self.viewpoint.as_ref().filter(|_| is_relief)
    }
}

//! What goroutines tell each other: that something is over, and that it was waited for.

use crate::domain::Place;

/// How a launched goroutine tells that it is finished, or what stands for its end.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Signal {
    /// `wg.Done()` on this wait group; joined by its `Wait`.
    WaitGroup(Place),
    /// A send on or close of this channel; joined by a receive.
    Channel(Place),
    /// A close of this channel, besides; joined by a receive until it is closed, whatever was sent before.
    Closed(Place),
    /// Belongs to this group (errgroup, pool); joined by its `Wait`.
    Group(Place),
    /// `wg.Done()` in former rounds of a loop of which each calls it: of this round it tells nothing. In access's histories only.
    Earlier(Place),
    /// `wg.Done()` on every path so far. In the interpreter's state only.
    Given(Place),
    /// The function value that is found here was called: it tells what that function does. Among signals.
    Calls(Place),
    /// The same on every path: what that function waits for was waited for. Among waits.
    WaitsIn(Place),
}

impl Signal {
    /// The channel, wait group, group or function value that it is given on.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::WaitGroup(place)
            | Self::Channel(place)
            | Self::Closed(place)
            | Self::Group(place)
            | Self::Earlier(place)
            | Self::Given(place)
            | Self::Calls(place)
            | Self::WaitsIn(place) => place,
        }
    }

    /// The same signal, whichever round of a loop gives it.
    #[must_use]
    pub fn in_any_round(&self) -> Self {
        match self {
            Self::Earlier(group) => Self::WaitGroup(group.clone()),
            other => other.clone(),
        }
    }

    /// The same signal on what is at another place.
    #[must_use]
    pub fn at(&self, place: Place) -> Self {
        match self {
            Self::WaitGroup(_) => Self::WaitGroup(place),
            Self::Channel(_) => Self::Channel(place),
            Self::Closed(_) => Self::Closed(place),
            Self::Group(_) => Self::Group(place),
            Self::Earlier(_) => Self::Earlier(place),
            Self::Given(_) => Self::Given(place),
            Self::Calls(_) => Self::Calls(place),
            Self::WaitsIn(_) => Self::WaitsIn(place),
        }
    }
}

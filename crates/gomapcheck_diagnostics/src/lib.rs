//! A finding as data, its total order, and everything that may drop one

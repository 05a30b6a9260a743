package order

import "testing"

func TestSafe_Atlas(*testing.T) { often(SafeAtlas) }

func TestSafe_Glossary(*testing.T) { often(SafeGlossary) }

func TestSafe_Almanac(*testing.T) { often(SafeAlmanac) }

func TestRacy_Digest(*testing.T) { often(RacyDigest) }

func TestRacy_Sketch(*testing.T) { often(RacySketch) }

func TestRacy_Cashbook(*testing.T) { often(RacyCashbook) }

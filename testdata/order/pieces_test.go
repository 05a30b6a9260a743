package order

import "testing"

func TestSafe_Pieces(*testing.T) { often(func() { SafePieces(keys) }) }

func TestSafe_PiecesSelect(*testing.T) { often(func() { SafePiecesSelect(keys) }) }

func TestSafe_PiecesInBatches(*testing.T) { often(func() { SafePiecesInBatches(keys) }) }

func TestRacy_PieceAgain(*testing.T) { often(func() { RacyPieceAgain(keys) }) }

func TestRacy_PiecesToldFirst(*testing.T) { often(func() { RacyPiecesToldFirst(keys) }) }

func TestRacy_Ready(*testing.T) { often(func() { RacyReady(keys) }) }

func TestRacy_FirstPiece(*testing.T) { often(func() { RacyFirstPiece(keys) }) }

func TestRacy_LastPiece(*testing.T) { often(func() { RacyLastPiece(keys) }) }

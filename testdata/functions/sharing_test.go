package functions

import "testing"

func TestRacy_Getter(*testing.T) {
	often(func() { RacyGetter() })
}

func TestSafe_Getter(*testing.T) {
	often(func() { SafeGetter() })
}

func TestRacy_StructCopy(*testing.T) {
	often(func() { RacyStructCopy() })
}

func TestRacy_ValueReceiver(*testing.T) {
	often(func() { RacyValueReceiver() })
}

func TestRacy_Generic(*testing.T) {
	often(func() { RacyGeneric() })
}

func TestSafe_Generic(*testing.T) {
	often(func() { SafeGeneric() })
}

func TestRacy_GenericFunction(*testing.T) {
	often(func() { RacyGenericFunction(keys) })
}

func TestRacy_MethodValue(*testing.T) {
	often(func() { RacyMethodValue() })
}

func TestRacy_Interface(*testing.T) {
	often(func() { RacyInterface() })
}

func TestSafe_Interface(*testing.T) {
	often(func() { SafeInterface() })
}

func TestSafe_CopyOnWrite(*testing.T) {
	often(func() { SafeCopyOnWrite() })
}

func TestRacy_AtomicValue(*testing.T) {
	often(func() { RacyAtomicValue() })
}

func TestSafe_PerRequest(*testing.T) {
	often(func() { SafePerRequest() })
}

func TestSafe_PublishedAfterwards(*testing.T) {
	often(func() { SafePublishedAfterwards() })
}

func TestRacy_InnerMap(*testing.T) {
	often(func() { RacyInnerMap() })
}

func TestRacy_LongPath(*testing.T) {
	often(func() { RacyLongPath() })
}

func TestSafe_Actor(*testing.T) {
	often(func() { SafeActor() })
}

func TestSafe_Once(*testing.T) {
	often(func() { SafeOnce() })
}

func TestSafe_Init(*testing.T) {
	often(func() { SafeInit() })
}

func TestRacy_Lazy(*testing.T) {
	often(func() { RacyLazy() })
}

func TestRacy_SyncMapElement(*testing.T) {
	often(func() { RacySyncMapElement() })
}

func TestSafe_SyncMapElement(*testing.T) {
	often(func() { SafeSyncMapElement() })
}

func TestRacy_Table(*testing.T) {
	often(func() { RacyTable() })
}

func TestSafe_Table(*testing.T) {
	often(func() { SafeTable() })
}

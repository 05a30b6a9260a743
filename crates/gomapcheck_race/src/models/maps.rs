//! What functions and methods do to maps that they are given: copying, encoding, printing, map types' own methods.
//!
//! `maps.Keys` and kin are lazy; they count as iterating where they are called, which is where they are used in nearly
//! all code.

use super::effect::Effect;
use super::row::{
    Area, CLEARS, COPIES, COPIES_0, COPIES_FROM_0, DELETES, ENCODES_0, ENCODES_1, ENCODES_2, ITERATES,
    ITERATES_0, ITERATES_0_1, ITERATES_1, ITERATES_1_2, ITERATES_2, ITERATES_FROM_0, ITERATES_FROM_1,
    MEASURES, READS, Row, WRITES, WRITES_0, WRITES_0_ITERATES_1, WRITES_1, WRITES_1_ITERATES_0, argument,
    row,
};
use crate::conflict::Operation;

/// JSON packages with the standard library's interface.
const JSON: &str = "encoding/json github.com/json-iterator/go github.com/goccy/go-json github.com/bytedance/sonic \
    github.com/segmentio/encoding/json k8s.io/apimachinery/pkg/util/json sigs.k8s.io/json";

/// YAML packages.
const YAML: &str =
    "gopkg.in/yaml go.yaml.in/yaml github.com/goccy/go-yaml sigs.k8s.io/yaml github.com/ghodss/yaml";

/// Packages with `Marshal(v)`, `Unmarshal(data, &v)`.
const ENCODINGS: &str = "encoding/xml encoding/asn1 github.com/vmihailenco/msgpack github.com/pelletier/go-toml \
    github.com/BurntSushi/toml go.mongodb.org/mongo-driver/bson go.mongodb.org/mongo-driver/mongo/bson \
    github.com/fxamacker/cbor labix.org/bson gopkg.in/mgo/bson github.com/globalsign/mgo/bson";

/// Test libraries with testify's assertions.
const ASSERTIONS: &str = "github.com/stretchr/testify/assert github.com/stretchr/testify/require \
    github.com/stretchr/testify";

/// Packages of k8s sets.
const SETS: &str = "k8s.io/apimachinery/pkg/util/sets k8s.io/kubernetes/pkg/util/sets \
    sigs.k8s.io/structured-merge-diff/fieldpath github.com/containerd/nri/pkg/sets";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Package maps and its forerunner.
    row("maps golang.org/x/exp/maps", "_", "Copy", WRITES_0_ITERATES_1),
    row("maps", "_", "Insert", WRITES_0),
    row("maps", "_", "Collect", Effect::Fresh),
    row("maps golang.org/x/exp/maps", "_", "Clone", COPIES_0),
    row("maps golang.org/x/exp/maps", "_", "Keys Values", ITERATES_0),
    row("maps", "_", "All", ITERATES_0),
    row("maps golang.org/x/exp/maps", "_", "Equal EqualFunc", ITERATES_0_1),
    row("maps golang.org/x/exp/maps", "_", "DeleteFunc", Effect::Maps(&[argument(0, Operation::Iterate), argument(0, Operation::Delete)])),
    row("golang.org/x/exp/maps", "_", "Clear", Effect::Maps(&[argument(0, Operation::Clear)])),

    // Named map types of the standard library.
    row("net/http", "Header", "Add Set", WRITES),
    row("net/http", "Header", "Del", DELETES),
    row("net/http", "Header", "Get Values", READS),
    row("net/http", "Header", "Write WriteSubset", ITERATES),
    row("net/http", "Header", "Clone", COPIES),
    row("net/url", "Values", "Add Set", WRITES),
    row("net/url", "Values", "Del", DELETES),
    row("net/url", "Values", "Get Has", READS),
    row("net/url", "Values", "Encode", ITERATES),
    row("net/url", "Values", "Clone", COPIES),
    row("net/textproto", "MIMEHeader", "Add Set", WRITES),
    row("net/textproto", "MIMEHeader", "Del", DELETES),
    row("net/textproto", "MIMEHeader", "Get Values", READS),
    row("net/mail", "Header", "Get Date AddressList", READS),
    row("go/ast", "CommentMap", "Update", WRITES),
    row("go/ast", "CommentMap", "Filter Comments String", ITERATES),
    row("testing/fstest", "MapFS", "Open Stat ReadFile ReadDir Glob Sub Lstat ReadLink", READS),

    // Named map types of others.
    row("google.golang.org/grpc/metadata", "MD", "Set Append", WRITES),
    row("google.golang.org/grpc/metadata", "MD", "Delete", DELETES),
    row("google.golang.org/grpc/metadata", "MD", "Get", READS),
    row("google.golang.org/grpc/metadata", "MD", "Len", MEASURES),
    row("google.golang.org/grpc/metadata", "MD", "Copy", COPIES),
    row("google.golang.org/grpc/metadata", "_", "Join", COPIES_FROM_0),
    row("google.golang.org/grpc/metadata", "_", "New", COPIES_0),
    row(SETS, "Set String Int Int32 Int64 Byte", "Insert", WRITES),
    row(SETS, "Set String Int Int32 Int64 Byte", "Delete PopAny", DELETES),
    row(SETS, "Set String Int Int32 Int64 Byte", "Clear", CLEARS),
    row(SETS, "Set String Int Int32 Int64 Byte", "Has HasAll HasAny", READS),
    row(SETS, "Set String Int Int32 Int64 Byte", "Len", MEASURES),
    row(SETS, "Set String Int Int32 Int64 Byte", "List UnsortedList SortedList", ITERATES),
    row(SETS, "Set String Int Int32 Int64 Byte", "Clone", COPIES),
    row(SETS, "Set String Int Int32 Int64 Byte", "Union Difference Intersection SymmetricDifference", Effect::Copies(&[super::row::receiver(Operation::Iterate), argument(0, Operation::Iterate)])),
    row(SETS, "Set String Int Int32 Int64 Byte", "IsSuperset Equal", Effect::Maps(&[super::row::receiver(Operation::Iterate), argument(0, Operation::Iterate)])),
    row(SETS, "_", "List StringKeySet IntKeySet Int32KeySet Int64KeySet ByteKeySet KeySet", COPIES_0),
    row("k8s.io/apimachinery/pkg/labels k8s.io/apimachinery/pkg/fields", "Set", "Has Get Lookup", READS),
    row("k8s.io/apimachinery/pkg/labels k8s.io/apimachinery/pkg/fields", "Set", "String AsSelector AsSelectorPreValidated AsValidatedSelector", ITERATES),
    row("k8s.io/apimachinery/pkg/labels", "_", "SelectorFromSet FormatLabels Equals", ITERATES_0),
    row("k8s.io/apimachinery/pkg/labels", "_", "Merge", Effect::Copies(&[argument(0, Operation::Iterate), argument(1, Operation::Iterate)])),
    row("go.opentelemetry.io/otel/propagation", "MapCarrier HeaderCarrier", "Set", WRITES),
    row("go.opentelemetry.io/otel/propagation", "MapCarrier HeaderCarrier", "Get", READS),
    row("go.opentelemetry.io/otel/propagation", "MapCarrier HeaderCarrier", "Keys", ITERATES),
    row("github.com/opentracing/opentracing-go", "TextMapCarrier HTTPHeadersCarrier", "Set", WRITES),
    row("github.com/opentracing/opentracing-go", "TextMapCarrier HTTPHeadersCarrier", "ForeachKey", ITERATES),
    row("github.com/golang-jwt/jwt github.com/dgrijalva/jwt-go", "MapClaims", "Valid VerifyAudience VerifyExpiresAt VerifyIssuedAt VerifyIssuer VerifyNotBefore GetAudience GetExpirationTime GetIssuedAt GetIssuer GetNotBefore GetSubject", READS),

    // Encoding and decoding.
    row(JSON, "_", "Marshal MarshalIndent MarshalToString MarshalString", ENCODES_0),
    row(JSON, "_", "Unmarshal UnmarshalFromString UnmarshalString UnmarshalStrict UnmarshalCaseSensitivePreserveInts", WRITES_1),
    row(JSON, "API", "Marshal MarshalIndent MarshalToString", ENCODES_0),
    row(JSON, "API", "Unmarshal UnmarshalFromString", WRITES_1),
    row(JSON, "Encoder", "Encode", ENCODES_0),
    row(JSON, "Decoder", "Decode", WRITES_0),
    row(YAML, "_", "Marshal", ENCODES_0),
    row(YAML, "_", "Unmarshal UnmarshalStrict", WRITES_1),
    row(YAML, "Encoder", "Encode", ENCODES_0),
    row(YAML, "Decoder Node", "Decode", WRITES_0),
    row(ENCODINGS, "_", "Marshal MarshalIndent", ENCODES_0),
    row(ENCODINGS, "_", "Unmarshal Decode", WRITES_1),
    row(ENCODINGS, "Encoder", "Encode", ENCODES_0),
    row(ENCODINGS, "Decoder", "Decode", WRITES_0),
    row("encoding/gob", "Encoder", "Encode", ENCODES_0),
    row("encoding/gob", "Decoder", "Decode", WRITES_0),
    row("google.golang.org/protobuf/proto github.com/golang/protobuf/proto", "_", "Marshal Size", ITERATES_0),
    row("google.golang.org/protobuf/proto github.com/golang/protobuf/proto", "_", "Clone", COPIES_0),
    row("google.golang.org/protobuf/proto github.com/golang/protobuf/proto", "_", "Unmarshal", WRITES_1),
    row("google.golang.org/protobuf/proto github.com/golang/protobuf/proto", "_", "Merge", WRITES_0_ITERATES_1),
    row("google.golang.org/protobuf/proto github.com/golang/protobuf/proto", "_", "Equal", ITERATES_0_1),
    row("github.com/mitchellh/mapstructure github.com/go-viper/mapstructure", "_", "Decode WeakDecode", WRITES_1_ITERATES_0),

    // Walking over whatever they are given.
    row("reflect", "_", "DeepEqual", ITERATES_0_1),
    row("reflect", "_", "Copy", Effect::CallsNow),
    row("text/template html/template", "Template", "Execute", ITERATES_1),
    row("text/template html/template", "Template", "ExecuteTemplate", ITERATES_2),
    row("github.com/google/go-cmp/cmp", "_", "Equal Diff", ITERATES_0_1),
    row("github.com/mitchellh/copystructure", "_", "Copy Must", COPIES_0),
    row("github.com/mitchellh/hashstructure", "_", "Hash", ITERATES_0),
    row("github.com/mohae/deepcopy github.com/tiendc/go-deepcopy", "_", "Copy", COPIES_0),
    row("github.com/jinzhu/copier", "_", "Copy CopyWithOption", WRITES_0_ITERATES_1),
    row("dario.cat/mergo github.com/imdario/mergo", "_", "Merge MergeWithOverwrite Map", WRITES_0_ITERATES_1),
    row("k8s.io/apimachinery/pkg/api/equality", "Semantic", "DeepEqual DeepDerivative", ITERATES_0_1),
    row("github.com/davecgh/go-spew/spew", "_", "Dump Print Println Printf Sdump Sprint Sprintf", ITERATES_FROM_0),
    row("github.com/samber/lo", "_", "Keys Values Entries ToPairs MapToSlice MapKeys MapValues MapEntries PickBy OmitBy Invert PickByKeys OmitByKeys CountValues", COPIES_0),
    row("github.com/samber/lo", "_", "Assign", COPIES_FROM_0),
    row("github.com/samber/lo", "_", "HasKey ValueOr", Effect::Maps(&[argument(0, Operation::Read)])),

    // Printing.
    row("fmt", "_", "Print Printf Println Sprint Sprintf Sprintln", ITERATES_FROM_0),
    row("fmt", "_", "Fprint Fprintf Fprintln Append Appendf Appendln Errorf", ITERATES_FROM_1),
    row("log", "_ Logger", "Print Printf Println", ITERATES_FROM_0),
    row("log/slog", "_ Logger", "Debug Info Warn Error", ITERATES_FROM_1),
    row("testing", "T B F TB common", "Log Logf", ITERATES_FROM_0),
    row("github.com/sirupsen/logrus", "_ Logger Entry FieldLogger", "Trace Tracef Debug Debugf Info Infof Print Printf Println Infoln Debugln Warn Warnf Warning Warningf Error Errorf Errorln", ITERATES_FROM_0),
    row("github.com/sirupsen/logrus", "_ Logger Entry FieldLogger", "WithFields", COPIES_0),
    row("k8s.io/klog github.com/golang/glog", "_ Verbose", "Info Infof Infoln Warning Warningf Warningln Error Errorf Errorln", ITERATES_FROM_0),
    row("k8s.io/klog", "_", "InfoS", ITERATES_FROM_1),
    row("k8s.io/klog", "_", "ErrorS", super::row::ITERATES_FROM_2),
    row("k8s.io/klog", "Verbose", "InfoS", ITERATES_FROM_1),
    row("github.com/go-logr/logr", "Logger", "Info", ITERATES_FROM_1),
    row("github.com/go-logr/logr", "Logger", "Error", super::row::ITERATES_FROM_2),
    row("go.uber.org/zap", "SugaredLogger", "Debug Debugf Debugw Info Infof Infow Warn Warnf Warnw Error Errorf Errorw", ITERATES_FROM_0),

    // Answers of web frameworks, encoded on the spot.
    row("github.com/gin-gonic/gin", "Context", "JSON IndentedJSON PureJSON SecureJSON JSONP AsciiJSON XML YAML TOML", ENCODES_1),
    row("github.com/gin-gonic/gin", "Context", "HTML", ITERATES_2),
    row("github.com/labstack/echo", "Context", "JSON JSONPretty XML", ENCODES_1),
    row("github.com/labstack/echo", "Context", "Render", ITERATES_2),
    row("github.com/gofiber/fiber", "Ctx", "JSON XML", ENCODES_0),
    row("github.com/go-chi/render", "_", "JSON XML Respond", ENCODES_2),

    // Assertions.
    row(ASSERTIONS, "_", "Equal EqualValues Exactly NotEqual", ITERATES_1_2),
    row(ASSERTIONS, "_", "ElementsMatch Subset", ITERATES_1_2),
    row(ASSERTIONS, "_", "Empty NotEmpty Len", Effect::Maps(&[argument(1, Operation::Length)])),
    row(ASSERTIONS, "_", "Contains NotContains", Effect::Maps(&[argument(1, Operation::Iterate)])),
    row(ASSERTIONS, "Assertions", "Equal EqualValues Exactly NotEqual ElementsMatch Subset", ITERATES_0_1),
    row(ASSERTIONS, "Assertions", "Empty NotEmpty Len", Effect::Maps(&[argument(0, Operation::Length)])),
    row(ASSERTIONS, "Assertions", "Contains NotContains", ITERATES_0),
];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::conflict::Operation;
    use crate::models::testing::{call, function};
    use crate::models::{Effect, MapEffect};

    fn effects(effect: Option<Effect>) -> Vec<(Option<u8>, Operation)> {
        match effect {
            Some(Effect::Maps(maps) | Effect::Copies(maps)) => {
                maps.iter().map(|MapEffect { argument, operation, .. }| (*argument, *operation)).collect()
            }
            other => panic!("no effect on maps: {other:?}"),
        }
    }

    #[test]
    fn copying_reads_one_and_writes_the_other() {
        assert_eq!(
            effects(function("maps", "Copy")),
            [(Some(0), Operation::Write), (Some(1), Operation::Iterate)]
        );
        assert!(matches!(function("maps", "Clone"), Some(Effect::Copies(_))));
    }

    #[test]
    fn a_header_is_a_map() {
        assert_eq!(effects(call("net/http", "Header", "Set")), [(None, Operation::Write)]);
        assert_eq!(effects(call("net/http", "Header", "Get")), [(None, Operation::Read)]);
        assert_eq!(
            effects(call("k8s.io/apimachinery/pkg/util/sets", "String", "Has")),
            [(None, Operation::Read)]
        );
    }

    #[test]
    fn encoding_iterates_and_decoding_writes() {
        assert_eq!(effects(function("encoding/json", "Marshal")), [(Some(0), Operation::Iterate)]);
        assert_eq!(effects(function("gopkg.in/yaml.v3", "Unmarshal")), [(Some(1), Operation::Write)]);
    }

    #[test]
    fn printing_iterates_over_every_argument() {
        let Some(Effect::Maps([only])) = function("fmt", "Fprintf") else { panic!("fmt.Fprintf is unknown") };
        assert_eq!((only.argument, only.and_following), (Some(1), true));
    }
}

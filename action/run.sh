#!/usr/bin/env bash
# Runs gomapcheck as the inputs of action.yml say, which come as INPUT_... in the environment. It succeeds with findings, too:
# a later step judges the output exit-code. Written for bash 3.2, which macOS has.
set -euo pipefail

fail() {
    echo "::error title=gomapcheck::$1"
    exit 3
}

# The format's flag. Text becomes annotations by a problem matcher; for github the annotations are the report.
format_flag() {
    case $INPUT_OUTPUT_FORMAT in
    github | github-actions) echo "--output.github-actions.path=stdout" ;;
    text | json | tab | checkstyle | code-climate | junit-xml | teamcity | sarif | rdjson | rdjsonl)
        echo "--output.$INPUT_OUTPUT_FORMAT.path=stdout"
        ;;
    *) fail "output-format is $INPUT_OUTPUT_FORMAT, but there are github, text, json, tab, checkstyle, code-climate, junit-xml, teamcity, sarif, rdjson and rdjsonl" ;;
    esac
}

# fetch_changes FILE: what the pull request or the push changes, as a patch. GitHub is asked, not git, because a checkout mostly
# has one commit.
fetch_changes() {
    local repository=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY address
    if [ -n "${PULL_REQUEST:-}" ]; then
        address=$repository/pulls/$PULL_REQUEST
    elif [ -n "${BASE_SHA//0/}" ]; then
        address=$repository/compare/$BASE_SHA...$GITHUB_SHA
    else
        echo "::warning title=gomapcheck::only-new-issues: this event has no earlier commit to compare with; all findings are reported"
        return 1
    fi
    # The token goes through standard input, so that no list of processes shows it.
    printf 'header = "Authorization: Bearer %s"\n' "$INPUT_GITHUB_TOKEN" |
        curl --config - --silent --show-error --fail --location --retry 3 \
            --header "Accept: application/vnd.github.diff" --output "$1" "$address" && return
    echo "::warning title=gomapcheck::only-new-issues: $address cannot be read; all findings are reported"
    return 1
}

flag=$(format_flag) || {
    echo "$flag"
    exit 3
}
if [ "$INPUT_OUTPUT_FORMAT" = text ]; then
    echo "::add-matcher::$GITHUB_ACTION_PATH/action/problem-matcher.json"
fi

# Annotations and alerts need paths that begin at the repository, wherever the module and its configuration are.
arguments=("$flag" --color=never --path-mode=repository)

if [ -n "$INPUT_SARIF_FILE" ]; then
    case $INPUT_SARIF_FILE in
    /* | ?:*) sarif=$INPUT_SARIF_FILE ;;
    *) sarif=$GITHUB_WORKSPACE/$INPUT_WORKING_DIRECTORY/$INPUT_SARIF_FILE ;;
    esac
    arguments+=("--output.sarif.path=$sarif")
fi

if [ "$INPUT_ONLY_NEW_ISSUES" = true ] && fetch_changes "$RUNNER_TEMP/gomapcheck.patch"; then
    arguments+=("--new-from-patch=$RUNNER_TEMP/gomapcheck.patch" --new=false --new-from-rev= --new-from-merge-base=)
fi

# xargs takes words apart as a shell does, but runs nothing that stands in them.
if [ -n "${INPUT_ARGS//[[:space:]]/}" ]; then
    words=$(mktemp "$RUNNER_TEMP/gomapcheck.XXXXXX")
    printf '%s' "$INPUT_ARGS" | xargs printf '%s\0' >"$words" || fail "args cannot be taken apart: $INPUT_ARGS"
    while IFS= read -r -d '' word; do
        arguments+=("$word")
    done <"$words"
fi

cd "$GITHUB_WORKSPACE/$INPUT_WORKING_DIRECTORY" || fail "working-directory: there is no $INPUT_WORKING_DIRECTORY in the repository"
command -v gomapcheck >/dev/null || fail "version is none, but there is no gomapcheck on the PATH"
code=0
gomapcheck run "${arguments[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ -n "${sarif:-}" ] && [ -f "$sarif" ]; then
    echo "sarif-file=$sarif" >>"$GITHUB_OUTPUT"
fi

#!/usr/bin/env python3
"""Recall on real map races that have been fixed: how many of them the release binary reports in the commit before the fix.

    cargo build --release
    scripts/real-bugs.py --mirror DIR            # DIR/owner+name/repo, bare or not
    scripts/real-bugs.py --mirror DIR --clone    # clones from github.com what is not there (many gigabytes)
    scripts/real-bugs.py --mirror DIR --fixed    # and how many of those it no longer reports after the fix
    scripts/real-bugs.py --mirror DIR --only ID,ID --verbose

Each line of real-bugs.jsonl names a repository, the commit before the fix, the fix, and the accesses that raced. A case
counts as found if a finding stands on one of the accesses (one line off at most), or names the same map in the same
directory. From cases of the set `open` mechanisms may be drawn; those `held out` nobody reads. GOMAPCHECK names another
binary than target/release/gomapcheck. docs/recall.md says what came out.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = ("likely", "possible")
# What the analysis reads of a repository.
READ = (".go", "go.mod", "go.work", "modules.txt")
# Rules whose severity is lower at every confidence.
SOFT = ("range-map-mutation", "sync-map-check-then-act")


def repository(mirror, name):
    """The git directory of a repository in the mirror, or None."""
    base = mirror / name.replace("/", "+") / "repo"
    for directory in (base, base / ".git"):
        if (directory / "HEAD").is_file():
            return directory
    return None


def clone(mirror, name):
    target = mirror / name.replace("/", "+") / "repo"
    subprocess.run(["git", "clone", "--quiet", "--bare", f"https://github.com/{name}", str(target)], check=False)


def check_out(git, commit, directory):
    """Writes the files of a commit that the analysis reads."""
    listing = subprocess.run(
        ["git", f"--git-dir={git}", "ls-tree", "-r", "-z", commit], capture_output=True, check=True
    ).stdout
    wanted = []
    for entry in filter(None, listing.split(b"\0")):
        meta, path = entry.split(b"\t", 1)
        _, kind, blob = meta.split()
        if kind == b"blob" and path.decode("utf-8", "replace").endswith(READ):
            wanted.append((blob, path))
    batch = subprocess.Popen(
        ["git", f"--git-dir={git}", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def ask():
        for blob, _ in wanted:
            batch.stdin.write(blob + b"\n")
        batch.stdin.close()

    asking = threading.Thread(target=ask)
    asking.start()
    for _, path in wanted:
        header = batch.stdout.readline().split()
        if header[-1] == b"missing":
            continue
        content = batch.stdout.read(int(header[2]))
        batch.stdout.read(1)
        target = os.path.join(os.fsencode(directory), path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as out:
            out.write(content)
    asking.join()
    batch.wait()


def findings(binary, directory, root):
    """The findings in a module at the lowest confidence; their files are named from the repository's top."""
    command = [binary, "run", "--no-config", "--min-confidence=possible", "--output.json.path=stdout"]
    command += ["--show-stats=false", "--max-issues-per-linter=0", "--max-same-issues=0", "./..."]
    run = subprocess.run(command, cwd=os.path.join(directory, root), capture_output=True, timeout=600, check=False)
    found = json.loads(run.stdout)["Issues"] or []
    for finding in found:
        finding["file"] = os.path.normpath(os.path.join(root, finding["Pos"]["Filename"]))
    return found


def last_word(expression):
    """`items` of `s.shards[i].items["x"]`."""
    word = expression.replace("*", "").replace("&", "").split("[")[0].split(".")[-1]
    return "".join(c for c in word if c.isalnum() or c == "_")


def names_of(case):
    aliases = case.get("aliases") or case.get("alias") or []
    return {last_word(name) for name in [case["map"], *([aliases] if isinstance(aliases, str) else aliases)]}


def is_named(finding, case, names):
    directories = {os.path.dirname(case["file"])} | {os.path.dirname(a["file"]) for a in case["accesses"]}
    text = "".join(c if c.isalnum() or c == "_" else " " for c in finding["Text"])
    return os.path.dirname(finding["file"]) in directories and not names.isdisjoint(text.split())


def is_on_access(finding, case):
    return any(
        finding["file"] == access["file"] and abs(finding["Pos"]["Line"] - access["line"]) <= 1
        for access in case["accesses"]
    )


def is_likely(finding):
    usual = "warning" if finding["Text"].startswith(SOFT) else "error"
    return finding["Severity"] == usual


def judge(case, found):
    """The best level at which a case is found, or `missed`, and the finding."""
    names = names_of(case)
    hits = [f for f in found if is_on_access(f, case)] + [f for f in found if is_named(f, case, names)]
    for level, fits in zip(LEVELS, (is_likely, lambda _: True)):
        for hit in filter(fits, hits):
            return level, hit["Text"]
    return "missed", ""


def evaluate(case, binary, git, fixed):
    root = case.get("root") or ""
    with tempfile.TemporaryDirectory(prefix="real-bug-") as directory:
        check_out(git, case["bug"], directory)
        level, text = judge(case, findings(binary, directory, root))
    left = None
    if fixed and level == "likely":
        with tempfile.TemporaryDirectory(prefix="real-bug-") as directory:
            check_out(git, case["fix"], directory)
            after = findings(binary, directory, root)
        left = any(is_likely(f) and is_named(f, case, names_of(case)) for f in after)
    return level, text, left


def percent(part, whole):
    return f"{part} = {100 * part / max(whole, 1):.1f} %"


def report(results, fixed):
    counts = collections.Counter(level for _, level, _ in results)
    likely, whole = counts["likely"], len(results)
    print(f"{whole} cases: found {percent(likely, whole)}, with possible {percent(likely + counts['possible'], whole)}")
    for key in ("set", "category", "scope"):
        rows = collections.defaultdict(collections.Counter)
        for case, level, _ in results:
            rows[case[key]][level] += 1
        print(f"\n| {key} | cases | found | with possible |\n| --- | ---: | ---: | ---: |")
        for name, row in sorted(rows.items(), key=lambda item: (-sum(item[1].values()), item[0])):
            print(f"| {name} | {sum(row.values())} | {row['likely']} | {row['likely'] + row['possible']} |")
    if fixed:
        silent = sum(1 for _, level, left in results if level == "likely" and not left)
        print(f"\nof {likely} found, silent after the fix: {percent(silent, likely)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=pathlib.Path, default=ROOT / "target/bench/mirror")
    parser.add_argument("--cases", type=pathlib.Path, default=ROOT / "scripts/real-bugs.jsonl")
    parser.add_argument("--clone", action="store_true")
    parser.add_argument("--fixed", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    binary = os.path.abspath(os.environ.get("GOMAPCHECK", pathlib.Path(target) / "release/gomapcheck"))
    if not os.access(binary, os.X_OK):
        sys.exit(f"real-bugs: no binary {binary}: run cargo build --release, or name one in GOMAPCHECK")
    cases = [json.loads(line) for line in options.cases.read_text().splitlines() if line]
    only = set(filter(None, options.only.split(",")))
    results = []
    for case in (case for case in cases if not only or case["id"] in only):
        git = repository(options.mirror, case["repo"])
        if git is None and options.clone:
            clone(options.mirror, case["repo"])
            git = repository(options.mirror, case["repo"])
        if git is None:
            print(f"real-bugs: {case['repo']} is not in {options.mirror}; left out", file=sys.stderr)
            continue
        try:
            level, text, left = evaluate(case, binary, git, options.fixed)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            print(f"real-bugs: {case['id']}: {error}; left out", file=sys.stderr)
            continue
        results.append((case, level, left))
        if options.verbose:
            print(f"{level:9} {case['id']:36} {case['category']:20} {text[:120]}", flush=True)
    report(results, options.fixed)


if __name__ == "__main__":
    main()

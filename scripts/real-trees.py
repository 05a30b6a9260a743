#!/usr/bin/env python3
"""Runs the release binary over whole real trees and prints a table: files, lines, seconds, peak memory, findings.

    cargo build --release
    scripts/real-trees.py                       # Go's own src and the Debian packages that are installed
    scripts/real-trees.py --repeat 5 DIR...     # these directories instead, the best of five runs
    scripts/real-trees.py --findings out/       # keep each tree's findings as JSON

docs/real-trees.md says where the trees come from.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOPATH = pathlib.Path("/usr/share/gocode")

# Debian's source packages, below GOPATH/src.
DEBIAN = {
    "containerd": "github.com/containerd/containerd",
    "docker": "github.com/docker/docker",
    "etcd": "go.etcd.io/etcd",
    "grpc": "google.golang.org/grpc",
    "nats-server": "github.com/nats-io/nats-server",
    "rclone": "github.com/rclone/rclone",
    "syncthing": "github.com/syncthing/syncthing",
}

SUMMARY = re.compile(r"(?P<packages>[\d,]+) packages?, (?P<files>[\d,]+) files?, (?P<lines>[\d,]+) lines?")


def goroot():
    """Go's own tree, if there is a go."""
    try:
        return subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def default_trees():
    """The trees at hand, by name."""
    trees = {}
    if goroot():
        trees["go"] = pathlib.Path(goroot()) / "src"
    for name, path in DEBIAN.items():
        if (GOPATH / "src" / path).is_dir():
            trees[name] = GOPATH / "src" / path
    return trees


def run(binary, tree, flags):
    """One run: its summary, seconds, peak memory in MiB, findings."""
    with tempfile.TemporaryDirectory() as scratch:
        report = pathlib.Path(scratch) / "report.json"
        command = [str(binary), "-C", str(tree), "--output.json.path", str(report), *flags, "./..."]
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        errors = process.stderr.read()
        # wait4 gives the peak memory of this child alone.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1, 7):
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{errors}")
        issues = json.loads(report.read_text().splitlines()[0])["Issues"]
    found = SUMMARY.search(errors)
    counts = {name: int(text.replace(",", "")) for name, text in found.groupdict().items()} if found else {}
    return counts, seconds, usage.ru_maxrss / 1024, issues


def best_of(binary, tree, flags, repeat):
    """The fastest of several runs, and the largest peak memory among them."""
    runs = [run(binary, tree, flags) for _ in range(repeat)]
    counts, seconds, _, issues = min(runs, key=lambda one: one[1])
    return counts, seconds, max(one[2] for one in runs), issues


def main():
    """Parses the arguments, runs, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="*", type=pathlib.Path, help="directories [default: Go's src and Debian's packages]")
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/gomapcheck")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each tree; the fastest counts")
    parser.add_argument("--findings", type=pathlib.Path, help="directory for the findings of each tree")
    parser.add_argument("--flag", action="append", default=[], help="a further flag for gomapcheck, such as --flag=--tests=false")
    options = parser.parse_args()
    if not options.binary.is_file():
        sys.exit(f"{options.binary} is not there: cargo build --release")
    trees = {tree.name: tree for tree in options.trees} or default_trees()
    flags = list(options.flag)
    if GOPATH.is_dir():
        flags += ["--gopath", str(GOPATH)]

    print(f"{'tree':14} {'packages':>8} {'files':>7} {'lines':>10} {'seconds':>8} {'lines/s':>10} {'MiB':>6} {'findings':>8}")
    for name, tree in sorted(trees.items()):
        counts, seconds, memory, issues = best_of(options.binary.resolve(), tree.resolve(), flags, options.repeat)
        lines = counts.get("lines", 0)
        print(
            f"{name:14} {counts.get('packages', 0):8} {counts.get('files', 0):7} {lines:10} {seconds:8.2f} "
            f"{lines / seconds:10.0f} {memory:6.0f} {len(issues):8}",
            flush=True,
        )
        if options.findings:
            options.findings.mkdir(parents=True, exist_ok=True)
            (options.findings / f"{name}.json").write_text(json.dumps(issues, indent=1) + "\n")


if __name__ == "__main__":
    main()

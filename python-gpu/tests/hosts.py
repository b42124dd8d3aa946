"""Three hosts on one machine: network namespaces with addresses of their own, a bridge between them, a Ray node in each."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

NETWORK = "10.199.0"
PORT = 6379
# Ray gives a host that says nothing up after 5 x 3 s; a test need not wait that long
HEALTH = {
    "RAY_health_check_period_ms": "1000",
    "RAY_health_check_failure_threshold": "4",
    "RAY_health_check_initial_delay_ms": "2000",
}


def can_make_hosts() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"mathpie-try-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode == 0
    if made:
        subprocess.run(["ip", "netns", "del", name], capture_output=True)
    return made


# A head asks for a token where its user has one already, and the other hosts have to know it
TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


def on_hosts(**more: str) -> dict[str, str]:
    """The environment of what runs on the hosts: gRPC would ask a proxy of this machine for them."""
    own = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return own | HEALTH | TOKEN | more


class Hosts:
    """`address` is that of the head; hosts are counted from 1, and the first one is the head."""

    def __init__(self, count: int, temporary: Path) -> None:
        self.names = [f"mathpie-host-{os.getpid()}-{number}" for number in range(1, count + 1)]
        self.links = [f"mp{os.getpid() % 100000}v{number}" for number in range(1, count + 1)]
        self.bridge, self.temporary = f"mp{os.getpid() % 100000}b", temporary
        self.address = f"{NETWORK}.1:{PORT}"

    def make(self) -> None:
        ip("link", "add", self.bridge, "type", "bridge")
        ip("link", "set", self.bridge, "up")
        for number, (name, link) in enumerate(zip(self.names, self.links), 1):
            ip("netns", "add", name)
            ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", link, "master", self.bridge, "up")
            ip("-n", name, "addr", "add", f"{NETWORK}.{number}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")
        for number in range(1, len(self.names) + 1):
            self.start_ray(number)

    def start_ray(self, number: int) -> None:
        own = ["--head", f"--port={PORT}", "--include-dashboard=false", f"--temp-dir={self.temporary}"]
        words = own if number == 1 else [f"--address={self.address}"]
        more = [
            f"--node-ip-address={NETWORK}.{number}",
            "--num-cpus=1",
            "--object-store-memory=100000000",
            "--disable-usage-stats",
        ]
        ray = str(Path(sys.executable).parent / "ray")
        subprocess.run(
            self.command(number, [ray, "start", *words, *more]), check=True, capture_output=True, env=on_hosts()
        )

    def command(self, number: int, words: list[str]) -> list[str]:
        """A command as it is typed on a host."""
        return ["ip", "netns", "exec", self.names[number - 1], *words]

    def kill(self, number: int) -> None:
        """The plug of a host is pulled: its link is down, and nothing in it lives on to say so."""
        ip("link", "set", self.links[number - 1], "down")
        self.end_processes(number)

    def end_processes(self, number: int) -> None:
        found = subprocess.run(["ip", "netns", "pids", self.names[number - 1]], capture_output=True, text=True).stdout
        for pid in map(int, found.split()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def remove(self) -> None:
        for number, name in enumerate(self.names, 1):
            self.end_processes(number)
            subprocess.run(["ip", "netns", "del", name], capture_output=True)
        subprocess.run(["ip", "link", "del", self.bridge], capture_output=True)


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def three_hosts():
    # Ray's sockets lie below it, and their paths may not be long
    temporary = Path(tempfile.mkdtemp(prefix="mp-ray-", dir="/tmp"))
    hosts = Hosts(3, temporary)
    try:
        hosts.make()
        yield hosts
    finally:
        hosts.remove()
        shutil.rmtree(temporary, ignore_errors=True)

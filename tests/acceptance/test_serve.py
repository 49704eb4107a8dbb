"""`quartier serve` as a process: it says where it listens, takes messages, and ends cleanly when it is told to."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from base64 import b64encode
from pathlib import Path

import quartier
from quartier.config import Config
from tests.serving import until

PATIENCE = 120


def post(url: str, key: str, message: dict) -> dict:
    credentials = b64encode(f"{key}:".encode()).decode()
    request = urllib.request.Request(url, json.dumps(message).encode(), {"authorization": f"Basic {credentials}"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.loads(answer.read())


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "quartier", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_server_takes_messages_keeps_others_out_and_ends_cleanly(folder: Path):
    shop = quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    line = [sys.executable, "-m", "quartier", "serve", str(shop), "--port", "0", "--json"]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        told = json.loads("".join(iter(server.stdout.readline, "}\n")) + "}")
        assert post(f"{told['url']}/v1/track", told["write_key"], {"userId": "u1", "event": "Seen"})["stored"] == 1
        with urllib.request.urlopen(f"{told['url']}/readyz", timeout=PATIENCE) as answer:
            assert json.loads(answer.read())["ready"] is True
        second = run("serve", shop, "--port", "0")
        assert (second.returncode, "quartier serve" in second.stderr) == (4, True)
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=PATIENCE)
    finally:
        server.kill()
        server.wait()
    assert (server.returncode, out, err) == (0, "", "")
    with quartier.open(shop) as ws:
        assert ws.journal.end() == ws.arrivals.mark.until == 1
        assert "Seen" in {each.name for each in ws.catalog.events}


def test_an_address_that_is_taken_is_told(folder: Path):
    shop = quartier.create(folder / "shop", Config(name="Shop"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("serve", shop, "--port", taken.getsockname()[1])
    assert (said.returncode, "--port" in said.stderr) == (2, True)


def test_the_worker_does_what_is_due(workspace: quartier.Workspace):
    from quartier.serve.tasks import tasks

    for task in tasks(1.0):
        task.do(workspace)
    until(lambda: workspace.journal.is_writable)

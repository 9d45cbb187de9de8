"""The drop as a program: a power cut, what it logs, what it lets a client see."""

import hashlib
import http.client
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
from click.testing import CliRunner

from nightdesk.cli import main
from nightdesk.seal.opening import open_envelope


def test_what_was_held_survives_a_power_cut(
    tmp_path: Path, newsroom_on, drop_process, desk_over, seal_for
) -> None:
    ours = newsroom_on(datetime.now(UTC).date())
    directory, log = tmp_path / "drop", tmp_path / "log"
    sent = [seal_for(ours) for _ in range(20)]
    with drop_process(directory, ours, log) as drop, httpx.Client(base_url=drop.url) as client:
        for data in sent:
            assert (
                client.post("/envelopes", content=data).text == f"held {hashlib.sha256(data).hexdigest()}\n"
            )
        drop.kill()
    with drop_process(directory, ours, log) as drop, httpx.Client(base_url=drop.url) as client:
        assert {each.data for each in desk_over(client, ours).pulls()} == set(sent)


def test_the_command_line_seals_into_a_running_drop_and_says_when_it_is_full(
    tmp_path: Path, newsroom_on, drop_process, desk_over, keys_of
) -> None:
    ours = newsroom_on(datetime.now(UTC).date())
    identity, text = ours.identity.public.hex(), "회령에서 2만 위안을 내라고 했다."
    with drop_process(tmp_path / "drop", ours, tmp_path / "log", "--capacity", "1") as drop:
        assert httpx.put(f"{drop.url}/keys", content=keys_of(ours)).text == "kept\n"
        words = ["seal", "--identity", identity, "--to", drop.url, "--source", "crane", "-"]
        first, second = (CliRunner().invoke(main, words, input=text) for _ in range(2))
        with httpx.Client(base_url=drop.url) as client:
            (collected,) = desk_over(client, ours).pulls()
    assert first.stdout == f"held {collected.hash.hex()}\n"
    assert (second.exit_code, second.stderr) == (1, "Error: the drop is full: send it again in a few hours\n")
    report = open_envelope(collected.data, {ours.day.key_id: ours.day}, ours.id)
    assert (report.text, report.source) == (text, "crane")


def test_no_address_is_written_anywhere(tmp_path: Path, ours, drop_process, seal_for) -> None:
    directory, log = tmp_path / "drop", tmp_path / "log"
    source = "127.83.61.7"
    with drop_process(directory, ours, log) as drop:
        host, port = drop.url.removeprefix("http://").split(":")
        for method, path, body in (
            ("POST", "/envelopes", seal_for(ours)),
            ("GET", "/ko", b""),
            ("GET", "/nothing", b""),
        ):
            connection = http.client.HTTPConnection(host, int(port), source_address=(source, 0))
            connection.request(
                method, path, body, {"x-forwarded-for": "203.0.113.77", "user-agent": "canary-agent"}
            )
            assert connection.getresponse().read()
            connection.close()
        with socket.create_connection((host, int(port)), source_address=(source, 0)) as broken:
            broken.sendall(b"not http at all\r\n\r\n")
            broken.recv(4096)
    written = b"".join(path.read_bytes() for path in [log, *directory.iterdir()])
    for address in (source, "203.0.113.77", "canary-agent"):
        assert address.encode() not in written
        assert socket.inet_aton(source) not in written
    assert b"/envelopes" not in written and b"GET" not in written


def test_a_ten_megabyte_post_over_the_wire_costs_nothing_and_the_drop_goes_on(
    tmp_path: Path, ours, drop_process, seal_for
) -> None:
    with drop_process(tmp_path / "drop", ours, tmp_path / "log") as drop:
        try:
            answer = httpx.post(f"{drop.url}/envelopes", content=b"x" * 10_000_000)
            assert len(answer.content) == 70
        except httpx.TransportError:
            pass  # the drop stopped reading and hung up before the client had finished: as meant
        data = seal_for(ours)
        answer = httpx.post(f"{drop.url}/envelopes", content=data)
        assert answer.text.startswith("held ")
        assert not {"server", "set-cookie"} & set(answer.headers)
        assert answer.headers["date"].endswith("00:00:00 GMT")


def test_ctrl_c_stops_it_cleanly(tmp_path: Path, ours, drop_process) -> None:
    with drop_process(tmp_path / "drop", ours, tmp_path / "log") as drop:
        drop.process.send_signal(signal.SIGINT)
        assert drop.process.wait(timeout=20) == 0
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


def test_a_port_in_use_is_one_plain_sentence(tmp_path: Path, ours, drop_process) -> None:
    with drop_process(tmp_path / "drop", ours, tmp_path / "log") as drop:
        port = drop.url.rsplit(":", 1)[1]
        command = [sys.executable, "-m", "nightdesk", "drop", "serve", "--dir", str(tmp_path / "second")]
        command += ["--identity", ours.identity.public.hex(), "--port", port]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert f"port {port} on 127.0.0.1 could not be opened: choose another --port" in second.stderr
    assert "Traceback" not in second.stderr

"""Where the desk listens: loopback as it is, any other address only under TLS, and what TLS changes."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from nightdesk.desk import listening
from nightdesk.desk.keeper import listen
from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.listening import Place, refusal, serving

NAMES = ("desk.example",)
OWN = ("127.0.0.1", "localhost", "[::1]")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder, key, now = (
        tmp_path_factory.mktemp("tls"),
        ec.generate_private_key(ec.SECP256R1()),
        datetime.now(UTC),
    )
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "desk.example")])
    alternatives = x509.SubjectAlternativeName(
        [x509.DNSName("desk.example"), x509.IPAddress(ip_address("127.0.0.1"))]
    )
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(2))
        .add_extension(alternatives, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.touch(mode=0o600)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(*pem))
    return str(cert), str(secret)


@pytest.mark.parametrize("address", ["0.0.0.0", "10.7.0.2", "192.168.1.5", "::", "2001:db8::1", "8.8.8.8"])
def test_an_address_that_others_reach_is_refused_without_tls(address: str) -> None:
    assert "needs TLS" in refusal(Place(address, hosts=NAMES))
    with pytest.raises(NotReady, match="needs TLS"):
        listen(Place(address, hosts=NAMES))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1"])
def test_loopback_needs_none(address: str) -> None:
    assert refusal(Place(address, hosts=OWN)) == ""


@pytest.mark.parametrize("address", ["desk.example", "", "127.0.0.1:80", "evil", "0x7f000001"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert "no IP address" in refusal(Place(address, hosts=NAMES))


def test_one_file_of_the_two_is_refused_and_so_is_a_name_that_lets_in_all(files: tuple[str, str]) -> None:
    cert, key = files
    assert "needs both" in refusal(Place(cert=cert, hosts=NAMES)) and "needs both" in refusal(
        Place(key=key, hosts=NAMES)
    )
    for name in ("*", ".example"):
        assert "every name" in refusal(Place("10.7.0.2", 0, cert, key, (name,)))
    assert "answers to no name" in refusal(Place("10.7.0.2", 0, cert, key, OWN))
    assert refusal(Place("10.7.0.2", 0, cert, key, NAMES)) == ""


def test_a_key_others_may_read_and_files_that_do_not_fit_are_refused(
    files: tuple[str, str], tmp_path: Path
) -> None:
    cert, key = files
    open_to_all = tmp_path / "key.pem"
    open_to_all.write_bytes(Path(key).read_bytes())
    open_to_all.chmod(0o644)
    assert "chmod 600" in refusal(Place("127.0.0.1", 0, cert, str(open_to_all), NAMES))
    assert "cannot be used" in refusal(Place("127.0.0.1", 0, key, key, NAMES))
    assert "cannot be used" in refusal(Place("127.0.0.1", 0, cert, str(tmp_path / "none"), NAMES))


def answering(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['wsgi.url_scheme']} {len(body)}".encode()]


@pytest.fixture
def port(files: tuple[str, str]) -> Iterator[int]:
    place = Place("127.0.0.1", 0, *files, NAMES)
    own = listen(place)
    with serving(answering, own, place) as run:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield own.getsockname()[1]
    thread.join(10)


def asked(
    port: int, files: tuple[str, str], body: bytes = b"", **more: Any
) -> tuple[http.client.HTTPResponse, bytes]:
    trusting = ssl.create_default_context(cafile=files[0])
    for name, value in more.items():
        setattr(trusting, name, value)
    line = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=10)
    line.request("POST", "/", body)
    answer = line.getresponse()
    said = answer.read()
    line.close()
    return answer, said


def test_tls_serves_and_names_neither_itself_nor_a_version(port: int, files: tuple[str, str]) -> None:
    answer, said = asked(port, files, b"x" * 200_000)
    assert said == b"https 200000"
    assert answer.headers["Server"] == "desk"


def test_nothing_older_than_tls_1_3_is_spoken_and_nothing_in_the_clear(
    port: int, files: tuple[str, str]
) -> None:
    with pytest.raises(ssl.SSLError):
        asked(port, files, maximum_version=ssl.TLSVersion.TLSv1_2)
    plain = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with pytest.raises((http.client.HTTPException, OSError)):
        plain.request("GET", "/")
        if plain.getresponse().status == 400:
            raise http.client.HTTPException("refused")
    plain.close()


def test_a_body_that_is_too_large_is_refused_under_tls_too(
    port: int, files: tuple[str, str], monkeypatch: Any
) -> None:
    trusting = ssl.create_default_context(cafile=files[0])
    line = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=10)
    line.putrequest("POST", "/")
    line.putheader("Content-Length", str(listening.LARGEST_REQUEST + 1))
    line.endheaders()
    assert line.getresponse().status == 413
    line.close()


def settings_with(tmp_path: Path, **environment: str) -> dict[str, Any]:
    """The desk's settings as another process reads them."""
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
             "KNOWN_COOKIE_NAME",
             "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "SECURE_PROXY_SSL_HEADER", "USE_X_FORWARDED_HOST", "DEBUG", "CSRF_TRUSTED_ORIGINS")  # fmt: skip
    code = (
        "import json; from django.conf import settings as s; from django.test import Client; import django; django.setup();"
        f"n={names!r}; a=Client().get('/sign-in/', secure=True, headers={{'host': s.ALLOWED_HOSTS[0]}});"
        "print(json.dumps({**{k: getattr(s, k) for k in n}, 'hsts': a.headers.get('Strict-Transport-Security')}))"
    )
    given = {
        "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings",
        "NIGHTDESK_DIR": str(tmp_path),
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **given}, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_under_tls_cookies_are_secure_and_bound_to_the_host_and_browsers_remember(
    tmp_path: Path, files: tuple[str, str]
) -> None:
    said = settings_with(
        tmp_path,
        NIGHTDESK_TLS_CERT=files[0],
        NIGHTDESK_TLS_KEY=files[1],
        NIGHTDESK_HOSTS="desk.example, 10.7.0.2",
    )
    assert said["SESSION_COOKIE_SECURE"] and said["CSRF_COOKIE_SECURE"] and said["LANGUAGE_COOKIE_SECURE"]
    names = [said[f"{which}_COOKIE_NAME"] for which in ("SESSION", "CSRF", "KNOWN")]
    assert all(name.startswith("__Host-") for name in names)
    assert said["ALLOWED_HOSTS"] == ["desk.example", "10.7.0.2"] and said["hsts"] == "max-age=31536000"
    assert (
        not said["SECURE_PROXY_SSL_HEADER"]
        and not said["USE_X_FORWARDED_HOST"]
        and not said["CSRF_TRUSTED_ORIGINS"]
    )


def test_on_loopback_nothing_is_promised_that_loopback_cannot_keep(tmp_path: Path) -> None:
    said = settings_with(tmp_path, NIGHTDESK_TLS_CERT="", NIGHTDESK_TLS_KEY="")
    assert said["ALLOWED_HOSTS"] == list(OWN) and said["hsts"] is None and not said["DEBUG"]
    assert not said["SESSION_COOKIE_SECURE"] and said["SESSION_COOKIE_NAME"] == "nightdesk"

"""Receivers are told of events of their area, signed, again until they answer, and never inside a private network."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from tests.web.api.test_api import problem_of

from jangkau.registry.access.actions import revoke_token
from jangkau.registry.access.models import Token
from jangkau.registry.lists.actions.publishing import take_back_list
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.lists.models import SentList
from jangkau.web.api.actions.webhooks import PAUSES, deliver, resume_deliveries
from jangkau.web.api.gateways import receivers
from jangkau.web.api.gateways.receivers import Undeliverable
from jangkau.web.api.models import Delivery
from jangkau.web.api.tasks import telling

HOST = "siap.example.go.id"
URL = f"https://{HOST}/jangkau"


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers what it is told to."""

    heard: list[tuple[dict[str, str], bytes]] = []
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((dict(self.headers), body))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "https://127.0.0.1/")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, ssl.SSLContext]]:
    """A server on loopback with a certificate for HOST; its port, and a context that trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    place = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    place.write_bytes(secret + public)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(place)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, ssl.create_default_context(cadata=public.decode())
    server.shutdown()


@pytest.fixture
def hosts(settings) -> None:
    settings.JANGKAU_WEBHOOK_HOSTS = [HOST]


def make(client, *events: str, address: str = URL):
    return client.post("/api/v1/webhooks", {"address": address, "events": events}, content_type="application/json")


def test_a_receiver_is_told_what_happened_in_its_area(filled, program, hosts, receiver, settings):
    port, context = receiver
    settings.JANGKAU_WEBHOOK_HOSTS = [f"{HOST}:{port}"]
    address = f"https://{HOST}:{port}/jangkau?dari=register"
    here, elsewhere = program("32.02.01"), program("32.02.29")
    made = make(here, "list_taken_back", "list_published", address=address)
    assert made.status_code == 201
    assert make(elsewhere, "list_taken_back", address=address).status_code == 201
    take_back_list(SentList.objects.get(kind="workers"), by=None)
    delivery = Delivery.objects.get()  # of the other area nothing is told

    def post(*given) -> int:
        return receivers.post(*given, lookup=lambda host, port: "127.0.0.1", context=context)

    Receiver.heard.clear()
    deliver(delivery.pk, later=fail_later, post=post)
    ((headers, body),) = Receiver.heard
    moment, signature = (part.partition("=")[2] for part in headers["Jangkau-Signature"].split(","))
    signed = hmac.new(made.json()["secret"].encode(), f"{moment}.".encode() + body, hashlib.sha256)
    assert hmac.compare_digest(signature, signed.hexdigest())
    told = json.loads(body)
    assert (told["event"], told["kind"]) == ("list_taken_back", "workers")
    log = here.get(f"/api/v1/webhooks/{made.json()['id']}/deliveries").json()["items"]
    assert [(each["state"], each["attempts"][0]["status"]) for each in log] == [("delivered", 204)]
    assert "secret" not in here.get("/api/v1/webhooks").json()["items"][0]

    with pytest.raises(Undeliverable, match="certificate"):  # whoever answers under another name
        receivers.post(address, b"", {}, lookup=lambda host, port: "127.0.0.1")
    Receiver.status = 302
    try:
        assert post(address, b"{}", {}) == 302  # and goes nowhere
    finally:
        Receiver.status = 204


def fail_later(number: int, moment: datetime | None) -> None:
    raise AssertionError("nothing is left for later")


def test_a_receiver_that_does_not_answer_is_told_again_until_the_last_pause(filled, program, hosts):
    office = program("32.02")
    make(office, "measures_refreshed")
    with transaction.atomic():
        telling.measures_refreshed(MeasuresRefreshed(date(2026, 10, 31)))
    number = Delivery.objects.get().pk
    later: list[datetime | None] = []
    for _ in range(len(PAUSES) + 1):
        deliver(number, later=lambda _, moment: later.append(moment), post=lambda *_: 503)
    assert len(later) == len(PAUSES) and later == sorted(later)
    found = Delivery.objects.get()
    assert (found.state, len(found.attempts)) == ("given_up", len(PAUSES) + 1)

    telling.measures_refreshed(MeasuresRefreshed(date(2026, 11, 30)))
    left: list[int] = []
    resume_deliveries(lambda number, _: left.append(number))
    assert left == [Delivery.objects.latest("pk").pk]
    revoke_token(Token.objects.latest("pk"), by=None)
    deliver(left[0], later=fail_later, post=lambda *_: 200)
    assert Delivery.objects.latest("pk").attempts[0]["problem"] == "ended"


def test_a_webhook_ends_and_belongs_to_its_key(program, hosts, register):
    office, other = program("32.02"), program("32.02")
    number = make(office, "case_moved").json()["id"]
    assert other.delete(f"/api/v1/webhooks/{number}").status_code == 404
    assert office.delete(f"/api/v1/webhooks/{number}").status_code == 204
    assert office.get("/api/v1/webhooks").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    "address",
    [
        "http://siap.example.go.id/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/",
        "https://siap.example.go.id:22/", "https://siap.example.go.id@evil.example/", "https://evil.example/?siap",
        "https://user:word@siap.example.go.id/", "file:///etc/passwd", "https://siap.example.go.id.evil.example/",
        "https://siap.example.go.id:99999/", "https://siap.example.go.id\\@127.0.0.1/",
    ],
)  # fmt: skip
def test_only_https_to_a_host_of_the_settings_is_told(program, hosts, register, address):
    assert problem_of(make(program("32.02"), "case_moved", address=address))["status"] in (409, 422)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1", False),
        ("fd00::1", False), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False), ("64:ff9b::a00:1", False),
    ],
)  # fmt: skip
def test_private_addresses_are_known(address, public):
    assert receivers.is_public(address) == public


def test_a_name_that_leads_into_a_private_network_is_not_told(settings):
    settings.JANGKAU_WEBHOOK_HOSTS = ["localhost"]
    with pytest.raises(Undeliverable, match="private_address"):
        receivers.post("https://localhost/", b"", {})

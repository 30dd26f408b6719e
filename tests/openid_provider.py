"""A small OpenID provider on loopback: discovery, keys, consent, tokens for who began, userinfo. What it
says of who signs in, and how it signs, may be twisted."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Claims = dict[str, Any]
CONSENT = """<!doctype html><title>Kantor</title><form method="post"><label>Nama <input name="username"></label>
<button>Izinkan</button></form>"""

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Knows one client; lets everybody in under the name they type."""

    client, secret = "jangkau", "rahasia-klien"

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key = KEY
        self.known: Claims = {}  # what it knows of people beside their names
        self.beside: Claims | None = None  # what its second address says, when it differs from the token
        self.twist: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self.signed
        self._codes: dict[str, dict[str, str]] = {}
        self._opened: dict[str, Claims] = {}

    def signed(self, claims: Claims, key: rsa.RSAPrivateKey | None = None) -> str:
        return jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": "satu"})

    def consent(self, asked: dict[str, str], username: str) -> str:
        """Where the browser goes after somebody agreed."""
        code = secrets.token_urlsafe()
        self._codes[code] = {**asked, "username": username}
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})

    def tokens(self, given: dict[str, str], credentials: str) -> Claims:
        """Exchanges a code once, with the client's secret and the verifier of the browser that began."""
        began = self._codes.pop(given["code"])
        assert credentials == f"{self.client}:{self.secret}"
        assert given["redirect_uri"] == began["redirect_uri"]
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert began["code_challenge_method"] == "S256" and proof == began["code_challenge"]
        now = int(time.time())
        claims = self.twist({
            "iss": self.issuer, "aud": self.client, "sub": f"nomor-{began['username']}", "iat": now, "exp": now + 300,
            "nonce": began["nonce"], "preferred_username": began["username"], **self.known,
        })  # fmt: skip
        access = secrets.token_urlsafe()
        self._opened[access] = self.beside or claims
        return {"access_token": access, "token_type": "Bearer", "id_token": self.sign(claims)}

    def get(self, path: str, bearer: str) -> Claims:
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "/masuk", "token_endpoint": "/token", "jwks_uri": "/kunci"}
            told: Claims = {name: self.issuer + place for name, place in places.items()}
            told["userinfo_endpoint"] = self.issuer + "/orang"
            return {"issuer": self.issuer, "token_endpoint_auth_methods_supported": ["client_secret_basic"], **told}
        if path == "/kunci":
            key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return {"keys": [{**key, "kid": "satu", "use": "sig", "alg": "RS256"}]}
        return self._opened.get(bearer, {})


class Door(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        if self.path.startswith("/masuk"):
            self._answer(CONSENT.encode(), "text/html")
        else:
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._answer(json.dumps(self.provider.get(self.path, bearer)).encode())

    def do_POST(self) -> None:
        given = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if self.path.startswith("/masuk"):
            self.send_response(302)
            asked = dict(parse_qsl(urlsplit(self.path).query))
            self.send_header("Location", self.provider.consent(asked, given["username"]))
            self.end_headers()
        else:
            credentials = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
            self._answer(json.dumps(self.provider.tokens(given, credentials)).encode())

    def _answer(self, body: bytes, kind: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Door.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Door.provider
    finally:
        server.shutdown()
        server.server_close()

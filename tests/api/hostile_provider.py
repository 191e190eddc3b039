"""An identity provider that speaks the real protocol and lies where a test tells it to. It signs with real keys."""
import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
import urllib.parse

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def rsa_key(bits=2048):
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def ec_key():
    return ec.generate_private_key(ec.SECP256R1())


def public_jwk(key, kid, **extra):
    public = key.public_key().public_numbers()
    if isinstance(key, rsa.RSAPrivateKey):
        return {"kty": "RSA", "kid": kid, "use": "sig", "n": number(public.n), "e": number(public.e), **extra}
    return {"kty": "EC", "kid": kid, "use": "sig", "crv": "P-256", "x": base64url(public.x.to_bytes(32, "big")),
            "y": base64url(public.y.to_bytes(32, "big")), **extra}


class HostileProvider:
    """Everything honest until a test changes an attribute."""

    def __init__(self):
        self.key = rsa_key()
        self.kid = "nyckel-1"
        self.algorithm = "RS256"
        self.jwks = {"keys": [public_jwk(self.key, self.kid)]}
        self.claims = {}  # over the honest ones; None takes a claim away
        self.described = {}  # over the honest description
        self.make_token = None  # a function of the claims, in place of signing
        self.answer_iss = True
        self.redirect_discovery = None
        self.raw_jwks = None
        self.delay = threading.Event()  # set: the token endpoint waits for `release`
        self.release = threading.Event()
        self.codes = {}
        self.counts = {}
        self.asked = {}  # the parameters of the last question, and the form of the last exchange
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                provider.get(self)

            def do_POST(self):
                provider.post(self)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.issuer = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    @staticmethod
    def send(handler, body, status=200, location=None):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        if location:
            handler.send_header("Location", location)
        handler.end_headers()
        try:
            handler.wfile.write(data)
        except OSError:
            pass  # Kansli has seen enough

    def get(self, handler):
        path = urllib.parse.urlsplit(handler.path).path
        self.counts[path] = self.counts.get(path, 0) + 1
        if path == "/.well-known/openid-configuration":
            if self.redirect_discovery:
                return self.send(handler, {}, 302, self.redirect_discovery)
            description = {"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                           "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks"}
            return self.send(handler, {**description, **self.described})
        if path == "/jwks":
            return self.send(handler, self.raw_jwks if self.raw_jwks is not None else self.jwks)
        return self.send(handler, {}, 404)

    def post(self, handler):
        form = urllib.parse.parse_qs(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        self.asked["form"] = {name: values[0] for name, values in form.items()}
        self.asked["authorization"] = handler.headers.get("Authorization")
        if self.delay.is_set():
            self.release.wait(30)
        question = self.codes.pop(self.asked["form"].get("code"), None)
        verifier = self.asked["form"].get("code_verifier", "")
        fits = question and question["code_challenge"] == base64url(hashlib.sha256(verifier.encode()).digest())
        if not fits or question["redirect_uri"] != self.asked["form"].get("redirect_uri"):
            return self.send(handler, {"error": "invalid_grant"}, 400)
        return self.send(handler, {"access_token": "åtkomst".encode().hex(), "token_type": "Bearer",
                                   "id_token": self.id_token(question)})

    def id_token(self, question):
        claims = {"iss": self.issuer, "sub": "person-1", "aud": "kansli", "exp": int(time.time()) + 300,
                  "iat": int(time.time()), "nonce": question["nonce"], "email": "rut.ek@kommunen.se",
                  "email_verified": True, "name": "Rut Ek", "preferred_username": "rut.ek", "groups": []}
        claims = {name: value for name, value in {**claims, **self.claims}.items() if value is not None}
        if self.make_token:
            return self.make_token(claims)
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers={"kid": self.kid})

    def authorize(self, address):
        """What the provider does when the browser comes and the person signs in: a code, and the way back."""
        question = {name: values[0] for name, values in
                    urllib.parse.parse_qs(urllib.parse.urlsplit(address).query).items()}
        self.asked["question"] = question
        code = f"kod-{len(self.counts)}-{time.monotonic_ns()}"
        self.codes[code] = question
        back = {"code": code, "state": question["state"]}
        if self.answer_iss:
            back["iss"] = self.issuer if self.answer_iss is True else self.answer_iss
        return f"{question['redirect_uri']}?{urllib.parse.urlencode(back)}"

    def unsigned(self, claims):
        return f'{base64url(json.dumps({"alg": "none", "kid": self.kid}).encode())}.{base64url(json.dumps(claims).encode())}.'

    def signed_with_public_key(self, claims):
        """HS256 with the public key as its secret: what a careless program would take for a signature of ours."""
        secret = self.key.public_key().public_bytes(serialization.Encoding.PEM,
                                                    serialization.PublicFormat.SubjectPublicKeyInfo)
        head = base64url(json.dumps({"alg": "HS256", "kid": self.kid}).encode())
        body = f"{head}.{base64url(json.dumps(claims).encode())}"
        return f"{body}.{base64url(hmac.new(secret, body.encode(), hashlib.sha256).digest())}"

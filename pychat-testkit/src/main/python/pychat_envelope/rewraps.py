"""Section 7.1 of ENVELOPE.md: requests for epochs that do not open, and their answers."""

from . import formats as f
from . import sealing
from .scenario import fixed

REQUEST, ANSWER = 65280, 65281
MOST = 16


def request(epochs):
    return bytes([len(epochs)]) + b"".join(epochs)


def answer(secrets):
    return bytes([len(secrets)]) + b"".join(name + secret for name, secret in secrets.items())


def read(kind, body):
    """The names, in an answer with their secrets; None if the body is not of its form."""
    size = 32 if kind == REQUEST else 64
    count = body[0] if body else 0
    if not 1 <= count <= MOST or len(body) != 1 + count * size:
        return None
    names = [body[at:at + 32] for at in range(1, len(body), size)]
    if len(set(names)) != count:
        return None
    return names if kind == REQUEST else {name: body[at + 32:at + 64] for name, at in zip(names, range(1, len(body), 64))}


def cases(s):
    epochs = {each.name: each.secret for each in (s.first, s.second)}
    many = [fixed("a closed epoch %d" % number) for number in range(MOST + 1)]
    wrong = {s.first.name: fixed("another secret")}
    bodies = [
        ("a request for two epochs", REQUEST, request(list(epochs))),
        ("a request for as many as may be", REQUEST, request(many[:MOST])),
        ("a request for one too many", REQUEST, request(many)),
        ("a request for none", REQUEST, request([])),
        ("a request for one twice", REQUEST, request([many[0]] * 2)),
        ("a request that is cut", REQUEST, request(many[:2])[:-1]),
        ("a request with a byte behind it", REQUEST, request(many[:2]) + b"\0"),
        ("an empty body", REQUEST, b""),
        ("both epochs", ANSWER, answer(epochs)),
        ("another secret", ANSWER, answer(wrong)),
        ("an answer with none", ANSWER, answer({})),
        ("an answer with one too many", ANSWER, answer({name: bytes(32) for name in many})),
        ("an answer with one twice", ANSWER, b"\2" + 2 * answer(wrong)[1:]),
        ("an answer that is cut", ANSWER, answer(epochs)[:-1]),
        ("an answer with a byte behind it", ANSWER, answer(epochs) + b"\0")]
    headers = {each.name: each.data for each in (s.first, s.second)}
    return [{"name": name, "type": kind, "body": body, **_says(kind, body, headers)} for name, kind, body in bodies]


def _says(kind, body, headers):
    taken = read(kind, body)
    return {"epochs": None if taken is None else list(taken),
            "opens": [] if taken is None or kind == REQUEST else _opened(taken, headers)}


def _opened(secrets, headers):
    """Those whose header commits to the secret."""
    return [name for name, secret in secrets.items()
            if name in headers and sealing.epoch_commitment(secret) == f.read_header(headers[name]).commitment]


def said(case, headers):
    """What a case says, as in the file."""
    found = _says(case["type"], bytes.fromhex(case["body"]), headers)
    return {"epochs": found["epochs"] and [name.hex() for name in found["epochs"]],
            "opens": [name.hex() for name in found["opens"]]}

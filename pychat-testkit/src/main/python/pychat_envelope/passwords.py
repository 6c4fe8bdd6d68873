"""Section 5 of PROTOCOL.md and sealed boxes (section 14 of ENVELOPE.md): vectors of keys that come from a passphrase.

Argon2id is that of Debian's python3-argon2, a binding to the reference implementation.
"""

import unicodedata

from argon2.low_level import Type, hash_secret_raw

from .hybrid_checking import expect, raw
from .formats import lp, name, u32
from .primitives import gcm_open, gcm_seal, hkdf, label, sha256
from .scenario import REALM, fixed

# What is typed, the user, and the cost: memory in KiB, passes, lanes. The first cost is the lowest one that clients take.
CASES = [
    ("correct horse battery staple", "alice", (65536, 3, 4)), ("Grüße an 世界", "bob", (64, 1, 1)),
    ("Gru\u0308ße\u3000an\u00a0世界", "bob", (64, 1, 1)), ("12345678", "a.b-c_d", (1024, 2, 4)),
    ("x" * 1024, "0" * 32, (8, 1, 1))]


def opaque_string(typed):
    """RFC 8265, section 4.2, without the checks: other spaces become spaces, then NFC."""
    mapped = "".join(" " if unicodedata.category(each) == "Zs" else each for each in typed)
    return unicodedata.normalize("NFC", mapped).encode("utf-8")


def derive(typed, user, salt, cost):
    memory, passes, lanes = cost
    account = REALM + name(user)
    bound = sha256(label("password salt"), account, salt)
    stretched = hash_secret_raw(opaque_string(typed), bound, passes, memory, lanes, 32, Type.ID, 19)
    return {
        "passphrase": opaque_string(typed), "boundSalt": bound, "stretched": stretched,
        "loginSecret": hkdf(stretched, label("login secret") + account, 32),
        "vaultKey": hkdf(stretched, label("vault key") + account, 32)}


def box(purpose, key, context, content, salt):
    info = label("sealed box") + label(purpose) + u32(len(context)) + context
    derived = hkdf(key, info, 76, salt)
    sealed = gcm_seal(derived[:32], derived[32:44], info, content)
    return {"info": info, "boxKey": derived[:32], "nonce": derived[32:44], "commitment": derived[44:],
            "box": salt + derived[44:] + sealed}


ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def recovery_text(secret):
    """Section 14.2 of ENVELOPE.md."""
    check = int.from_bytes(sha256(label("recovery sheet"), secret)[:2], "big") >> 4
    value = int.from_bytes(secret, "big") << 12 | check
    text = "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(28)))
    return "-".join(text[at:at + 4] for at in range(0, 28, 4))


def recovery_secret(typed):
    """The secret, or None."""
    folded = typed.lower().replace("l", "i").replace("1", "i")
    digits = [ALPHABET.find(each) for each in folded if each != "-" and not each.isspace()]
    if len(digits) != 28 or min(digits) < 0:
        return None
    value = 0
    for digit in digits:
        value = value << 5 | digit
    secret = (value >> 12).to_bytes(16, "big")
    return secret if recovery_text(secret).replace("-", "") == "".join(ALPHABET[digit] for digit in digits) else None


def other(character):
    return "b" if character != "b" else "c"


def recovery(secret, key):
    text = recovery_text(secret)
    slips = ["", text[1:], text + "a", "o" + text[1:], other(text[0]) + text[1:], text[:-1] + other(text[-1])]
    typed = [text.upper(), text.replace("-", " ").replace("i", "l"), text.replace("-", "").replace("i", "1")]
    return {"secret": secret, "text": text, "typed": typed, "slips": slips, "passphraseVaultKey": key,
            "qr": "PYCHAT:R:1:" + text.replace("-", "").upper(),
            "vaultKey": hkdf(key, label("vault key with recovery secret"), 32, secret)}


def make():
    cases, boxes = [], []
    for number, (typed, user, cost) in enumerate(CASES):
        salt = fixed("password salt %d" % number)
        cases.append({"typed": typed, "user": user, "salt": salt, "memoryKiB": cost[0], "passes": cost[1],
                      "lanes": cost[2], **derive(typed, user, salt, cost)})
    for number, (purpose, context, content) in enumerate((
            ("vault", lp(b"a header"), b"the content of a vault"), ("keyring", b"", b""),
            ("draft", bytes(300), bytes(range(256))))):
        key, salt = cases[0]["vaultKey"], fixed("salt of box %d" % number)
        boxes.append({"purpose": "pychat/1 " + purpose, "key": key, "context": context, "content": content,
                      "salt": salt, **box(purpose, key, context, content, salt)})
    return {"about": "TEST ONLY. Vectors for keys from a passphrase and sealed boxes, made by pychat-testkit/src/main/python.",
            "realm": REALM, "passwords": cases, "boxes": boxes,
            "recovery": [recovery(secret, cases[0]["vaultKey"])
                         for secret in (fixed("recovery secret", 16), bytes(16), b"\xff" * 16)]}


def check(vectors):
    for case in vectors["passwords"]:
        (salt,) = raw(case, "salt")
        for key, value in derive(case["typed"], case["user"], salt,
                                 (case["memoryKiB"], case["passes"], case["lanes"])).items():
            expect(case[key] == value.hex(), "%s: %s" % (case["user"], key))
    for case in vectors["boxes"]:
        key, context, content, salt, sealed = raw(case, "key", "context", "content", "salt", "box")
        purpose = case["purpose"].removeprefix("pychat/1 ")
        for field, value in box(purpose, key, context, content, salt).items():
            expect(case[field] == value.hex(), purpose + " box: " + field)
        (box_key, nonce, info) = raw(case, "boxKey", "nonce", "info")
        expect(gcm_open(box_key, nonce, info, sealed[64:]) == content, purpose + " box opens")
    for case in vectors["recovery"]:
        secret, key = raw(case, "secret", "passphraseVaultKey")
        for field, value in recovery(secret, key).items():
            expect(case[field] == (value.hex() if isinstance(value, bytes) else value), "recovery secret: " + field)
        for typed in [case["text"], *case["typed"]]:
            expect(recovery_secret(typed) == secret, "a recovery secret is typed")
        for slip in case["slips"]:
            expect(recovery_secret(slip) is None, "a slip is noticed")
    return "%d passphrases, %d boxes and %d recovery secrets; all values hold" % (
        len(vectors["passwords"]), len(vectors["boxes"]), len(vectors["recovery"]))

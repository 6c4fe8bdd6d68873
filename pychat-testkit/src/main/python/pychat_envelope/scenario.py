"""Two users with fixed keys, one lane of alice, two epochs and three messages: what the vectors are made of."""

import base64
import hashlib

from . import formats as f
from . import sealing
from .primitives import Identity, WrappingKey, fingerprint, sha256

NOW = 1795356180000  # 2026-11-22T14:03:00Z
DAY = 86400000
REALM = bytes.fromhex("00112233445566778899aabbccddeeff")
TEXTS = ["Hello Bob, the tea is ready.", "Grüße, 世界 🌍", "And a third one, in another epoch."]


def fixed(what, size=32):
    """Bytes that are the same each time, different for each purpose, and worth nothing."""
    return hashlib.shake_256(b"pychat test vector, not secret: " + what.encode()).digest(size)


def read_key(folder, number):
    with open("%s/TEST-ONLY-rsa3072-%02d.pem" % (folder, number), encoding="ascii") as pem:
        body = pem.read().split("KEY-----")[1].split("-----END")[0]
    return WrappingKey(base64.b64decode("".join(body.split())))


class Party:
    """One user."""

    def __init__(self, user, wrapping):
        self.user = user
        self.identity = Identity(fixed("identity of " + user))
        self.wrapping = wrapping
        self.bundle = self.make_bundle(self.identity.key)
        self.bundle_hash = sha256(self.bundle)

    def bundle_fields(self, identity_key):
        section = (1, sealing.ACCOUNT, self.wrapping.info)
        return f.Bundle(REALM, self.user, identity_key, 1, bytes(32), NOW - DAY, NOW + 59 * DAY, [1], [section])

    def make_bundle(self, identity_key):
        return sealing.sign_bundle(self.bundle_fields(identity_key), self.identity)

    def values(self):
        return {
            "user": self.user, "identitySeed": self.identity.seed, "identity": self.identity.key,
            "fingerprint": fingerprint(self.identity.key), "wrappingKeyPkcs8": self.wrapping.pkcs8,
            "wrappingKey": self.wrapping.info, "keyId": self.wrapping.key_id, "bundle": self.bundle,
            "bundleHash": self.bundle_hash}


def bare_header(suite, alice, bob, number, previous, lane, tag, secret):
    """The header of an epoch by alice for bob, as yet without wraps."""
    made = NOW + number * 1000
    return f.Header(
        suite, REALM, f.conversation_id(REALM, alice.user, bob.user), alice.identity.key,
        fingerprint(bob.identity.key), lane or fixed("lane", 16), number, previous, fixed(tag + "nonce", 16),
        made, 1, 1, bob.bundle_hash, made - 60000, 0, 0, 0, sealing.epoch_commitment(secret), [], [])


class Epoch:
    """One epoch by alice for bob; `changes` replace fields of the header, `make` more than that."""

    def __init__(self, alice, bob, number, previous, lane=None, **changes):
        tag = "epoch %d " % number
        self.secret = fixed(tag + "secret")
        self.draws = {part: fixed(tag + part) for part in ("recipient ss", "recipient seed", "self ss", "self seed")}
        bare = bare_header(1, alice, bob, number, previous, lane, tag, self.secret)
        self.alice, self.bob, self.bare = alice, bob, bare._replace(**changes)
        self.header, self.recipient, self.own = self.with_wraps(self.bare)
        self.signer = alice.identity
        self.data = sealing.sign_header(self.header, self.signer)

    def with_wraps(self, bare, recipient_secret=None, mgf="sha256"):
        draws = self.draws
        first, first_ct, first_values = sealing.wrap(
            bare, 1, self.bob.wrapping, recipient_secret or self.secret, draws["recipient ss"],
            draws["recipient seed"], 0, mgf)
        second, second_ct, second_values = sealing.wrap(
            bare, 2, self.alice.wrapping, self.secret, draws["self ss"], draws["self seed"], 1)
        return bare._replace(shared=[first_ct, second_ct], wraps=[first, second]), first_values, second_values

    @property
    def name(self):
        return sha256(self.data)

    def values(self):
        h = self.header
        return {
            "ordinal": h.ordinal, "lane": h.lane, "previousHead": f.write_head(h.previous), "nonce": h.nonce,
            "made": h.made, "fetched": h.fetched, "secret": self.secret, "commitment": h.commitment,
            "recipientWrap": self.recipient, "selfWrap": self.own, "signature": self.data[-64:],
            "header": self.data, "name": self.name}


class Scenario:
    """Everything that holds; what is damaged starts from here."""

    def __init__(self, key_folder):
        self.alice, self.bob, self.carol = self.make_parties(key_folder)
        self.conversation = f.conversation_id(REALM, "alice", "bob")
        self.first = self.make_epoch(1, None)
        self.messages, self.views, self.heads = [], [], []
        self.view = (0, f.view_start(self.conversation))
        for number in (1, 2):
            self._say(self.first, number)
        self._receive(fixed("foreign id", 16), b"not a pychat envelope at all")
        self.second = self.make_epoch(2, self.heads[-1])
        self._say(self.second, 3)
        self._receive(fixed("another foreign id", 16), bytes(444))

    def make_parties(self, key_folder):
        return [Party(user, read_key(key_folder, number)) for number, user in enumerate(("alice", "bob", "carol"), 1)]

    def make_epoch(self, number, previous):
        return Epoch(self.alice, self.bob, number, previous)

    def _say(self, epoch, number):
        n = sum(1 for head in self.heads if head.epoch == epoch.name)
        message = self.seal(epoch, number, n)
        message["epoch"] = epoch.header.ordinal
        message["text"] = TEXTS[number - 1]
        self.heads.append(f.Head(epoch.header.lane, epoch.header.ordinal, epoch.name, n, number,
                                 message["messageId"], message["messageHash"]))
        message["head"] = f.write_head(self.heads[-1])
        self.messages.append(message)
        self._receive(message["messageId"], message["envelope"])

    def seal(self, epoch, number, n, edit=None, **changes):
        before = self.heads[number - 2].hash if number > 1 else bytes(32)
        place = (n, number, before, fixed("message id %d" % number, 16))
        time = epoch.header.made + n * 1000
        position, view_hash = self.view
        plaintext = f.Plaintext(None, 1, time, position, position, view_hash, TEXTS[number - 1].encode())
        fresh = fixed("fresh randomness of message %d" % number)
        plaintext = plaintext._replace(**changes)
        return sealing.seal(epoch.header, epoch.name, epoch.secret, self.alice.identity, place, plaintext, fresh, edit)

    def _receive(self, message_id, envelope):
        position = self.view[0] + 1
        self.view = (position, f.view_step(self.view[1], position, message_id, envelope))
        self.views.append({"position": position, "messageId": message_id, "envelope": envelope,
                           "envelopeHash": sha256(envelope), "hash": self.view[1]})

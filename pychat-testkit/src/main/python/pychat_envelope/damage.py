"""Inputs that are wrong in one way, with the one finding each must give, written down by hand."""

from . import formats as f
from . import sealing
from .primitives import L, P, acceptable, add, decode_point, encode_point, fingerprint, label, sha256, times
from .scenario import REALM, fixed

HEADER_FIELDS = [  # offset, finding when one bit is flipped there and the envelope names the changed header
    ("label", 3, "MALFORMED"), ("version", 20, "UNSUPPORTED"), ("suite", 22, "ALTERED"), ("realm", 23, "MOVED"),
    ("conversation", 39, "MOVED"), ("sender's key", 71, None), ("recipient", 103, "MOVED"), ("lane", 135, "ALTERED"),
    ("ordinal", 153, "ALTERED"), ("previous head", 170, "MALFORMED"), ("nonce", 265, "ALTERED"),
    ("made", 288, "ALTERED"), ("sender's serial", 296, "ALTERED"), ("recipient's serial", 304, "ALTERED"),
    ("recipient's bundle", 305, "ALTERED"), ("fetched", 344, "ALTERED"), ("vault version", 352, "ALTERED"),
    ("sender's policy", 356, "ALTERED"), ("recipient's policy", 360, "ALTERED"), ("commitment", 361, "ALTERED"),
    ("count of shared", 393, "MALFORMED"), ("shared length", 395, "MALFORMED"), ("shared ct", 400, "ALTERED"),
    ("count of wraps", 1166, "MALFORMED"), ("wrap role", 1167, "MALFORMED"), ("wrap device", 1168, "ALTERED"),
    ("wrap key id", 1184, "ALTERED"), ("wrap shared index", 1216, "MALFORMED"), ("wrap ct length", 1218, "MALFORMED"),
    ("wrap sealed length", 1220, "MALFORMED"), ("wrap sealed", 1221, "ALTERED"), ("signature", -64, "ALTERED")]

ENVELOPE_FIELDS = [  # offset, finding, private operations
    ("label", 0, "MALFORMED", 0), ("header name", 18, "UNKNOWN_EPOCH", 0), ("n", 51, "ALTERED", 1),
    ("lane", 52, "ALTERED", 1), ("lane number", 74, "ALTERED", 1), ("hash before", 76, "ALTERED", 1),
    ("message id", 108, "ALTERED", 1), ("hedge", 124, "ALTERED", 1), ("commitment", 140, "ALTERED", 1),
    ("ciphertext", 172, "ALTERED", 1), ("tag", -1, "ALTERED", 1)]

BUNDLE_FIELDS = [
    ("label", 0, "MALFORMED"), ("version", 21, "NEWER_VERSION"), ("realm", 22, "WRONG_REALM"),
    ("user name", 43, "WRONG_NAME"), ("serial", 82, "MALFORMED"),
    ("predecessor", 84, "MALFORMED"), ("not before", 123, "BAD_SIGNATURE"), ("not after", 131, "BAD_SIGNATURE"),
    ("count of suites", 132, "MALFORMED"), ("suite", 133, "BAD_SIGNATURE"),
    ("count of sections", 135, "MALFORMED"), ("section's key", 200, "BAD_SIGNATURE"),
    ("signature", -64, "BAD_SIGNATURE")]


def flip(data, at, bit=0):
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1:]


def small_order_keys():
    """The encodings of all points of small order, those that are not canonical, and one key of mixed order."""
    mixed = next(key for key in (sha256(bytes([i])) for i in range(256)) if decode_point(key) and not acceptable(key))
    point = torsion = eighth_point()
    keys = []
    for _ in range(8):
        keys.append(encode_point(point))
        point = add(point, torsion)
    other_spellings = [(y | sign << 255).to_bytes(32, "little") for y in (P, P + 1) for sign in (0, 1)]
    signed_zeros = [(y | 1 << 255).to_bytes(32, "little") for y in (1, P - 1)]
    return keys + other_spellings + signed_zeros + [mixed]


def eighth_point():
    """A point of order 8: what is left of some point when its part of order L is taken away."""
    points = (decode_point(sha256(b"point", bytes([i]))) for i in range(256))
    candidates = (times(L, point) for point in points if point)
    return next(point for point in candidates if times(4, point) != (0, 1))


class Damage:
    """Builds the list."""

    cost = 1  # private operations of one opening
    header_fields = HEADER_FIELDS
    above = 2  # a suite above the one the headers have

    def __init__(self, scenario):
        self.s = scenario
        self.cases = []
        self.message = scenario.messages[0]
        self.base = scenario.first

    def case(self, name, finding, operations, header=None, envelope=None, opener="bob", **frame):
        header = self.base.data if header is None else header
        envelope = self.message["envelope"] if envelope is None else envelope
        case = {"name": name, "opener": opener, "minimumSuite": frame.pop("minimumSuite", 1), "header": header,
                "envelope": envelope, "sender": frame.get("sender", "alice"),
                "messageId": frame.get("messageId", self.message["messageId"]),
                "lane": frame.get("lane", self.base.header.lane), "epoch": frame.get("epoch", envelope[18:50]),
                "finding": finding, "privateOperations": operations * self.cost}
        self.cases.append(case)

    def header_case(self, name, finding, operations, header, **more):
        """The header is changed, and the envelope names the changed one."""
        envelope = self.message["envelope"]
        envelope = envelope[:18] + sha256(header) + envelope[50:]
        self.case(name, finding, operations, header=header, envelope=envelope, **more)

    def signed(self, name, finding, operations, signer=None, **changes):
        """The sender itself makes and signs a header with other fields."""
        header = self.base.with_wraps(self.base.bare._replace(**changes))[0]
        data = sealing.sign_header(header, signer or self.s.alice.identity)
        self.header_case(name, finding, operations, data)

    def rewrapped(self, name, finding, operations, change, opener="bob"):
        header = change(self.base.header)
        self.header_case(name, finding, operations, sealing.sign_header(header, self.s.alice.identity), opener=opener)

    def with_wrap(self, index, **changes):
        return lambda h: h._replace(wraps=[w._replace(**changes) if i == index else w for i, w in enumerate(h.wraps)])

    def wrapped_otherwise(self):
        base = self.base
        other = base.with_wraps(base.bare, recipient_secret=fixed("another secret"))[0]
        self.rewrapped("wraps with different secrets, the recipient's", "EPOCH_INCONSISTENT", 1, lambda _: other)
        sha1 = base.with_wraps(base.bare, mgf="sha1")[0]
        self.rewrapped("OAEP with MGF1-SHA-1", "EPOCH_UNOPENED", 1, lambda _: sha1)

    def build(self):
        self._flips()
        self._headers()
        self._wraps()
        self._messages()
        self._frames()
        return self.cases

    def _flips(self):
        self.case("header changed under its old name", "UNKNOWN_EPOCH", 0, header=flip(self.base.data, 300))
        for field, at, finding in self.header_fields:
            data = flip(self.base.data, at)
            if finding is None:
                finding = "UNPINNED_IDENTITY" if acceptable(data[71:103]) else "MALFORMED"
            self.header_case("header: bit flipped in " + field, finding, 0, data)
        for field, at, finding, operations in ENVELOPE_FIELDS:
            frame = {"epoch": self.base.name}
            self.case("envelope: bit flipped in " + field, finding, operations,
                      envelope=flip(self.message["envelope"], at), **frame)
        data = self.message["envelope"]
        self.case("envelope: one byte short", "MALFORMED", 0, envelope=data[:-1])
        self.case("envelope: one byte more", "MALFORMED", 0, envelope=data + b"\0")
        self.case("envelope: n of 256", "MALFORMED", 0, envelope=data[:50] + f.u16(256) + data[52:])

    def _headers(self):
        s = self.s
        other = f.conversation_id(REALM, "alice", "carol")
        self.signed("header of another conversation", "MOVED", 0, conversation=other)
        self.signed("header of another realm", "MOVED", 0, realm=fixed("another realm", 16))
        self.signed("header for another recipient", "MOVED", 0, recipient=fingerprint(s.carol.identity.key))
        self.signed("header by a stranger", "UNPINNED_IDENTITY", 0, signer=s.carol.identity,
                    sender=s.carol.identity.key)
        self.signed("header signed by a stranger", "ALTERED", 0, signer=s.carol.identity)
        self.signed("header of an unknown suite", "UNSUPPORTED", 0, suite=900)
        self.signed("header of suite 0", "SUITE_BELOW_MINIMUM", 0, suite=0)
        self.case("suite below what the peer has used", "SUITE_BELOW_MINIMUM", 0, minimumSuite=self.above)
        self.signed("small-order identity key", "MALFORMED", 0, sender=small_order_keys()[0])
        self.signed("header made after the year 9999", "MALFORMED", 0, made=f.LATEST + 1)
        foreign = s.heads[0]._replace(lane=fixed("another lane", 16))
        self.signed("previous head of another lane", "MALFORMED", 0, ordinal=2, previous=foreign)
        self.signed("previous head of the same ordinal", "MALFORMED", 0, previous=s.heads[0])
        self.header_case("header with a byte after its end", "MALFORMED", 0, self.base.data + b"\0")
        self.header_case("header over the limit", "MALFORMED", 0, label("epoch name") + bytes(32768))

    def _wraps(self):
        s, base, replace = self.s, self.base, self.with_wrap
        self.wrapped_otherwise()

        def swap_roles(h):
            first, second = h.wraps
            return h._replace(wraps=[first._replace(role=2), second._replace(role=1)])

        self.rewrapped("roles swapped", "UNKNOWN_KEY", 0, swap_roles)
        self.rewrapped("wrap to an unknown key", "UNKNOWN_KEY", 0, replace(0, key_id=fixed("unknown key")))
        sealed = flip(base.header.wraps[0].sealed, 5)
        self.rewrapped("sealed secret changed", "EPOCH_UNOPENED", 1, replace(0, sealed=sealed))
        self.rewrapped("sealed secret of 47 bytes", "MALFORMED", 0, replace(0, sealed=sealed[:47]))
        self.rewrapped("both ciphertexts in one wrap", "MALFORMED", 0, replace(0, ct=bytes(384)))
        self.rewrapped("shared ciphertext that nobody names", "MALFORMED", 0, replace(0, shared=1))
        modulus = s.bob.wrapping.modulus.to_bytes(384, "big")
        for name, ct in (("ciphertext of the modulus' value", modulus), ("ciphertext one byte short", bytes(383)),
                         ("ciphertext one byte longer", b"\0" + base.header.shared[0])):
            self.rewrapped(name, "EPOCH_UNOPENED", 0, lambda h, ct=ct: h._replace(shared=[ct, h.shared[1]]))
        self.rewrapped("ciphertext changed", "EPOCH_UNOPENED", 1,
                       lambda h: h._replace(shared=[flip(h.shared[0], 383), h.shared[1]]))

    def _messages(self):
        def sealed(name, finding, edit=None, **changes):
            before, self.s.view = self.s.view, (0, f.view_start(self.s.conversation))
            envelope = self.s.seal(self.base, 1, 0, edit, **changes)["envelope"]
            self.s.view = before
            self.case(name, finding, 1, envelope=envelope)

        copied = self.message["signature"]
        sealed("content replaced under a copied signature", "ALTERED", signature=copied, body=b"Hello Bob, no tea.")
        sealed("padding not zero", "MALFORMED", lambda data: data[:-1] + b"\1")
        sealed("padded to 272 bytes", "MALFORMED", lambda data: data + bytes(272 - len(data)))
        sealed("content type 0", "MALFORMED", type=0)
        sealed("text that is not UTF-8", "MALFORMED", body=b"\xc3\x28")
        sealed("text with a surrogate", "MALFORMED", body=b"\xed\xa0\x80")
        sealed("time after the year 9999", "MALFORMED", time=f.LATEST + 1)
        sealed("body length beyond the end", "MALFORMED", lambda data: data[:122] + f.u32(200) + data[126:])
        other_lane = self.base.header._replace(lane=fixed("another lane", 16))
        place = (0, 1, bytes(32), self.message["messageId"])
        plaintext = f.Plaintext(None, 1, 0, 0, 0, f.view_start(self.s.conversation), b"hello")
        moved = sealing.seal(other_lane, self.base.name, self.base.secret, self.s.alice.identity, place, plaintext,
                             fixed("fresh"))
        self.case("lane that is not the header's", "ALTERED", 1, envelope=moved["envelope"],
                  lane=other_lane.lane)

    def _frames(self):
        self.case("our own message served as the peer's", "REFLECTED", 1, opener="alice", sender="bob")
        self.case("the peer's message served as ours", "RE_ATTRIBUTED", 1, sender="bob")
        self.case("our own message served as a third person's", "RE_ATTRIBUTED", 1, opener="alice", sender="carol")
        self.case("the peer's message served as a third person's", "RE_ATTRIBUTED", 1, sender="carol")
        self.case("served under another id", "ALTERED", 1, messageId=fixed("another id", 16))
        self.case("served on another lane", "ALTERED", 1, lane=fixed("another lane", 16))
        self.case("served under another epoch", "ALTERED", 1, epoch=fixed("another epoch"))


def damaged_bundles(scenario):
    """Bundles of alice that are refused, each with its defect."""
    alice, cases = scenario.alice, []
    for field, at, defect in BUNDLE_FIELDS:
        cases.append(("bit flipped in " + field, flip(alice.bundle, at), defect))
    for key in small_order_keys():
        cases.append(("identity key " + key.hex(), alice.make_bundle(key), "WEAK_IDENTITY"))
    foreign = sealing.sign_bundle(alice.bundle_fields(alice.identity.key), scenario.bob.identity)
    cases.append(("signed by another identity", foreign, "BAD_SIGNATURE"))
    cases.append(("one byte after its end", alice.bundle + b"\0", "MALFORMED"))
    return [{"name": name, "bundle": data, "defect": defect} for name, data, defect in cases]

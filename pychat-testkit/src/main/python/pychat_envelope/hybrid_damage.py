"""Inputs of suite 2 that are wrong in one way, with the one finding each must give, written down by hand."""

from . import formats as f
from . import sealing
from .damage import HEADER_FIELDS, Damage, flip, small_order_keys
from .scenario import Epoch, fixed

HYBRID_HEADER_FIELDS = [field for field in HEADER_FIELDS if field[1] < 400 and field[0] != "signature"] + [
    ("RSA key id", 400, "ALTERED"), ("RSA ciphertext", 500, "ALTERED"), ("count of wraps", 1648, "MALFORMED"),
    ("wrap role", 1649, "MALFORMED"), ("wrap device", 1650, "ALTERED"), ("wrap key id", 1666, "ALTERED"),
    ("wrap shared index", 1698, "MALFORMED"), ("wrap ct length", 1700, "MALFORMED"), ("wrap ct", 1800, "ALTERED"),
    ("wrap sealed length", 2790, "MALFORMED"), ("wrap sealed", 2791, "ALTERED"), ("signature", -64, "ALTERED")]

ONE_TIME_FIELDS = [  # offset in a record of a user with a name of three letters, bit, defect
    ("label", 0, 0, "MALFORMED"), ("version", 22, 0, "NEWER_VERSION"), ("suite", 24, 0, "BAD_SIGNATURE"),
    ("realm", 25, 0, "WRONG_REALM"), ("user name", 44, 0, "WRONG_NAME"), ("device", 77, 0, "WRONG_DEVICE"),
    ("number's first bit", 93, 7, "MALFORMED"), ("number", 100, 1, "BAD_SIGNATURE"), ("key length", 102, 0, "MALFORMED"),
    ("key", 200, 0, "BAD_SIGNATURE"), ("signature", -64, 0, "BAD_SIGNATURE")]


class HybridDamage(Damage):
    """Builds the list. Opened is on the first of bob's devices, or on alice's."""

    cost = 2
    header_fields = HYBRID_HEADER_FIELDS
    above = 3

    def case(self, name, finding, operations, header=None, envelope=None, opener="bob", **frame):
        used, since = frame.pop("used", {}), frame.pop("hybridSince", [])
        super().case(name, finding, operations, header, envelope, opener, **frame)
        self.cases[-1].update(device=getattr(self.s, opener).devices[0].id, hybridSince=since,
                              used=[{"keyId": key, "epoch": epoch} for key, epoch in used.items()])

    def _headers(self):
        super()._headers()
        s = self.s
        weaker = Epoch(s.alice, s.bob, 1, None)
        self.header_case("suite 1 where both bundles list suite 2", "SUITE_BELOW_MINIMUM", 0, weaker.data,
                         hybridSince=[1, 1])
        self.header_case("suite 1 where suite 2 is asked for", "SUITE_BELOW_MINIMUM", 0, weaker.data, minimumSuite=2)
        self.header_case("suite 1 with wraps to devices' keys", "MALFORMED", 0, sealing.sign_header(
            self.base.header._replace(suite=1, shared=[b"x"] + self.base.header.shared), s.alice.identity))

    def _share(self, index, rsa):
        return lambda h: h._replace(shared=[rsa if i == index else each for i, each in enumerate(h.shared)])

    def _wraps(self):
        self._secrets()
        self._keys()
        self._forms()
        self._one_time()

    def _secrets(self):
        base = self.base
        self.wrapped_otherwise()
        wrap, rsa = base.header.wraps[0], base.header.shared[0]
        self.rewrapped("sealed secret changed", "EPOCH_UNOPENED", 1, self.with_wrap(0, sealed=flip(wrap.sealed, 5)))
        self.rewrapped("ML-KEM ciphertext changed", "EPOCH_UNOPENED", 1, self.with_wrap(0, ct=flip(wrap.ct, 5)))
        self.rewrapped("ML-KEM ciphertext of another device", "EPOCH_UNOPENED", 1,
                       self.with_wrap(0, ct=base.header.wraps[1].ct))
        self.rewrapped("RSA ciphertext changed", "EPOCH_UNOPENED", 1, self._share(0, flip(rsa, -1)))
        modulus = self.s.bob.devices[0].wrapping.modulus.to_bytes(384, "big")
        self.rewrapped("RSA ciphertext of the modulus' value", "EPOCH_UNOPENED", 0,
                       self._share(0, rsa[:32] + modulus))
        self.rewrapped("RSA ciphertext one byte longer", "EPOCH_UNOPENED", 0,
                       self._share(0, rsa[:32] + b"\0" + rsa[32:]))

    def _keys(self):
        base = self.base
        self.rewrapped("wrap to an unknown ML-KEM key", "UNKNOWN_KEY", 0, self.with_wrap(0, key_id=fixed("unknown key")))
        self.rewrapped("wrap to an unknown RSA key", "UNKNOWN_KEY", 0,
                       self._share(0, fixed("unknown key") + base.header.shared[0][32:]))
        self.rewrapped("RSA ciphertexts of two devices exchanged", "UNKNOWN_KEY", 0, lambda h: h._replace(
            wraps=[w._replace(shared=(1, 0, 2)[i]) for i, w in enumerate(h.wraps)]))
        self.rewrapped("roles swapped", "UNKNOWN_KEY", 0, lambda h: h._replace(
            wraps=[w._replace(role=3 - w.role) for w in h.wraps]))

    def _forms(self):
        base = self.base
        wrap, rsa = base.header.wraps[0], base.header.shared[0]
        for name, changes in (
                ("sealed secret of 47 bytes", {"sealed": wrap.sealed[:47]}), ("wrap of no device", {"device": bytes(16)}),
                ("ML-KEM ciphertext one byte short", {"ct": wrap.ct[1:]}), ("wrap without ciphertext", {"ct": b""}),
                ("RSA ciphertext in a wrap that names a shared one", {"ct": rsa + wrap.ct}),
                ("key id twice", {"key_id": base.header.wraps[1].key_id})):
            self.rewrapped(name, "MALFORMED", 0, self.with_wrap(0, **changes))
        self.rewrapped("RSA half of 415 bytes", "MALFORMED", 0, self._share(0, rsa[:415]))
        self.rewrapped("RSA half of 545 bytes", "MALFORMED", 0, self._share(0, rsa + bytes(129)))
        self.rewrapped("shared RSA half that nobody names", "MALFORMED", 0,
                       lambda h: h._replace(shared=h.shared + [rsa]))
        self.rewrapped("wrap that names no RSA half and has none", "MALFORMED", 0, lambda h: h._replace(
            shared=h.shared[1:], wraps=[wrap._replace(shared=255)] + [
                w._replace(shared=w.shared - 1) for w in h.wraps[1:]]))
        more = [wrap._replace(device=fixed("device %d" % i, 16), key_id=fixed("key %d" % i)) for i in range(7)]
        self.rewrapped("nine wraps for the recipient", "MALFORMED", 0, lambda h: h._replace(wraps=h.wraps + more))

    def _one_time(self):
        second, message = self.s.second, self.s.messages[2]
        key = second.header.wraps[0].key_id
        self.case("one-time key that another epoch has used", "ONE_TIME_REUSED", 0, header=second.data,
                  envelope=message["envelope"], messageId=message["messageId"], used={key: self.base.name})


def damaged_bundles(scenario):
    """Bundles of alice that are refused for what they have of suite 2, each with its defect."""
    alice = scenario.alice
    fields, device, key = alice.bundle_fields(alice.identity.key), alice.devices[0].id, alice.devices[0].last_resort.key
    account = fields.sections[0]
    even = account[2][:-6] + bytes([0]) + account[2][-5:]
    cases = [
        ("no section of suite 2", [account], "NO_KNOWN_KEY"),
        ("suite 2 for the account", [account, (2, bytes(16), key)], "MALFORMED"),
        ("nine devices", [account] + sorted((2, fixed("device %d" % i, 16), key) for i in range(9)), "MALFORMED"),
        ("ML-KEM key that is not reduced", [account, (2, device, b"\xff\xff\xff" + key[3:])], "WEAK_KEY"),
        ("ML-KEM key with its last coefficient at the modulus", [account, (2, device, _at_modulus(key))], "WEAK_KEY"),
        ("ML-KEM key one byte short", [account, (2, device, key[1:])], "WEAK_KEY"),
        ("ML-KEM key one byte longer", [account, (2, device, key + b"\0")], "WEAK_KEY"),
        ("even own wrapping key", [account, (1, device, even), (2, device, key)], "WEAK_KEY"),
        ("own wrapping key that is none", [account, (1, device, b"key"), (2, device, key)], "WEAK_KEY")]
    return [{"name": name, "defect": defect,
             "bundle": sealing.sign_bundle(fields._replace(sections=sections), alice.identity)}
            for name, sections, defect in cases]


def _at_modulus(key):
    """3329 = 0xd01 in the last twelve bits before the seed of the matrix."""
    return key[:1150] + bytes([key[1150] & 0x0f | 0x10, 0xd0]) + key[1152:]


def damaged_one_time_keys(scenario):
    """One-time keys of bob's first device that are refused, each with its defect."""
    bob, device = scenario.bob, scenario.bob.devices[0]
    fields = device.one_time_fields(1)
    whole = sealing.sign_one_time_key(fields, bob.identity)
    cases = [("bit flipped in " + name, flip(whole, at, bit), defect) for name, at, bit, defect in ONE_TIME_FIELDS]

    def signed(name, defect, signer=bob.identity, **changes):
        cases.append((name, sealing.sign_one_time_key(fields._replace(**changes), signer), defect))

    alice = scenario.alice
    signed("another user's", "WRONG_NAME", alice.identity, user="alice", identity=alice.identity.key)
    signed("by another identity", "IDENTITY_CHANGED", alice.identity, identity=alice.identity.key)
    signed("signed by another identity", "BAD_SIGNATURE", alice.identity)
    signed("of another realm", "WRONG_REALM", realm=fixed("another realm", 16))
    signed("of another device", "WRONG_DEVICE", device=bob.devices[1].id)
    signed("of no device", "MALFORMED", device=bytes(16))
    signed("with number 0", "MALFORMED", number=0)
    signed("of suite 3", "NO_KNOWN_KEY", suite=3)
    signed("with a small-order identity", "WEAK_IDENTITY", identity=small_order_keys()[0])
    signed("with a key that is not reduced", "WEAK_KEY", key=b"\xff\xff\xff" + fields.key[3:])
    signed("with a key one byte short", "WEAK_KEY", key=fields.key[1:])
    signed("with a key over the limit", "MALFORMED", key=bytes(8193))
    cases.append(("one byte after its end", whole + b"\0", "MALFORMED"))
    cases.append(("one byte short", whole[:-1], "MALFORMED"))
    return [{"name": name, "signed": data, "defect": defect} for name, data, defect in cases]

"""Section 5.3 of ENVELOPE.md: two accounts that forget, each device with a wrapping key of its own, and what they seal."""

from . import formats as f
from . import sealing
from .hybrid import Device, HybridEpoch, HybridParty
from .opening import POLICY
from .primitives import KemKey, sha256
from .scenario import REALM, Party, bare_header, fixed, read_key

DAYS = 86400


class ForgettingDevice(Device):
    """One device, with the key that it makes for its own wrap of one epoch."""

    def __init__(self, party, name, wrapping, own):
        super().__init__(party, name, wrapping, own)
        self.own_wrap = KemKey(fixed(self.tag + "own wrap", 64))

    def values(self):
        key = self.own_wrap
        return {**super().values(), "ownWrap": {"seed": key.seed, "key": key.key, "keyId": key.key_id}}


class ForgettingParty(HybridParty):
    """One user; the first device has made the bundle, so the account's section is its own key."""

    device_type = ForgettingDevice

    def __init__(self, user, seconds, keys):
        self.seconds = seconds
        super().__init__(user, next(iter(keys.values())), list(keys), keys)

    def sections(self):
        return super().sections() + [(POLICY, sealing.ACCOUNT, f.u32(self.seconds))]

    def values(self):
        return {**super().values(), "seconds": self.seconds}


class ForgettingEpoch(HybridEpoch):
    """Wrapped for the sending device to a key that is in no pool."""

    def _kem(self, device, role):
        sending = role == 2 and device == self.alice.devices[0]
        return device.own_wrap if sending else super()._kem(device, role)


def epoch_of_suite_1(alice, carol):
    """For carol, who has no suite 2, and for each device of alice: the account's key first, then the others' own."""
    tag = "forgetting, suite 1 "
    secret = fixed(tag + "secret")
    bare = bare_header(1, alice, carol, 1, None, fixed(tag + "lane", 16), tag, secret)
    bare = bare._replace(own_policy=alice.seconds)
    shared, wraps, values = [], [], []
    for role, party in ((1, carol), (2, alice)):
        others = [device for device in getattr(party, "devices", []) if device.wrapping.key_id != party.wrapping.key_id]
        for device_id, key in [(sealing.ACCOUNT, party.wrapping)] + [(each.id, each.wrapping) for each in others]:
            ss, seed = fixed(tag + key.key_id.hex() + "ss"), fixed(tag + key.key_id.hex() + "seed")
            wrap, ct, _ = sealing.wrap(bare, role, key, secret, ss, seed, len(shared))
            if device_id == sealing.ACCOUNT:
                shared.append(ct)
            else:
                wrap = wrap._replace(device=device_id, shared=255, ct=ct)
            wraps.append(wrap)
            values.append({"ss": ss, "oaepSeed": seed})
    header = bare._replace(shared=shared, wraps=wraps)
    data = sealing.sign_header(header, alice.identity)
    return {"lane": header.lane, "nonce": header.nonce, "made": header.made, "fetched": header.fetched,
            "secret": secret, "wraps": values, "header": data, "name": sha256(data),
            "message": _message(alice, carol, header, sha256(data), secret)}


def _message(alice, bob, header, name, secret):
    start = f.view_start(f.conversation_id(REALM, alice.user, bob.user))
    text = "For a week."
    plaintext = f.Plaintext(None, 1, header.made, 0, 0, start, text.encode())
    sealed = sealing.seal(header, name, secret, alice.identity, (0, 1, bytes(32), fixed("forgetting " + name.hex(), 16)),
                          plaintext, fixed("forgetting, fresh"))
    return {"messageId": sealed["messageId"], "envelope": sealed["envelope"], "text": text}


def policies(alice):
    """Bundles of alice, what they state, and the defect of those that state it wrongly."""
    def bundle(content, device=sealing.ACCOUNT):
        fields = alice.bundle_fields(alice.identity.key)
        sections = [each for each in fields.sections if each[0] != POLICY]
        if content is not None:
            sections.append((POLICY, device, content))
        return sealing.sign_bundle(fields._replace(sections=sections), alice.identity)

    return [{"name": name, "bundle": bundle(*content), "seconds": seconds, "defect": defect}
            for name, content, seconds, defect in (
                ("none", (None,), 0, None),
                ("a second", (f.u32(1),), 1, None),
                ("the longest", (f.u32(2 ** 32 - 1),), 2 ** 32 - 1, None),
                ("of a device, which states nothing", (f.u32(DAYS), alice.devices[0].id), 0, None),
                ("0 seconds", (f.u32(0),), 0, "MALFORMED"),
                ("a byte short", (f.u32(DAYS)[1:],), 0, "MALFORMED"),
                ("a byte more", (f.u32(DAYS) + b"\0",), 0, "MALFORMED"),
                ("empty", (b"",), 0, "MALFORMED"))]


def build(key_folder):
    keys = [read_key(key_folder, number) for number in (5, 6, 7, 8)]
    alice = ForgettingParty("alice", 7 * DAYS, {"tablet": keys[0], "phone": keys[1]})
    bob = ForgettingParty("bob", DAYS, {"desktop": keys[2], "laptop": keys[3]})
    one_time = {device.id: 1 for device in bob.devices + alice.devices[1:]}
    epoch = ForgettingEpoch(alice, bob, 1, None, one_time, fixed("forgetting, lane", 16), own_policy=alice.seconds,
                            peer_policy=bob.seconds)
    carol = Party("carol", read_key(key_folder, 9))
    return {"parties": [alice.values(), bob.values(), carol.values()], "sender": alice.devices[0].id,
            "epoch": {**epoch.values(), "message": _message(alice, bob, epoch.header, epoch.name, epoch.secret)},
            "suite1": epoch_of_suite_1(alice, carol), "policies": policies(alice)}

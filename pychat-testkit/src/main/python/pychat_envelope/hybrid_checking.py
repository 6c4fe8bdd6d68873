"""Checks the vectors of suite 2."""

from . import formats as f
from . import judging, mlkem, opening, sealing
from .primitives import KemKey, WrappingKey, label, sha256


class Failure(Exception):
    """Something does not hold."""


def expect(holds, what):
    if not holds:
        raise Failure(what)


def raw(value, *names):
    return [bytes.fromhex(value[name]) for name in names]


class Device:
    """One device as a file describes it."""

    def __init__(self, party, value):
        self.party = party
        self.id, pkcs8, wrapping_id = raw(value, "device", "wrappingKeyPkcs8", "wrappingKeyId")
        self.wrapping = WrappingKey(pkcs8)
        expect(self.wrapping.key_id == wrapping_id, "a device's wrapping key")
        self.kem, self.signed = {}, {}
        for each in [value["lastResort"], *value["oneTime"], *([value["ownWrap"]] if "ownWrap" in value else [])]:
            seed, key, key_id = raw(each, "seed", "key", "keyId")
            self.kem[key_id] = KemKey(seed)
            expect(self.kem[key_id].key == key and self.kem[key_id].key_id == key_id, "an ML-KEM key")
        for each in value["oneTime"]:
            self.signed[each["number"]] = bytes.fromhex(each["signed"])

    def context(self, realm, peer, minimum_suite=1, used=None, since=None):
        keys = {self.wrapping.key_id: self.wrapping}
        party = self.party
        return opening.Context(
            realm, f.conversation_id(realm, party.user, peer.user), party.user, peer.user, [party.identity.key],
            [peer.identity.key], keys, minimum_suite, self.kem, used or {}, since)

    def operations(self):
        return self.wrapping.private_operations + sum(key.private_operations for key in self.kem.values())


def devices(party, value):
    return [Device(party, each) for each in value["devices"]]


def check(vectors, realm, parties):
    """How many damaged inputs there are; all that is in the file holds."""
    alice, bob = parties["alice"], parties["bob"]
    for party in parties.values():
        for device in party.devices:
            for signed in device.signed.values():
                defect = opening.open_one_time_key(signed, realm, party.user, party.identity.key, device.id)
                expect(defect is None, "%s's one-time key: %s" % (party.user, defect))
    for epoch in vectors["epochs"]:
        _check_epoch(epoch, alice, bob)
    for case in vectors["damagedOneTimeKeys"]:
        defect = opening.open_one_time_key(
            bytes.fromhex(case["signed"]), realm, "bob", bob.identity.key, bob.devices[0].id)
        expect(defect == case["defect"], "one-time key, %s: %s" % (case["name"], defect))
    for case in vectors["damaged"]:
        _check_damaged(case, realm, parties)
    for story in vectors["stories"]:
        _check_story(story, realm, bob, alice)
    for pool in vectors["pools"]:
        _check_pool(pool)


def _check_epoch(epoch, alice, bob):
    data, name, secret, commitment, signed = raw(epoch, "header", "name", "secret", "commitment", "signedBytes")
    header = f.read_header(data)
    f.check_suite_2(header)
    expect(sha256(data) == name and f.write_header(header) == data[:-64], "header bytes")
    expect(signed == label("epoch signature") + data[:-64], "what is signed")
    expect(sealing.epoch_commitment(secret) == commitment == header.commitment, "epoch commitment")
    by_id = {device.id: device for party in (alice, bob) for device in party.devices}
    for wrap, values in zip(header.wraps, epoch["wraps"]):
        _check_wrap(header, wrap, values, by_id[wrap.device], secret)
    expect(len(header.wraps) == len(epoch["wraps"]) == 3, "a wrap for each device")


def _check_wrap(header, wrap, values, device, secret):
    rsa_ss, seed, draws, key_id = raw(values, "rsaSs", "oaepSeed", "kemRandom", "keyId")
    rsa_ct = f.halves(header, wrap)[1]
    expect(not seed or device.wrapping.wrap(rsa_ss, seed) == rsa_ct, "the RSA ciphertext")
    expect(device.wrapping.unwrap(rsa_ct) == rsa_ss, "the RSA secret")
    made, computed = sealing.hybrid_wrap(header, wrap.role, device.id, (device.wrapping, rsa_ss, rsa_ct),
                                         device.kem[key_id], secret, draws, wrap.shared)
    expect(made == wrap, "a wrap in the header")
    expect(mlkem.KeyPair(device.kem[key_id].seed).decapsulate(computed["kemCt"]) == computed["kemSs"], "ML-KEM")
    for key, value in computed.items():
        expect(values[key] == (value.hex() if isinstance(value, bytes) else value), "wrap value " + key)


def _check_damaged(case, realm, parties):
    header, envelope, message_id, lane, epoch, device_id = raw(
        case, "header", "envelope", "messageId", "lane", "epoch", "device")
    opener = next(each for each in parties[case["opener"]].devices if each.id == device_id)
    peer = parties["alice" if case["opener"] == "bob" else "bob"]
    used = dict(raw(each, "keyId", "epoch") for each in case["used"])
    context = opener.context(realm, peer, case["minimumSuite"], used, case["hybridSince"] or None)
    before = opener.operations()
    try:
        opening.open_message(context, opening.Frame(case["sender"], message_id, lane, epoch), header, envelope)
        found = None
    except opening.Found as finding:
        found = finding.code
    operations = opener.operations() - before
    expect((found, operations) == (case["finding"], case["privateOperations"]),
           "%s: %s with %d private operations" % (case["name"], found, operations))


def _check_story(story, realm, bob, alice):
    """A device that notes which epoch used which of its one-time keys."""
    device = next(each for each in bob.devices if each.id == bytes.fromhex(story["device"]))
    context = device.context(realm, alice)
    transcript = judging.Transcript(context)
    for number, message in enumerate(story["messages"], 1):
        message_id, lane, epoch, header, envelope = raw(message, "messageId", "lane", "epoch", "header", "envelope")
        result = transcript.take(opening.Frame(message["sender"], message_id, lane, epoch), header, envelope)
        expect(result == (message["findings"], message["shown"]),
               "%s, message %d: %s, shown %s" % (story["name"], number, *result))
        if message["shown"]:
            wrap = next(each for each in f.read_header(header).wraps if each.key_id in device.kem)
            context.used[wrap.key_id] = epoch


def _check_pool(pool):
    watch = judging.Pool()
    for step in pool["steps"]:
        if "told" in step:
            found = watch.told(step["told"], step["left"], step["added"])
            expect(found == step["withheld"], "%s: %d withheld" % (pool["name"], found))
        else:
            watch.last_resort_used(step["fetched"], step["made"])

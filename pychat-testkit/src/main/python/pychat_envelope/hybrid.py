"""The same two users in suite 2, with devices: alice has one, bob two, of which the second has a wrapping key of its own."""

from . import formats as f
from . import sealing
from .primitives import KemKey, label, sha256
from .scenario import DAY, NOW, REALM, Party, Scenario, bare_header, fixed, read_key


class Device:
    """One device: its last-resort key, two one-time keys and the RSA key that it is wrapped to."""

    def __init__(self, party, name, wrapping, own):
        self.party, self.tag, self.wrapping, self.own = party, "%s's %s " % (party.user, name), wrapping, own
        self.id = fixed(self.tag + "id", 16)
        self.last_resort = KemKey(fixed(self.tag + "last-resort key", 64))
        self.one_time = {n: KemKey(fixed(self.tag + "one-time key %d" % n, 64)) for n in (1, 2)}

    def one_time_fields(self, number):
        return f.OneTimeKey(2, REALM, self.party.user, self.party.identity.key, self.id, number,
                            self.one_time[number].key)

    def kem(self):
        return {key.key_id: key for key in [self.last_resort, *self.one_time.values()]}

    def values(self):
        last = self.last_resort
        return {
            "device": self.id, "wrappingKeyPkcs8": self.wrapping.pkcs8, "wrappingKeyId": self.wrapping.key_id,
            "lastResort": {"seed": last.seed, "key": last.key, "keyId": last.key_id},
            "oneTime": [self._one_time_values(number, key) for number, key in self.one_time.items()]}

    def _one_time_values(self, number, key):
        signed = sealing.sign_one_time_key(self.one_time_fields(number), self.party.identity)
        return {"number": number, "seed": key.seed, "key": key.key, "keyId": key.key_id, "signed": signed}


class HybridParty(Party):
    """One user with devices; `own` gives a device a wrapping key of its own by its name."""

    device_type = Device

    def __init__(self, user, wrapping, names, own):
        self.user = user
        self.devices = [self.device_type(self, name, own.get(name, wrapping), name in own) for name in names]
        self.devices.sort(key=lambda device: device.id)
        super().__init__(user, wrapping)

    def sections(self):
        own = [(1, device.id, device.wrapping.info) for device in self.devices if device.own]
        last_resort = [(2, device.id, device.last_resort.key) for device in self.devices]
        return sorted([(1, sealing.ACCOUNT, self.wrapping.info)] + own + last_resort)

    def bundle_fields(self, identity_key):
        return f.Bundle(REALM, self.user, identity_key, 1, bytes(32), NOW - DAY, NOW + 59 * DAY, [1, 2],
                        self.sections())

    def values(self):
        return {**super().values(), "devices": [device.values() for device in self.devices]}


class HybridEpoch:
    """One epoch of suite 2 by alice for bob; `one_time` maps a device to the number of the one-time key used for it."""

    def __init__(self, alice, bob, number, previous, one_time=None, lane=None, **changes):
        tag = "hybrid epoch %d " % number
        self.tag, self.alice, self.bob, self.one_time = tag, alice, bob, one_time or {}
        self.secret = changes.pop("secret", None) or fixed(tag + "secret")
        self.bare = bare_header(2, alice, bob, number, previous, lane, tag, self.secret)._replace(**changes)
        self.header, self.wraps = self.with_wraps(self.bare)
        self.data = sealing.sign_header(self.header, alice.identity)

    def with_wraps(self, bare, recipient_secret=None, mgf="sha256"):
        shared, wraps, values = {}, [], []
        for role, party in ((1, self.bob), (2, self.alice)):
            secret = recipient_secret if role == 1 and recipient_secret else self.secret
            for device in party.devices:
                wrap, its_values = self._wrap(bare, role, device, secret, shared, mgf)
                wraps.append(wrap)
                values.append(its_values)
        return bare._replace(shared=[key.key_id + ct for key, _, ct in shared.values()], wraps=wraps), values

    def _wrap(self, bare, role, device, secret, shared, mgf):
        draws = {}
        if device.wrapping.key_id not in shared:
            draws = {"rsaSs": fixed(self.tag + device.tag + "ss"), "oaepSeed": fixed(self.tag + device.tag + "seed")}
            ct = device.wrapping.wrap(draws["rsaSs"], draws["oaepSeed"], mgf)
            shared[device.wrapping.key_id] = device.wrapping, draws["rsaSs"], ct
        index = list(shared).index(device.wrapping.key_id)
        number = self.one_time.get(device.id)
        wrap, values = sealing.hybrid_wrap(
            bare, role, device.id, shared[device.wrapping.key_id], self._kem(device, role), secret, fixed(self.tag + device.tag + "m"), index)
        return wrap, {**values, "shared": index, "oaepSeed": draws.get("oaepSeed", b""), "oneTime": number or 0}

    def _kem(self, device, role):
        number = self.one_time.get(device.id)
        return device.one_time[number] if number else device.last_resort

    @property
    def name(self):
        return sha256(self.data)

    def values(self):
        h = self.header
        return {
            "ordinal": h.ordinal, "lane": h.lane, "previousHead": f.write_head(h.previous), "nonce": h.nonce,
            "made": h.made, "fetched": h.fetched, "secret": self.secret, "commitment": h.commitment,
            "wraps": self.wraps, "signedBytes": label("epoch signature") + self.data[:-64],
            "signature": self.data[-64:], "header": self.data, "name": self.name}


class HybridScenario(Scenario):
    """Everything of suite 2 that holds. The second epoch uses a one-time key of each of bob's devices."""

    def make_parties(self, key_folder):
        keys = [read_key(key_folder, number) for number in (1, 2, 3, 4)]
        return [HybridParty("alice", keys[0], ["tablet"], {}),
                HybridParty("bob", keys[1], ["phone", "laptop"], {"laptop": keys[3]}),
                HybridParty("carol", keys[2], ["desktop"], {})]

    def make_epoch(self, number, previous, **more):
        one_time = {} if number == 1 else {device.id: i for i, device in enumerate(self.bob.devices, 1)}
        return HybridEpoch(self.alice, self.bob, number, previous, one_time, **more)


def story_of_reuse(s):
    """A one-time key that the server hands out twice, for the first of bob's devices."""
    device = s.bob.devices[0]
    epochs = [HybridEpoch(s.alice, s.bob, number, None, {device.id: 1}, lane=fixed("lane %d" % number, 16))
              for number in (1, 2)]
    messages, hashes = [], {}
    for epoch, shown, findings in ((epochs[0], True, []), (epochs[1], False, ["ONE_TIME_REUSED"]),
                                   (epochs[0], True, [])):
        n = sum(1 for message in messages if message["epoch"] == epoch.name)
        before = hashes.get((epoch.name, n - 1), bytes(32))
        message_id = fixed("reuse, message %d" % len(messages), 16)
        plaintext = f.Plaintext(None, 1, epoch.header.made, 0, 0, f.view_start(s.conversation), b"message")
        sealed = sealing.seal(epoch.header, epoch.name, epoch.secret, s.alice.identity,
                              (n, n + 1, before, message_id), plaintext, fixed("reuse %d" % len(messages)))
        hashes[epoch.name, n] = sealed["messageHash"]
        messages.append({"sender": "alice", "messageId": message_id, "lane": epoch.header.lane, "epoch": epoch.name,
                         "header": epoch.data, "envelope": sealed["envelope"], "findings": findings, "shown": shown})
    return {"name": "a one-time key handed out twice", "device": device.id, "messages": messages}


def pools():
    """Runs of what a server tells a device about its pool, and how many epochs it has to find there."""
    def told(days, left, added, found=0):
        return {"told": NOW + days * DAY, "left": left, "added": added, "withheld": found}

    def used(fetched, made):
        return {"fetched": NOW + int(fetched * DAY), "made": NOW + int(made * DAY)}

    runs = [
        ("withheld while the pool was never dry", [told(0, 5, 5), used(2, 2), told(4, 5, 0, 1), told(9, 5, 0)]),
        ("withheld over an upload into a pool that was not dry",
         [told(0, 5, 5), told(1, 10, 5), used(2, 2), told(4, 8, 7, 1)]),
        ("a pool that others have emptied", [told(0, 5, 5), used(2, 2), told(4, 0, 0), told(8, 5, 5)]),
        ("a pool that was dry before an upload", [told(0, 5, 5), used(2, 2), told(4, 5, 5), told(8, 5, 0)]),
        ("fetched within a day of the span's beginning", [told(0, 5, 5), used(0.99, 1.5), told(9, 5, 0)]),
        ("fetched a day after the span's beginning", [told(0, 5, 5), used(1, 1.5), told(9, 5, 0, 1)]),
        ("made within a day of an answer waits for the next", [told(0, 5, 5), used(2, 2), told(2.5, 5, 0),
                                                             told(3, 5, 0, 1)]),
        ("before any answer", [used(2, 2), told(4, 5, 0), told(9, 5, 0)]),
        ("several at once", [told(0, 5, 5), used(2, 2), used(3, 3), used(8, 8), told(5, 1, 0, 2), told(9, 1, 0, 1)])]
    return [{"name": name, "steps": [{k: int(v) for k, v in step.items()} for step in steps]} for name, steps in runs]

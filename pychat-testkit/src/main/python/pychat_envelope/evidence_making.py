"""Vectors of evidence files: an honest conversation of alice and bob, and what somebody might make of it."""

from . import evidence, sealing
from . import formats as f
from .evidence import ABSENT, BUNDLE, EPOCH, MESSAGE
from .opening import SUCCESSION
from .primitives import Identity, sha256
from .scenario import NOW, REALM, Epoch, Scenario, fixed

NEXT = Identity(fixed("evidence, next identity of alice"))


class Device:
    """A device that seals on its own lane and has received all that was said before."""

    def __init__(self, own, peer, said):
        self.own, self.peer, self.said, self.head, self.ordinal = own, peer, said, None, 0
        self.begin()

    def begin(self):
        self.ordinal += 1
        tag = "evidence, device of %s, epoch %d" % (self.own.user, self.ordinal)
        self.epoch = Epoch(self.own, self.peer, self.ordinal, self.head, lane=fixed("evidence, lane of " + self.own.user, 16),
                           nonce=fixed(tag, 16))
        self.n = 0

    def say(self, text):
        number, before = (self.head.number + 1, self.head.hash) if self.head else (1, bytes(32))
        message_id = fixed("evidence, message %d" % len(self.said), 16)
        view = f.view_start(f.conversation_id(REALM, "alice", "bob"))
        for position, message in enumerate(self.said, 1):
            view = f.view_step(view, position, message["messageId"], message["envelope"])
        plaintext = f.Plaintext(None, 1, NOW + 1000 * len(self.said), 0, len(self.said), view, text.encode())
        sealed = sealing.seal(self.epoch.header, self.epoch.name, self.epoch.secret, self.own.identity,
                              (self.n, number, before, message_id), plaintext, fixed("evidence, fresh %d" % len(self.said)))
        header = self.epoch.header
        self.head = f.Head(header.lane, self.ordinal, self.epoch.name, self.n, number, message_id, sealed["messageHash"])
        self.n += 1
        self.said.append({"sender": self.own.user, "messageId": message_id, "lane": header.lane, "epoch": self.epoch.name,
                          "envelope": sealed["envelope"], "made": self.epoch})


class Conversation:
    """Five messages: one, two and five by alice, the last one in another epoch; three and four by bob, who makes the files."""

    def __init__(self, key_folder):
        s = Scenario(key_folder)
        self.alice, self.bob, self.carol, self.said = s.alice, s.bob, s.carol, []
        alice, bob = Device(s.alice, s.bob, self.said), Device(s.bob, s.alice, self.said)
        alice.say("The tea is ready.")
        alice.say("Grüße, 世界")
        bob.say("On my way.")
        bob.say("With cake.")
        alice.begin()
        alice.say("Come in.")

    def file(self, with_secrets, said=None, absent=(), bundle=None, wrong_secret=False, bundles=True, present=None, more=()):
        """`present` are two identities, of bob and of alice, that stand before theirs."""
        said = self.said if said is None else said
        scope = evidence.Scope(REALM, "bob", "alice", NOW, 1, len(said), int(with_secrets), [self.bob.identity.key],
                               [(self.alice.identity.key, 1, evidence.ON)])
        if present:
            scope = scope._replace(own=[present[0]] + [key for key in scope.own if key != present[0]], pinned=[
                (present[1], len(said) + 1, evidence.ON), (self.alice.identity.key, 1, len(said))])
        records, seen = [(BUNDLE, self.bob.bundle), (BUNDLE, bundle or self.alice.bundle)] if bundles else [], set()
        records += [(BUNDLE, other) for other in more]
        for position, message in enumerate(said, 1):
            if position in absent:
                records.append((ABSENT, evidence.write_absent(absent[position], message)))
                continue
            epoch = message["made"]
            if epoch.name not in seen:
                secret = fixed("another secret") if wrong_secret and not seen else epoch.secret
                records.append((EPOCH, evidence.write_epoch(epoch.data, secret if with_secrets else None)))
                seen.add(epoch.name)
            records.append((MESSAGE, evidence.write_message(message, NOW + position)))
        return evidence.write(scope, records)

    def altered(self):
        envelope = self.said[1]["envelope"]
        return [self.said[0], dict(self.said[1], envelope=envelope[:-1] + bytes([envelope[-1] ^ 1])), *self.said[2:]]


def make(key_folder):
    c = Conversation(key_folder)
    swapped = [c.said[1], c.said[0], *c.said[2:]]
    others = [Identity(fixed("evidence, identity of another %s" % user)).key for user in ("bob", "alice")]
    renewed = [c.bob.identity.key, NEXT.key]
    attributed = [*c.said[:4], dict(c.said[4], sender="bob")]
    files = [
        ("an honest conversation, with secrets", c.file(True)), ("the same without", c.file(False)),
        ("content replaced, with secrets", c.file(True, c.altered())),
        ("content replaced, without", c.file(False, c.altered())),
        ("a message removed, with secrets", c.file(True, c.said[:1] + c.said[2:])),
        ("a message removed, without", c.file(False, c.said[:1] + c.said[2:])),
        ("two messages swapped, with secrets", c.file(True, swapped)),
        ("two messages swapped, without", c.file(False, swapped)),
        ("the last message attributed to the exporter", c.file(True, attributed)),
        ("two messages that were not to be had", c.file(True, absent={2: 1, 3: 2})),
        ("another epoch's secret", c.file(True, wrong_secret=True)),
        ("the bundle of another user", c.file(False, bundle=c.carol.bundle)),
        ("a bundle of another identity", c.file(False, bundle=_of_another_identity(c))),
        ("no bundle", c.file(True, bundles=False)),
        ("identities of others before those that have signed, with secrets", c.file(True, present=others)),
        ("the same identities, without", c.file(False, present=others)),
        ("an identity that gave way to another one", c.file(True, present=renewed, more=[_successor(c, c.alice.identity)])),
        ("an identity of which another one says that it gave way",
         c.file(True, present=renewed, more=[_successor(c, c.carol.identity)]))]
    damaged = bytearray(files[0][1])
    damaged[-40] ^= 1
    newer = files[0][1][:18] + b"\2" + files[0][1][19:]
    return {
        "about": "TEST ONLY. Vectors for section 16 of ENVELOPE.md, made by pychat-testkit/src/main/python.",
        "files": [{"name": name, "file": data, "sha256": sha256(data), **evidence.audit(data)} for name, data in files],
        "damaged": bytes(damaged), "newer": newer}


def _successor(c, signer):
    """Alice's bundle under her next identity, with the word of her present one as the signer gives it."""
    fields = c.alice.bundle_fields(NEXT.key)
    statement = REALM + f.name("alice") + NEXT.key + f.u64(NOW)
    content = c.alice.identity.key + f.u64(NOW) + signer.sign("succession", statement)
    return sealing.sign_bundle(fields._replace(sections=[*fields.sections, (SUCCESSION, sealing.ACCOUNT, content)]), NEXT)


def _of_another_identity(c):
    fields = c.alice.bundle_fields(c.carol.identity.key)
    return sealing.sign_bundle(fields, c.carol.identity)

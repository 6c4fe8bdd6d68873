"""Checks the vectors, and opens what the Java side has sealed."""

import json
import sys

from . import formats as f
from . import evidence, hybrid_checking, judging, opening, own_headers, rewraps, sealing
from .hybrid_checking import Failure, expect, raw
from .primitives import Identity, WrappingKey, acceptable, fingerprint, sha256


def read(path):
    with open(path, encoding="utf-8") as source:
        return json.load(source)


class Party:
    """One user as a file describes it."""

    def __init__(self, value):
        self.user = value["user"]
        seed, pkcs8, self.bundle = raw(value, "identitySeed", "wrappingKeyPkcs8", "bundle")
        self.identity, self.wrapping = Identity(seed), WrappingKey(pkcs8)
        self.devices = hybrid_checking.devices(self, value) if "devices" in value else [self]
        if "keyId" in value:
            key, mark, key_id, info, digest = raw(value, "identity", "fingerprint", "keyId", "wrappingKey", "bundleHash")
            expect(key == self.identity.key and mark == fingerprint(key), self.user + "'s identity")
            expect(key_id == self.wrapping.key_id and info == self.wrapping.info, self.user + "'s wrapping key")
            expect(digest == sha256(self.bundle), self.user + "'s bundle hash")

    def context(self, realm, peer, minimum_suite=1):
        keys = {self.wrapping.key_id: self.wrapping}
        return opening.Context(realm, f.conversation_id(realm, self.user, peer.user), self.user, peer.user,
                               [self.identity.key], [peer.identity.key], keys, minimum_suite)


def reported(run):
    def command(path):
        try:
            print("%s: %s" % (path, run(read(path))))
            return 0
        except Failure as failure:
            print("%s: does not hold: %s" % (path, failure), file=sys.stderr)
            return 1
    return command


def check_passwords(path):
    from . import passwords  # here, as it alone needs argon2
    return reported(passwords.check)(path)


def audit(path):
    """Says as JSON what is to be said of an evidence file; succeeds if all that could be looked at holds."""
    with open(path, "rb") as source:
        report = evidence.audit(source.read())
    print(json.dumps(report, indent=1))
    return 0 if report["holds"] else 1


@reported
def check_evidence(vectors):
    for value in vectors["files"]:
        data, digest = raw(value, "file", "sha256")
        expect(sha256(data) == digest, value["name"])
        for what, found in evidence.audit(data).items():
            expect(found == value[what], "%s: %s" % (value["name"], what))
    for name, kind in (("damaged", f.Malformed), ("newer", f.Unsupported)):
        try:
            evidence.audit(*raw(vectors, name))
        except kind:
            continue
        expect(False, name)
    return "%d files" % len(vectors["files"])


def check_backups(path):
    from . import backups  # here, as it needs argon2
    return reported(backups.check)(path)


def open_backup(path):
    from . import backups  # here, as it needs argon2
    return reported(backups.open_exchange)(path)


@reported
def check(vectors):
    realm, conversation = raw(vectors, "realm", "conversation")
    parties = {party["user"]: Party(party) for party in vectors["parties"]}
    alice, bob = parties["alice"], parties["bob"]
    expect(conversation == f.conversation_id(realm, "bob", "alice"), "conversation id")
    for party in parties.values():
        expect(opening.open_bundle(party.bundle, realm, party.user) is None, party.user + "'s bundle")
    _check_messages(vectors, realm, alice, bob)
    _check_views(vectors, conversation)
    _check_damaged_bundles(vectors, realm)
    if alice.devices != [alice]:
        hybrid_checking.check(vectors, realm, parties)
        _check_forgetting(vectors["forgetting"], realm)
    else:
        _check_suite_1(vectors, realm, parties)
    for case in vectors["ownHeaders"]:
        said = own_headers.said(alice.devices[0].context(realm, bob), case)
        expect(said == case["says"], "own header, %s: %s" % (case["name"], said))
    return "%d damaged inputs, each with its finding; all values hold" % len(vectors["damaged"])


def _check_forgetting(value, realm):
    alice, bob, carol = parties = [Party(each) for each in value["parties"]]
    seconds = [each.get("seconds", 0) for each in value["parties"]]
    for party, stated in zip(parties, seconds):
        expect(opening.open_bundle(party.bundle, realm, party.user) is None, party.user + "'s bundle")
        expect(opening.history_policy(party.bundle) == stated, party.user + "'s policy")
    for case in value["policies"]:
        data = bytes.fromhex(case["bundle"])
        expect(opening.open_bundle(data, realm, "alice") == case["defect"], "policy, %s" % case["name"])
        if case["defect"] is None:
            expect(opening.history_policy(data) == case["seconds"], "policy, %s" % case["name"])
    for epoch, peer, policies in ((value["epoch"], bob, seconds[:2]), (value["suite1"], carol, [seconds[0], 0])):
        data, message_id, envelope = raw(epoch, "header") + raw(epoch["message"], "messageId", "envelope")
        header = f.read_header(data)
        expect([header.own_policy, header.peer_policy] == policies, "policies")
        for device, other in [(each, peer) for each in alice.devices] + [(each, alice) for each in peer.devices]:
            plaintext, _ = opening.open_message(
                device.context(realm, other), opening.Frame("alice", message_id, header.lane, sha256(data)), data, envelope)
            expect(plaintext.body.decode() == epoch["message"]["text"], "a text for each device")
    sender = next(each for each in value["parties"][0]["devices"] if each["device"] == value["sender"])
    own = [wrap.key_id.hex() for wrap in f.read_header(bytes.fromhex(value["epoch"]["header"])).wraps
           if wrap.role == 2 and wrap.device.hex() == value["sender"]]
    expect(own == [sender["ownWrap"]["keyId"]], "the sending device's own wrap")


def _check_damaged_bundles(vectors, realm):
    for case in vectors["damagedBundles"]:
        defect = opening.open_bundle(bytes.fromhex(case["bundle"]), realm, "alice")
        expect(defect == case["defect"], "bundle, %s: %s" % (case["name"], defect))


def _check_suite_1(vectors, realm, parties):
    alice, bob = parties["alice"], parties["bob"]
    _check_epochs(vectors, alice, bob)
    for pair in vectors["paddedLengths"]:
        expect(f.padded_length(pair["length"]) == pair["padded"], "padding of %d" % pair["length"])
    for key in vectors["unacceptableIdentities"]:
        expect(not acceptable(bytes.fromhex(key)), "unacceptable key " + key)
    for case in vectors["damaged"]:
        _check_damaged(case, realm, parties)
    headers = {bytes.fromhex(epoch["name"]): bytes.fromhex(epoch["header"]) for epoch in vectors["epochs"]}
    for case in vectors["rewraps"]:
        said = rewraps.said(case, headers)
        expect(said == {"epochs": case["epochs"], "opens": case["opens"]}, "%s: %s" % (case["name"], said))
    for run in vectors["replacedBundles"]:
        bundles = judging.ConfirmedBundles()
        for each in run["confirmed"]:
            bundles.confirm(each["serial"], each["time"])
        found = bundles.judge(f.read_header(bytes.fromhex(run["header"])))
        expect(([found] if found else []) == run["findings"], "%s: %s" % (run["name"], found))
    for story in vectors["stories"]:
        _check_story(story, bob.context(realm, alice))


def _check_epochs(vectors, alice, bob):
    for epoch in vectors["epochs"]:
        data, name, secret, commitment = raw(epoch, "header", "name", "secret", "commitment")
        header = f.read_header(data)
        expect(sha256(data) == name and f.write_header(header) == data[:-64], "header bytes")
        expect(sealing.epoch_commitment(secret) == commitment == header.commitment, "epoch commitment")
        for role, part, key in ((1, "recipientWrap", bob.wrapping), (2, "selfWrap", alice.wrapping)):
            ss, seed, ct, kek, sealed = raw(epoch[part], "ss", "oaepSeed", "ct", "kek", "sealed")
            wrap, made_ct, values = sealing.wrap(header, role, key, secret, ss, seed, role - 1)
            expect((ct, kek, sealed) == (made_ct, values["kek"], values["sealed"]), part)
            expect(header.wraps[role - 1] == wrap and header.shared[role - 1] == ct, part + " in the header")


def _check_messages(vectors, realm, alice, bob):
    epochs = {epoch["ordinal"]: epoch for epoch in vectors["epochs"]}
    for message in vectors["messages"]:
        data, name, secret = raw(epochs[message["epoch"]], "header", "name", "secret")
        header = f.read_header(data)
        before, message_id, fresh, padded, envelope = raw(
            message, "hashBefore", "messageId", "fresh", "plaintext", "envelope")
        place = (message["n"], message["laneNumber"], before, message_id)
        plaintext = f.read_plaintext(padded)._replace(signature=None)
        made = sealing.seal(header, name, secret, alice.identity, place, plaintext, fresh)
        for key, value in made.items():
            expect(message[key] == (value.hex() if isinstance(value, bytes) else value), "message value " + key)
        frame = opening.Frame("alice", message_id, header.lane, name)
        for opener, peer in [(device, alice) for device in bob.devices] + [(device, bob) for device in alice.devices]:
            opened, head = opening.open_message(opener.context(realm, peer), frame, data, envelope)
            expect(opened.body.decode() == message["text"], "text")
            expect(f.write_head(head).hex() == message["head"], "head")


def _check_views(vectors, conversation):
    current = f.view_start(conversation)
    expect(current.hex() == vectors["viewStart"], "H(0)")
    for view in vectors["views"]:
        message_id, envelope, digest = raw(view, "messageId", "envelope", "hash")
        current = f.view_step(current, view["position"], message_id, envelope)
        expect(current == digest, "H(%d)" % view["position"])


def _check_damaged(case, realm, parties):
    opener = parties[case["opener"]]
    peer = parties["alice" if case["opener"] == "bob" else "bob"]
    header, envelope, message_id, lane, epoch = raw(case, "header", "envelope", "messageId", "lane", "epoch")
    before = opener.wrapping.private_operations
    try:
        opening.open_message(opener.context(realm, peer, case["minimumSuite"]),
                             opening.Frame(case["sender"], message_id, lane, epoch), header, envelope)
        found = None
    except opening.Found as finding:
        found = finding.code
    operations = opener.wrapping.private_operations - before
    expect((found, operations) == (case["finding"], case["privateOperations"]),
           "%s: %s with %d private operations" % (case["name"], found, operations))


def _check_story(story, context):
    transcript = judging.Transcript(context)
    for number, message in enumerate(story["messages"], 1):
        message_id, lane, epoch, header, envelope = raw(
            message, "messageId", "lane", "epoch", "header", "envelope")
        frame = opening.Frame(message["sender"], message_id, lane, epoch)
        result = transcript.take(frame, header, envelope)
        expect(result == (message["findings"], message["shown"]),
               "%s, message %d: %s, shown %s" % (story["name"], number, *result))


@reported
def open_exchange(exchange):
    (realm,) = raw(exchange, "realm")
    sender, recipient = Party(exchange["sender"]), Party(exchange["recipient"])
    header, lane = raw(exchange, "header", "lane")
    before = bytes(32)
    for message in exchange["messages"]:
        message_id, envelope = raw(message, "messageId", "envelope")
        frame = opening.Frame(sender.user, message_id, lane, sha256(header))
        for device in recipient.devices:
            try:
                opened, head = opening.open_message(device.context(realm, sender), frame, header, envelope)
            except opening.Found as finding:
                raise Failure(finding.code) from None
            expect(opened.body.decode() == message["text"], "text")
        expect(f.read_envelope(envelope).before == before, "hash before in the lane")
        before = head.hash
    return "%d messages opened" % len(exchange["messages"])

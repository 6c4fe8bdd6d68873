"""Section 16 of ENVELOPE.md: evidence files, and their audit. Of files that begin with position 1 only."""

from collections import namedtuple

from . import formats as f
from . import opening
from .judging import Transcript
from .primitives import acceptable, label, sha256

SCOPE, BUNDLE, EPOCH, MESSAGE, ABSENT, END = range(1, 7)
LIMITS = {SCOPE: 16384, BUNDLE: 32768, EPOCH: 32768 + 33, MESSAGE: 72 * 1024 + 256, ABSENT: 256, END: 32}
ON = 2**63 - 1

Scope = namedtuple("Scope", "realm exporter peer made first last with_secrets own pinned")


def record(kind, content):
    return f.u8(kind) + f.u32(len(content)) + content


def write(scope, records):
    """A whole file: (type, content) for each record between the first and the last."""
    data = label("evidence") + f.u8(1) + record(SCOPE, write_scope(scope))
    data += b"".join(record(kind, content) for kind, content in records)
    return data + record(END, sha256(data))


def write_scope(scope):
    own = f.u16(len(scope.own)) + b"".join(scope.own)
    pinned = f.u8(len(scope.pinned)) + b"".join(key + f.u64(first) + f.u64(last) for key, first, last in scope.pinned)
    return (scope.realm + f.name(scope.exporter) + f.name(scope.peer) + f.u64(scope.made) + f.u64(scope.first)
            + f.u64(scope.last) + f.u8(scope.with_secrets) + own + pinned)


def write_epoch(header, secret=None):
    return (f.u8(1) + secret if secret else f.u8(0)) + header


def write_message(message, time):
    return (f.name(message["sender"]) + message["messageId"] + message["lane"] + message["epoch"] + f.u8(0)
            + f.u64(time) + message["envelope"])


def write_absent(reason, message):
    return (f.u8(reason) + f.name(message["sender"]) + message["messageId"] + message["lane"]
            + sha256(message["envelope"]))


def records(data):
    """The records between the first and the last; the whole file is checked first."""
    reader = f.Reader(data)
    f.require(reader.raw(18) == label("evidence"))
    if reader.number(1) != 1:
        raise f.Unsupported
    found = []
    while True:
        at = reader.at
        kind, size = reader.number(1), reader.number(4)
        f.require(kind in LIMITS and size <= LIMITS[kind])
        content = reader.raw(size)
        if kind == END:
            f.require(content == sha256(data[:at]))
            reader.end()
            return check_order(found)
        found.append((kind, content))


def check_order(found):
    f.require(bool(found) and found[0][0] == SCOPE)
    scope = read_scope(found[0][1])
    kinds = [kind for kind, _ in found[1:]]
    bundles = kinds.count(BUNDLE)
    f.require(bundles <= 256 and SCOPE not in kinds and BUNDLE not in kinds[bundles:])
    f.require(sum(kind in (MESSAGE, ABSENT) for kind in kinds) == scope.last - scope.first + 1)
    epochs = [read_epoch(content) for kind, content in found if kind == EPOCH]
    f.require(len({header for _, header in epochs}) == len(epochs))
    f.require(scope.with_secrets or not any(secret for secret, _ in epochs))
    return scope, found[1:]


def read_scope(data):
    reader = f.Reader(data)
    realm, exporter, peer, made = reader.raw(16), reader.name(), reader.name(), reader.time()
    first, last, with_secrets = reader.number(8), reader.number(8), reader.number(1)
    own = [reader.raw(32) for _ in range(reader.number(2))]
    pinned = [(reader.raw(32), reader.number(8), reader.number(8)) for _ in range(reader.number(1))]
    reader.end()
    f.require(exporter != peer and with_secrets <= 1 and first >= 1 and 0 <= last - first + 1 <= 250000)
    f.require(1 <= len(own) <= 256 and len(pinned) <= 64 and all(map(acceptable, own + [pin[0] for pin in pinned])))
    return Scope(realm, exporter, peer, made, first, last, with_secrets, own, pinned)


def read_epoch(data):
    reader = f.Reader(data)
    given = reader.number(1)
    f.require(given <= 1)
    return (reader.raw(32) if given else None), reader.rest()


class Auditor(Transcript):
    """Takes a file's messages as a device takes them, with the secrets that the file gives."""

    def __init__(self, scope):
        context = opening.Context(
            scope.realm, f.conversation_id(scope.realm, scope.exporter, scope.peer), scope.exporter, scope.peer,
            scope.own, [pin[0] for pin in scope.pinned], {}, 1)
        super().__init__(context)
        self.scope, self.epochs, self.secrets = scope, {}, {}
        self.made_with = set()
        self.vouchers, self.signers = {}, []
        self.texts, self.outcomes, self.findings, self.tallies, self.chains = [], [], [], {}, {}
        self.view_counts = {"agreeing": 0, "differing": 0, "unchecked": 0, "byExporter": 0, "byPeer": 0}

    def open(self, frame, header, envelope):
        epoch = f.read_envelope(envelope).epoch
        self.opened = opening.open_given(self.context, frame, header, envelope, self.secrets.get(epoch))
        return self.opened

    def take_epoch(self, content):
        secret, header = read_epoch(content)
        self.epochs[sha256(header)] = header
        if secret:
            self.secrets[sha256(header)] = secret

    def take_message(self, content):
        reader = f.Reader(content)
        frame = opening.Frame(reader.name(), reader.raw(16), reader.raw(16), reader.raw(32))
        f.require(reader.number(1) <= 1 and reader.time() >= 0)
        envelope = reader.rest()
        f.require(1 <= len(envelope) <= 72 * 1024)
        position = len(self.views)
        try:
            header = self.epochs.get(f.read_envelope(envelope).epoch)
        except f.Malformed:
            header = None
        findings, shown = self.take(frame, header, envelope)
        self.findings += ["%d %s" % (position, code) for code in findings]
        if not shown:
            self.outcomes.append("REFUSED")
            self.signers.append("")
            return
        signed = f.read_header(header)
        self.signers.append(self.vouchers[frame.sender, signed.sender])
        self.made_with.add(signed.peer_bundle)
        plaintext, head = self.opened
        self.outcomes.append("SEALED" if plaintext is None else "READ")
        self.tally_lane(frame.sender, head, f.read_envelope(envelope).before, signed.previous,
                        plaintext is not None, findings)
        if plaintext is None:
            self.view_counts["unchecked"] += 1
        else:
            self.texts.append(plaintext.body.decode())
            self.tally_view(frame.sender, position, plaintext)

    def tally_lane(self, sender, head, before, previous, read, findings):
        lane = self.tallies.setdefault((sender, head.lane), {
            "sender": sender, "lane": head.lane.hex(), "messages": 0, "first": head.number, "last": 0, "read": 0,
            "vouched": 0, "findings": 0})
        found = sum(code in ("GAP", "LANE_FORKED", "AFTER_CLOSE") for code in findings)
        lane["messages"] += 1
        lane["first"], lane["last"] = min(lane["first"], head.number), max(lane["last"], head.number)
        lane["read"] += read
        lane["findings"] += found
        self.vouch(lane, head, before, previous, findings)

    def vouch(self, lane, head, before, previous, findings):
        """A later header, of a covered identity, names the head before it, and so all that leads there without a break."""
        last, unbroken = self.chains.get((lane["sender"], head.lane), (None, 0))
        if "LANE_FORKED" in findings or "AFTER_CLOSE" in findings or last and head.number <= last.number:
            return
        if self.covers() and last and head.epoch != last.epoch and previous == last:
            lane["vouched"] += unbroken
            unbroken = 0
        follows = last and head.number == last.number + 1 and before == last.hash
        self.chains[lane["sender"], head.lane] = head, (unbroken if follows else 0) + 1

    def tally_view(self, sender, position, plaintext):
        at = plaintext.view_position
        agrees = at < position and self.views[at] == plaintext.view_hash
        self.view_counts["agreeing" if agrees else "differing"] += 1
        if agrees and self.covers():
            side = "byPeer" if sender == self.scope.peer else "byExporter"
            self.view_counts[side] = max(self.view_counts[side], at)

    def covers(self):
        """Whether the safety number covers the identity that has signed the last message."""
        return self.signers[-1] == "SAFETY_NUMBER"

    def take_absent(self, content):
        reader = f.Reader(content)
        f.require(reader.number(1) in (1, 2))
        sender, message_id, lane, envelope_hash = reader.name(), reader.raw(16), reader.raw(16), reader.raw(32)
        reader.end()
        self.extend(message_id, envelope_hash)
        if any(lane):
            self.unshown(sender, lane)
        self.outcomes.append("ABSENT")
        self.signers.append("")
        self.view_counts["unchecked"] += 1


def audit(data):
    """What is to be said of a file."""
    scope, found = records(data)
    auditor, bundles, given = Auditor(scope), [], set()
    auditor.vouchers = vouchers(scope, [content for kind, content in found if kind == BUNDLE])
    for kind, content in found:
        if kind == BUNDLE:
            bundles.append(bundle_defect(scope, content))
            given.add(sha256(content))
        else:
            {EPOCH: auditor.take_epoch, MESSAGE: auditor.take_message, ABSENT: auditor.take_absent}[kind](content)
    wrong = len(auditor.findings) + sum(defect is not None for defect in bundles)
    covered = all(signer in ("", "SAFETY_NUMBER") for signer in auditor.signers)
    verdict = "DOES_NOT_HOLD" if wrong else "HOLDS" if covered else "HOLDS_IN_PART"
    complete = "SEALED" not in auditor.outcomes and "ABSENT" not in auditor.outcomes and auditor.made_with <= given
    return {
        "safetyNumber": safety_number(scope), "outcomes": auditor.outcomes, "texts": auditor.texts,
        "findings": auditor.findings, "bundles": bundles, "lanes": list(auditor.tallies.values()),
        "views": auditor.view_counts, "vouchers": list(auditor.vouchers.values()), "signers": auditor.signers,
        "verdict": verdict, "holds": verdict == "HOLDS", "complete": complete}


def vouchers(scope, bundles):
    """What tells whose each identity is, by user and identity, in the order of the scope."""
    before = {}
    for data in bundles:
        if bundle_defect(scope, data) is None:
            before.setdefault((_named(data), _identity(data)), opening.succession(data, scope.realm))
    found = {}
    for user, keys in ((scope.exporter, scope.own), (scope.peer, [pin[0] for pin in scope.pinned])):
        chain = keys[:1] if scope.pinned else []
        while chain and before.get((user, chain[-1])) and before[user, chain[-1]] not in chain:
            chain.append(before[user, chain[-1]])
        for key in keys:
            found[user, key] = ("SAFETY_NUMBER" if key in chain[:1] else "SUCCESSION" if key in chain else "NOBODY")
    return found


def bundle_defect(scope, data):
    user = scope.peer if _named(data) == scope.peer else scope.exporter
    defect = opening.open_bundle(data, scope.realm, user)
    known = [pin[0] for pin in scope.pinned] if user == scope.peer else scope.own
    return defect or (None if _identity(data) in known else "IDENTITY_CHANGED")


def _named(data):
    return f.Reader(data[38:]).name()


def _identity(data):
    return data[39 + data[38]:][:32]


def safety_number(scope):
    if not scope.pinned:
        return None
    halves = sorted((_digits(scope.realm, scope.exporter, scope.own[0]),
                     _digits(scope.realm, scope.peer, scope.pinned[0][0])))
    return "".join(halves)


def _digits(realm, user, identity):
    digest = sha256(label("safety number"), realm, f.name(user), identity)
    for _ in range(5199):
        digest = sha256(label("safety number"), digest, identity)
    return "".join("%05d" % (int.from_bytes(digest[5 * i:5 * i + 5], "big") % 100000) for i in range(6))

"""Section 14.1 of ENVELOPE.md: backups, and vectors of them. Needs argon2, as passwords.py does."""

from argon2.low_level import Type, hash_secret_raw

from . import formats as f
from .hybrid_checking import expect
from .passwords import box, opaque_string
from .primitives import gcm_open, hkdf, label, sha256
from .scenario import NOW, REALM, fixed
from .values import plain

PASSPHRASE = "a backup's own pässphrase"
COST = (64, 1, 1)
HEADER_SIZE = 87


class Unreadable(Exception):
    """What it says is the reason: wrong key, damaged or newer version."""


def derive(passphrase, salt, cost):
    memory, passes, lanes = cost
    bound = sha256(label("export salt"), salt)
    stretched = hash_secret_raw(opaque_string(passphrase), bound, passes, memory, lanes, 32, Type.ID, 19)
    both = hkdf(stretched, label("export key"), 64)
    return {"boundSalt": bound, "stretched": stretched, "key": both[:32], "commitment": both[32:]}


def header(salt, cost, commitment):
    memory, passes, lanes = cost
    return label("export") + f.u8(1) + salt + f.u32(memory) + f.u8(passes) + f.u8(lanes) + commitment


def context(head, number, last):
    return head + f.u64(number) + f.u8(last)


def seal(passphrase, salt, cost, contents, salts):
    """The whole file, with all values in between."""
    derived = derive(passphrase, salt, cost)
    head = header(salt, cost, derived["commitment"])
    chunks = []
    for number, (content, chunk_salt) in enumerate(zip(contents, salts)):
        last = int(number == len(contents) - 1)
        sealed = box("export", derived["key"], context(head, number, last), content, chunk_salt)["box"]
        chunks.append({"content": content, "salt": chunk_salt, "chunk": f.u8(last) + f.u32(len(sealed)) + sealed})
    return {"passphrase": passphrase, "salt": salt, "memoryKiB": cost[0], "passes": cost[1], "lanes": cost[2],
            **derived, "header": head, "chunks": chunks, "file": head + b"".join(each["chunk"] for each in chunks)}


def unseal(data, passphrase):
    """The contents of the chunks."""
    if not data.startswith(label("export")) or len(data) <= 16:
        raise Unreadable("damaged")
    if data[16] != 1:
        raise Unreadable("newer version")
    if len(data) < HEADER_SIZE:
        raise Unreadable("damaged")
    head, at, contents, over = data[:HEADER_SIZE], HEADER_SIZE, [], False
    cost = (int.from_bytes(head[49:53], "big"), head[53], head[54])
    if cost[0] < 8 * cost[2] or not 1 <= cost[1] <= 16 or not 1 <= cost[2] <= 16 or cost[0] > 1 << 20:
        raise Unreadable("damaged")
    derived = derive(passphrase, head[17:49], cost)
    if derived["commitment"] != head[55:]:
        raise Unreadable("wrong key")
    while not over:
        length = int.from_bytes(data[at + 1:at + 5], "big")
        sealed = data[at + 5:at + 5 + length]
        if len(data) < at + 5 or data[at] > 1 or not 80 <= length <= (1 << 20) + 80 or len(sealed) < length:
            raise Unreadable("damaged")
        info = label("sealed box") + label("export")
        belongs = context(head, len(contents), data[at])
        info += f.u32(len(belongs)) + belongs
        keys = hkdf(derived["key"], info, 76, sealed[:32])
        content = gcm_open(keys[:32], keys[32:44], info, sealed[64:]) if keys[44:] == sealed[32:64] else None
        if content is None:
            raise Unreadable("damaged")
        contents.append(content)
        over = data[at] == 1
        at += 5 + length
    if at != len(data):
        raise Unreadable("damaged")
    return contents


def record(kind, value):
    return f.u16(kind) + f.u32(len(value)) + value


def account(realm, user, made, version, vault_hash):
    return record(1, realm + f.name(user) + f.u64(made) + f.u64(version) + vault_hash)


def entry(kind, key, counter, tombstone, value):
    return record(2, f.u16(kind) + f.u8(len(key)) + key + f.u64(counter) + f.u8(tombstone) + f.u32(len(value)) + value)


def conversation(peer, first, last):
    return record(3, f.name(peer) + f.u64(first) + f.u64(last))


def history_entry(sender, time, text, findings=()):
    content = f.u8(0) if text is None else f.u8(1) + f.u16(1) + f.u32(len(text.encode())) + text.encode()
    return (f.u8(1) + f.name(sender) + f.u8(0) + f.u64(time) + f.u64(time) + content
            + f.u8(len(findings)) + b"".join(f.lp(each) for each in findings))


def finding(code, sentence, conversation_id, position, sender, lane):
    return (f.name(code) + f.lp(sentence.encode()) + conversation_id + f.u64(position) + f.name(sender) + lane
            + f.u64(position) + f.u64(position))


def message(position, number, opened, kept):
    place = f.u8(1) + fixed("epoch of a backup") + f.u8(number) if opened else f.u8(0)
    view = f.u8(1) + fixed("view %d" % position) if opened else f.u8(0)
    return record(4, f.u64(position) + fixed("message %d" % position, 16) + place + fixed("envelope %d" % position)
                  + view + f.u32(len(kept)) + kept)


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def raw(self, size):
        if self.at + size > len(self.data):
            raise Unreadable("damaged")
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        return int.from_bytes(self.raw(size), "big")

    def name(self):
        return self.raw(self.number(1)).decode("ascii")


def _message(value, expected):
    if value.number(8) != expected:
        raise Unreadable("damaged")
    value.raw(16)
    if value.number(1):
        value.raw(33)
    value.raw(32)
    if value.number(1):
        value.raw(32)
    kept = Reader(value.raw(value.number(4)))
    if kept.number(1) != 1:
        raise Unreadable("damaged")
    sender = kept.name()
    kept.raw(17)
    text = None
    if kept.number(1):
        kind, length = kept.number(2), kept.number(4)
        text = kept.raw(length).decode() if kind == 1 else "type %d" % kind
    codes = []
    for _ in range(kept.number(1)):
        codes.append(Reader(kept.raw(kept.number(2))).name())
    return {"position": expected, "sender": sender, "text": text, "findings": codes}


def read(data, passphrase):
    """What a person would find in it."""
    found, expected, last = {"entries": [], "conversations": []}, 0, 0
    for content in unseal(data, passphrase):
        records = Reader(content)
        while records.at < len(content):
            kind, length = records.number(2), records.number(4)
            value = Reader(records.raw(length))
            if (kind == 1) == ("user" in found) or kind == 2 and found["conversations"]:
                raise Unreadable("damaged")
            if kind == 1:
                found.update(realm=value.raw(16), user=value.name(), made=value.number(8),
                             vaultVersion=value.number(8), vaultHash=value.raw(32))
            elif kind == 2:
                entry_type, key = value.number(2), value.raw(value.number(1))
                found["entries"].append({"type": entry_type, "key": key, "counter": value.number(8),
                                         "tombstone": value.number(1), "value": value.raw(value.number(4))})
            elif kind == 5:
                if "user" not in found or found["conversations"] or "recoverySecret" in found:
                    raise Unreadable("damaged")
                found["recoverySecret"] = value.raw(16)
            elif kind == 3:
                if expected <= last and last:
                    raise Unreadable("damaged")
                found["conversations"].append({"peer": value.name(), "messages": []})
                expected, last = value.number(8), value.number(8)
            elif kind == 4:
                found["conversations"][-1]["messages"].append(_message(value, expected))
                expected += 1
    if "user" not in found or expected <= last:
        raise Unreadable("damaged")
    return found


def make():
    lane, bob = bytes(16), f.conversation_id(REALM, "alice", "bob")
    first = (account(REALM, "alice", NOW, 7, fixed("vault of a backup"))
             + entry(1, b"", 2, 0, fixed("identity of a backup"))
             + entry(60000, b"later", 1, 1, b"") + record(5, fixed("recovery secret of a backup", 16)))
    later = record(60000, b"of a later program")
    second = (conversation("bob", 1, 3) + message(1, 0, True, history_entry("alice", NOW, "Grüße"))
              + message(2, 0, False, history_entry("bob", NOW + 1, None, [
                  finding("ALTERED", "it was altered", bob, 2, "bob", lane)])))
    third = message(3, 255, True, history_entry("bob", NOW + 2, "the last one"))
    whole = seal(PASSPHRASE, fixed("salt of backup 0"), COST, [first + second + third], [fixed("salt of chunk 0")])
    parts = seal(PASSPHRASE, fixed("salt of backup 1"), COST, [first + later, second, later + third],
                 [fixed("salt of chunk %d" % number) for number in range(1, 4)])
    return {"about": "TEST ONLY. Vectors for backups, made by pychat-testkit/src/main/python.",
            "backups": [{"what": "one chunk", **whole}, {"what": "three chunks", **parts}],
            "content": read(whole["file"], PASSPHRASE), "damaged": damaged(parts, whole)}


def damaged(parts, other):
    data, head = parts["file"], parts["header"]
    one, two, three = (each["chunk"] for each in parts["chunks"])

    def flipped(at):
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]

    cases = [
        ("another passphrase", "wrong key", data), ("salt altered", "wrong key", flipped(20)),
        ("commitment altered", "wrong key", flipped(60)), ("label altered", "damaged", flipped(3)),
        ("a newer format", "newer version", data[:16] + b"\2" + data[17:]),
        ("cost above the ceiling", "damaged", data[:49] + b"\xff" + data[50:]),
        ("nothing", "damaged", b""), ("a part of the header", "damaged", data[:50]), ("no chunk", "damaged", head),
        ("a chunk cut off", "damaged", data[:-1]), ("the last chunk missing", "damaged", head + one + two),
        ("the second chunk missing", "damaged", head + one + three), ("chunks exchanged", "damaged", head + two + one + three),
        ("a chunk doubled", "damaged", head + one + two + two + three),
        ("an earlier chunk called the last", "damaged", head + one + b"\1" + two[1:]),
        ("the last chunk called an earlier one", "damaged", head + one + two + b"\0" + three[1:] + three),
        ("a chunk of another backup", "damaged", head + other["chunks"][0]["chunk"]),
        ("a byte altered", "damaged", flipped(len(head) + 100)), ("a length altered", "damaged", flipped(len(head) + 1)),
        ("bytes behind the end", "damaged", data + b"\0")]
    return [{"what": what, "reason": reason, "passphrase": "of something else" if number == 0 else PASSPHRASE,
             "file": file} for number, (what, reason, file) in enumerate(cases)]


def check(vectors):
    for each in vectors["backups"]:
        again = seal(each["passphrase"], bytes.fromhex(each["salt"]), (each["memoryKiB"], each["passes"], each["lanes"]),
                     [bytes.fromhex(chunk["content"]) for chunk in each["chunks"]],
                     [bytes.fromhex(chunk["salt"]) for chunk in each["chunks"]])
        for key, value in again.items():
            expect(each[key] == plain({"value": value})["value"], each["what"] + ": " + key)
        expect(plain(read(bytes.fromhex(each["file"]), each["passphrase"])) == vectors["content"], each["what"] + ": content")
    for each in vectors["damaged"]:
        try:
            read(bytes.fromhex(each["file"]), each["passphrase"])
            expect(False, each["what"] + " was read")
        except Unreadable as reason:
            expect(str(reason) == each["reason"], each["what"] + ": " + str(reason))
    return "%d backups and %d damaged ones; all values hold" % (len(vectors["backups"]), len(vectors["damaged"]))


def open_exchange(exchange):
    """What the Java side has written."""
    found = read(bytes.fromhex(exchange["file"]), exchange["passphrase"])
    expect(plain(found["conversations"]) == exchange["conversations"], "conversations")
    expect(found["user"] == exchange["user"] and found["realm"].hex() == exchange["realm"], "account")
    expect([each["type"] for each in found["entries"]] == exchange["entryTypes"], "entries")
    return "a backup of %s" % found["user"]

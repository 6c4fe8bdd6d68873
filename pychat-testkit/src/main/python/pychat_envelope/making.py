"""Writes the vectors, and fresh exchanges for the Java side to open."""

import json
import os

from . import formats as f
from . import evidence_making, forgetting, hybrid, hybrid_damage, lane_stories, own_headers, replaced, rewraps, sealing, stories
from .damage import Damage, damaged_bundles, small_order_keys
from .hybrid import HybridScenario
from .scenario import NOW, REALM, Epoch, Scenario, fixed
from .values import plain

LENGTHS = [126, 255, 256, 257, 258, 300, 511, 512, 513, 1000, 1024, 4097, 16000, 65535, 65536, 65537, 65662]


def write(path, value):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        json.dump(plain(value), out, indent=1, ensure_ascii=False)
        out.write("\n")


def what_holds(s, suite):
    return {
        "about": "TEST ONLY. Vectors for ENVELOPE.md, suite %d, made by pychat-testkit/src/main/python." % suite,
        "realm": REALM, "conversation": s.conversation, "now": NOW,
        "parties": [party.values() for party in (s.alice, s.bob, s.carol)],
        "epochs": [s.first.values(), s.second.values()],
        "messages": s.messages,
        "viewStart": f.view_start(s.conversation), "views": s.views}


def make(key_folder, path):
    s = Scenario(key_folder)
    write(path, {
        **what_holds(s, 1),
        "paddedLengths": [{"length": length, "padded": f.padded_length(length)} for length in LENGTHS],
        "unacceptableIdentities": small_order_keys(),
        "damagedBundles": damaged_bundles(s), "damaged": Damage(s).build(), "stories": stories.build(s) + lane_stories.build(s),
        "replacedBundles": replaced.runs(s), "ownHeaders": own_headers.cases(s, Epoch),
        "rewraps": rewraps.cases(s)})
    return 0


def make_passwords(path):
    from . import passwords  # here, as it alone needs argon2
    write(path, passwords.make())
    return 0


def make_evidence(key_folder, path):
    write(path, evidence_making.make(key_folder))
    return 0


def make_backups(path):
    from . import backups  # here, as it needs argon2
    write(path, backups.make())
    return 0


def make_hybrid(key_folder, path):
    s = HybridScenario(key_folder)
    write(path, {
        **what_holds(s, 2),
        "damagedBundles": hybrid_damage.damaged_bundles(s),
        "damagedOneTimeKeys": hybrid_damage.damaged_one_time_keys(s),
        "damaged": hybrid_damage.HybridDamage(s).build(), "stories": [hybrid.story_of_reuse(s)],
        "ownHeaders": own_headers.cases(s, hybrid.HybridEpoch),
        "pools": hybrid.pools(), "forgetting": forgetting.build(key_folder)})
    return 0


def seal(key_folder, path):
    """Fresh epochs and messages of many sizes, with the secret of none: the reader has to open them."""
    s = Scenario(key_folder)
    return _seal(s, Epoch(s.alice, s.bob, 1, None, lane=os.urandom(16), nonce=os.urandom(16)), path)


def seal_hybrid(key_folder, path):
    """The same in suite 2, to a one-time key of each of bob's devices."""
    s = HybridScenario(key_folder)
    one_time = {device.id: 2 for device in s.bob.devices}
    return _seal(s, hybrid.HybridEpoch(s.alice, s.bob, 1, None, one_time, os.urandom(16), nonce=os.urandom(16)), path)


def _seal(s, epoch, path):
    messages, before = [], bytes(32)
    for n, size in enumerate([0, 1, 129, 130, 131, 1000, 65536]):
        text = os.urandom(size // 2).hex() + "x" * (size % 2)
        place = (n, n + 1, before, os.urandom(16))
        plaintext = f.Plaintext(None, 1, NOW, 0, 0, f.view_start(s.conversation), text.encode())
        sealed = sealing.seal(epoch.header, epoch.name, epoch.secret, s.alice.identity, place, plaintext,
                              os.urandom(32))
        before = sealed["messageHash"]
        messages.append({"messageId": sealed["messageId"], "envelope": sealed["envelope"], "text": text})
    write(path, {"realm": REALM, "sender": s.alice.values(), "recipient": s.bob.values(), "lane": epoch.header.lane,
                 "header": epoch.data, "messages": messages})
    return 0

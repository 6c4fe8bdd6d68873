"""Section 9.4 of ENVELOPE.md: what epoch headers tell a new device of alice about bob."""

from . import formats as f
from . import opening
from .primitives import sha256
from .scenario import fixed
from .sealing import sign_header

VAULT_AT = 352


def cases(s, kind):
    """Headers of one suite, each with what it says or None; `kind` makes its epochs."""
    def epoch(sender, recipient, **changes):
        return kind(sender, recipient, 1, None, lane=fixed("own headers", 16), **{"vault": 7, "peer_serial": 3, **changes})

    own = epoch(s.alice, s.bob)
    altered = bytearray(own.data)
    altered[VAULT_AT + 7] ^= 1
    newer = own.data[:20] + b"\2" + own.data[21:]
    other_suite = own.header._replace(suite=3 - own.header.suite)
    said = {"recipient": own.header.recipient, "serial": 3, "hash": own.header.peer_bundle, "vault": 7,
            "suite": own.header.suite}
    elsewhere = epoch(s.alice, s.bob, conversation=f.conversation_id(own.header.realm, "alice", "carol"))
    runs = [
        ("alice's own header", own.data, said),
        ("a header that bob made", epoch(s.bob, s.alice).data, None),
        ("another vault version under the same signature", bytes(altered), None),
        ("signed by somebody else", sign_header(own.header, s.carol.identity), None),
        ("of another realm", epoch(s.alice, s.bob, realm=fixed("another realm", 16)).data, None),
        ("of another conversation", elsewhere.data, None),
        ("of another version", newer, None),
        ("with wraps of another suite than it names, which are not looked at",
         sign_header(other_suite, s.alice.identity), {**said, "suite": other_suite.suite}),
        ("on a bundle without a serial", epoch(s.alice, s.bob, peer_serial=0).data, None),
        ("with a byte behind its end", own.data + b"\0", None),
        ("no header at all", b"nothing", None)]
    given = [{"name": name, "epoch": sha256(data), "header": data, "says": says} for name, data, says in runs]
    return given + [{"name": "under another name", "epoch": fixed("another name"), "header": own.data, "says": None}]


def said(context, case):
    """What one of our own headers says, or None."""
    header = opening.own_header(context, bytes.fromhex(case["epoch"]), bytes.fromhex(case["header"]))
    return header and {"recipient": header.recipient.hex(), "serial": header.peer_serial,
                       "hash": header.peer_bundle.hex(), "vault": header.vault, "suite": header.suite}

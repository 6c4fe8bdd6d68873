"""Section 9 of ENVELOPE.md: the checks in their order, each with its finding."""

import hmac as constant_time
import os
from collections import namedtuple

from . import formats as f
from . import mlkem
from .primitives import acceptable, acceptable_rsa, fingerprint, gcm_open, hkdf, hmac, label, sha256, verifies
from .sealing import NONCE_0, chain_key, epoch_commitment, kek

POLICY = 65534  # the section that states an account's history policy
SUCCESSION = 65535  # the section with the word of the identity before

# own: our identity keys; pinned: the peer's; keys: our wrapping keys by id; kem: this device's ML-KEM keys by id;
# used: which epoch used which one-time key; since: the first serials of ours and of the peer's that list suite 2
Context = namedtuple("Context", "realm conversation self peer own pinned keys minimum_suite kem used since",
                     defaults=[{}, {}, None])
Frame = namedtuple("Frame", "sender id lane epoch")


class Found(Exception):
    """The first check that failed."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check(holds, code):
    if not holds:
        raise Found(code)


def open_message(context, frame, header_data, envelope_data):
    """The plaintext and the lane's head with the message, or Found."""
    try:
        envelope = f.read_envelope(envelope_data)
        header, secret = open_epoch(context, envelope.epoch, header_data)
        return _open(context, frame, header, secret, envelope)
    except f.Malformed:
        raise Found("MALFORMED") from None
    except f.Unsupported:
        raise Found("UNSUPPORTED") from None


def open_epoch(context, epoch, data):
    header = check_header(context, epoch, data)
    role = 2 if header.sender in context.own else 1
    if header.suite == 2:
        return header, _open_hybrid(context, header, role, epoch)
    wraps = [wrap for wrap in header.wraps if wrap.role == role and wrap.key_id in context.keys]
    check(wraps, "UNKNOWN_KEY")
    return header, _unwrap(header, wraps[0], context.keys[wraps[0].key_id])


def check_header(context, epoch, data):
    """The checks that need no private key."""
    check(data is not None and sha256(data) == epoch, "UNKNOWN_EPOCH")
    header = f.read_header(data)
    check(header.realm == context.realm and header.conversation == context.conversation, "MOVED")
    ours = header.sender in context.own
    check(ours or header.sender in context.pinned, "UNPINNED_IDENTITY")
    recipients = context.pinned if ours else context.own
    check(header.recipient in [fingerprint(key) for key in recipients], "MOVED")
    check(verifies(header.sender, "epoch signature", data[:-64], data[-64:]), "ALTERED")
    check(header.suite >= _lowest_suite(context, header, ours), "SUITE_BELOW_MINIMUM")
    check(header.suite in (1, 2), "UNSUPPORTED")
    (f.check_suite_2 if header.suite == 2 else f.check_suite_1)(header)
    return header


def open_given(context, frame, header_data, envelope_data, secret):
    """The same with an epoch secret that somebody gives; without one, what the outside tells and no plaintext."""
    try:
        envelope = f.read_envelope(envelope_data)
        header = check_header(context, envelope.epoch, header_data)
        if secret is None:
            return None, _look(context, frame, header, envelope)
        check(constant_time.compare_digest(epoch_commitment(secret), header.commitment), "EPOCH_INCONSISTENT")
        return _open(context, frame, header, secret, envelope)
    except f.Malformed:
        raise Found("MALFORMED") from None
    except f.Unsupported:
        raise Found("UNSUPPORTED") from None


def own_header(context, epoch, data):
    """The header, if one of our identities made it for this conversation (section 9.4), or None."""
    try:
        header = f.read_header(data)
    except (f.Malformed, f.Unsupported):
        return None
    ours = (header.realm == context.realm and header.conversation == context.conversation
            and header.sender in context.own and header.peer_serial > 0)
    signed = ours and sha256(data) == epoch and verifies(header.sender, "epoch signature", data[:-64], data[-64:])
    return header if signed else None


def _unwrap(header, wrap, key):
    ct = wrap.ct if wrap.shared == 255 else header.shared[wrap.shared]
    check(key.may_open(ct), "EPOCH_UNOPENED")
    ss = key.unwrap(ct)
    if ss is None or len(ss) != 32:
        ss = os.urandom(32)
    return _unseal(header, wrap, kek(ss, header, wrap.role, wrap.key_id, sha256(key.info), ct))


def _lowest_suite(context, header, ours):
    serials = (header.own_serial, header.peer_serial) if ours else (header.peer_serial, header.own_serial)
    covered = context.since and all(serial >= first for serial, first in zip(serials, context.since))
    return max(context.minimum_suite, 2 if covered else 1)


def _open_hybrid(context, header, role, epoch):
    wraps = [wrap for wrap in header.wraps if wrap.role == role]
    check(all(context.used.get(wrap.key_id, epoch) == epoch for wrap in wraps), "ONE_TIME_REUSED")
    fits = [wrap for wrap in wraps if wrap.key_id in context.kem and f.halves(header, wrap)[0] in context.keys]
    check(fits, "UNKNOWN_KEY")
    rsa_id, rsa_ct, kem_ct = f.halves(header, fits[0])
    rsa, kem = context.keys[rsa_id], context.kem[fits[0].key_id]
    check(rsa.may_open(rsa_ct), "EPOCH_UNOPENED")
    rsa_ss = rsa.unwrap(rsa_ct)
    if rsa_ss is None or len(rsa_ss) != 32:
        rsa_ss = os.urandom(32)
    ss, key_hash = rsa_ss + kem.decapsulate(kem_ct), sha256(rsa.info, kem.info)
    return _unseal(header, fits[0], kek(ss, header, role, kem.key_id, key_hash, rsa_ct + kem_ct))


def _unseal(header, wrap, derived):
    secret = gcm_open(derived, NONCE_0, b"", wrap.sealed)
    check(secret is not None, "EPOCH_UNOPENED")
    check(constant_time.compare_digest(epoch_commitment(secret), header.commitment), "EPOCH_INCONSISTENT")
    return secret


def _open(context, frame, header, secret, envelope):
    check(envelope.lane == header.lane, "ALTERED")
    additional = f.aad(header, fingerprint(header.sender), envelope)
    mk = hmac(chain_key(secret, envelope.epoch, envelope.n), b"\1")
    derived = hkdf(mk, label("message keys") + sha256(additional), 76, envelope.hedge)
    check(constant_time.compare_digest(derived[44:], envelope.commitment), "ALTERED")
    padded = gcm_open(derived[:32], derived[32:44], additional, envelope.ciphertext)
    check(padded is not None, "ALTERED")
    plaintext = f.read_plaintext(padded)
    signed = additional + envelope.commitment + f.content_hash(plaintext)
    check(verifies(header.sender, "message signature", signed, plaintext.signature), "ALTERED")
    return plaintext, _look(context, frame, header, envelope)


def _look(context, frame, header, envelope):
    check(envelope.lane == header.lane, "ALTERED")
    ours = header.sender in context.own
    check(not ours or frame.sender != context.peer, "REFLECTED")
    check(frame.sender == (context.self if ours else context.peer), "RE_ATTRIBUTED")
    check((frame.id, frame.lane, frame.epoch) == (envelope.id, envelope.lane, envelope.epoch), "ALTERED")
    additional = f.aad(header, fingerprint(header.sender), envelope)
    return f.Head(envelope.lane, header.ordinal, envelope.epoch, envelope.n, envelope.number, envelope.id,
                  f.message_hash(additional, envelope))


def open_bundle(data, realm, user):
    """Why a key bundle is refused, or None (section 5)."""
    try:
        return _bundle_defect(data, realm, user)
    except f.Malformed:
        return "MALFORMED"


def succession(data, realm):
    """Which identity gave way to that of a bundle without a defect, by its own signature, or None (section 5.2)."""
    reader = f.Reader(data[22:])
    fields = reader.raw(16), f.name(reader.name()), reader.raw(32)
    content = _bundle_rest(reader)[1].get((SUCCESSION, bytes(16)), b"")
    before, time, signature = content[:32], content[32:40], content[40:]
    said = len(content) == 104 and verifies(before, "succession", realm + fields[1] + fields[2] + time, signature)
    return before if said else None


def _bundle_defect(data, realm, user):
    reader = f.Reader(data, 32768)
    f.require(reader.raw(21) == label("bundle hash"))
    if reader.number(1) != 1:
        return "NEWER_VERSION"
    its_realm, its_user, identity = reader.raw(16), reader.name(), reader.raw(32)
    if not acceptable(identity):
        return "WEAK_IDENTITY"
    suites, sections = _bundle_rest(reader)
    if its_realm != realm:
        return "WRONG_REALM"
    if its_user != user:
        return "WRONG_NAME"
    if not verifies(identity, "bundle signature", data[:-64], data[-64:]):
        return "BAD_SIGNATURE"
    if 1 not in suites or (1, bytes(16)) not in sections:
        return "NO_KNOWN_KEY"
    if not acceptable_rsa(sections[1, bytes(16)]):
        return "WEAK_KEY"
    defect = _hybrid_defect(sections) if 2 in suites else None
    if defect is None and (POLICY, bytes(16)) in sections:
        _policy(sections[POLICY, bytes(16)])
    return defect


def history_policy(data):
    """After how many seconds the account of a checked bundle forgets, 0 = never (section 5.3)."""
    reader = f.Reader(data, 32768)
    f.require(reader.raw(21) == label("bundle hash") and reader.number(1) == 1)
    for skip in (lambda: reader.raw(16), reader.name, lambda: reader.raw(32)):
        skip()
    content = _bundle_rest(reader)[1].get((POLICY, bytes(16)))
    return _policy(content) if content is not None else 0


def _policy(content):
    f.require(len(content) == 4 and any(content))
    return int.from_bytes(content, "big")


def _hybrid_defect(sections):
    devices = [device for suite, device in sections if suite == 2]
    if not devices:
        return "NO_KNOWN_KEY"
    if len(devices) > 8 or bytes(16) in devices:
        return "MALFORMED"
    fine = all(acceptable_rsa(sections.get((1, device), sections[1, bytes(16)]))
               and mlkem.acceptable(sections[2, device]) for device in devices)
    return None if fine else "WEAK_KEY"


def open_one_time_key(data, realm, user, identity, device):
    """Why a one-time key is refused that was asked for, or None (section 5.1)."""
    try:
        return _one_time_defect(data, realm, user, identity, device)
    except f.Malformed:
        return "MALFORMED"


def _one_time_defect(data, realm, user, identity, device):
    reader = f.Reader(data, 8448)
    f.require(reader.raw(22) == label("one time key"))
    if reader.number(1) != 1:
        return "NEWER_VERSION"
    suite, its_realm, its_user, its_identity = reader.number(2), reader.raw(16), reader.name(), reader.raw(32)
    if not acceptable(its_identity):
        return "WEAK_IDENTITY"
    its_device, number, key = reader.raw(16), reader.number(8), reader.lp(8192)
    reader.raw(64)
    reader.end()
    f.require(number >= 1 and any(its_device))
    return next((defect for holds, defect in (
        (its_realm == realm, "WRONG_REALM"), (its_user == user, "WRONG_NAME"), (its_device == device, "WRONG_DEVICE"),
        (its_identity == identity, "IDENTITY_CHANGED"),
        (verifies(its_identity, "one time key signature", data[:-64], data[-64:]), "BAD_SIGNATURE"),
        (suite == 2, "NO_KNOWN_KEY"), (mlkem.acceptable(key), "WEAK_KEY")) if not holds), None)


def _bundle_rest(reader):
    serial, predecessor = reader.number(8), reader.raw(32)
    f.require(serial >= 1 and any(predecessor) == (serial > 1))
    not_before, not_after = reader.time(), reader.time()
    f.require(not_before < not_after)
    suites = [reader.number(2) for _ in range(reader.number(1))]
    f.require(1 <= len(suites) <= 16 and suites == sorted(set(suites)) and suites[0] > 0)
    sections = [((reader.number(2), reader.raw(16)), reader.lp(8192)) for _ in range(reader.number(1))]
    keys = [key for key, _ in sections]
    f.require(len(keys) <= 64 and keys == sorted(set(keys)) and all(suite > 0 for suite, _ in keys))
    reader.raw(64)
    reader.end()
    return suites, dict(sections)

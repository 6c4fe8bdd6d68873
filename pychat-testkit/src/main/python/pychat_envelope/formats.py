"""Sections 3 to 8 of ENVELOPE.md: every structure, written and read."""

from collections import namedtuple

from .primitives import acceptable, label, sha256

LATEST = 253402300799999
NONE_HEAD = bytes(110)


class Malformed(Exception):
    """Not the one form that the structure can have."""


class Unsupported(Exception):
    """A version that is not known here."""


def u8(value):
    return value.to_bytes(1, "big")


def u16(value):
    return value.to_bytes(2, "big")


def u32(value):
    return value.to_bytes(4, "big")


def u64(value):
    return value.to_bytes(8, "big")


def lp(value):
    return u16(len(value)) + value


def name(value):
    return u8(len(value)) + value.encode("ascii")


class Reader:
    """Reads one structure; whatever is wrong is Malformed."""

    def __init__(self, data, limit=None):
        require(limit is None or len(data) <= limit)
        self.data, self.at = data, 0

    def raw(self, size):
        require(self.at + size <= len(self.data))
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        value = int.from_bytes(self.raw(size), "big")
        require(size < 8 or value < 2**63)
        return value

    def time(self):
        value = self.number(8)
        require(value <= LATEST)
        return value

    def lp(self, limit):
        size = self.number(2)
        require(size <= limit)
        return self.raw(size)

    def name(self):
        try:
            text = self.raw(self.number(1)).decode("ascii")
        except UnicodeDecodeError:
            raise Malformed from None
        alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789"
        require(2 <= len(text) <= 32 and text[0] in alphanumeric and not set(text) - set(alphanumeric + "._-"))
        return text

    def rest(self):
        return self.raw(len(self.data) - self.at)

    def end(self):
        require(self.at == len(self.data))


def require(holds):
    if not holds:
        raise Malformed


def conversation_id(realm, one, other):
    first, second = sorted((one, other))
    return sha256(label("conversation id"), realm, name(first), name(second))


# --- lane heads

Head = namedtuple("Head", "lane ordinal epoch n number id hash")


def write_head(head):
    if head is None:
        return NONE_HEAD
    return (head.lane + u32(head.ordinal) + head.epoch + u16(head.n) + u64(head.number) + head.id + head.hash)


def read_head(reader):
    data = reader.raw(110)
    if data == NONE_HEAD:
        return None
    fields = Reader(data)
    head = Head(fields.raw(16), fields.number(4), fields.raw(32), fields.number(2), fields.number(8),
                fields.raw(16), fields.raw(32))
    require(any(head.lane) and 1 <= head.ordinal < 2**31 and head.n <= 255 and head.number >= 1 and any(head.id))
    return head


# --- key bundles

Bundle = namedtuple("Bundle", "realm user identity serial predecessor not_before not_after suites sections")


def write_bundle(bundle):
    """Everything before the signature."""
    suites = b"".join(u16(suite) for suite in bundle.suites)
    sections = b"".join(u16(suite) + device + lp(key) for suite, device, key in bundle.sections)
    return (label("bundle hash") + u8(1) + bundle.realm + name(bundle.user) + bundle.identity + u64(bundle.serial)
            + bundle.predecessor + u64(bundle.not_before) + u64(bundle.not_after)
            + u8(len(bundle.suites)) + suites + u8(len(bundle.sections)) + sections)


# --- epoch headers

Header = namedtuple("Header", "suite realm conversation sender recipient lane ordinal previous nonce made own_serial "
                              "peer_serial peer_bundle fetched vault own_policy peer_policy commitment shared wraps")
Wrap = namedtuple("Wrap", "role device key_id shared ct sealed")


def write_header(header):
    """Everything before the signature."""
    shared = b"".join(lp(ct) for ct in header.shared)
    wraps = b"".join(u8(w.role) + w.device + w.key_id + u8(w.shared) + lp(w.ct) + lp(w.sealed) for w in header.wraps)
    return (label("epoch name") + u8(1) + u16(header.suite) + header.realm + header.conversation + header.sender
            + header.recipient + header.lane + u32(header.ordinal) + write_head(header.previous) + header.nonce
            + u64(header.made) + u64(header.own_serial) + u64(header.peer_serial) + header.peer_bundle
            + u64(header.fetched) + u64(header.vault) + u32(header.own_policy) + u32(header.peer_policy)
            + header.commitment + u8(len(header.shared)) + shared + u8(len(header.wraps)) + wraps)


def read_header(data):
    reader = Reader(data, 32768)
    require(reader.raw(20) == label("epoch name"))
    if reader.number(1) != 1:
        raise Unsupported
    header = Header(
        reader.number(2), reader.raw(16), reader.raw(32), reader.raw(32), reader.raw(32), reader.raw(16),
        reader.number(4), read_head(reader), reader.raw(16), reader.time(), reader.number(8), reader.number(8),
        reader.raw(32), reader.time(), reader.number(8), reader.number(4), reader.number(4), reader.raw(32),
        _read_shared(reader), _read_wraps(reader))
    reader.raw(64)
    reader.end()
    previous = header.previous
    require(any(header.lane) and 1 <= header.ordinal < 2**31)
    require(previous is None or previous.lane == header.lane and previous.ordinal < header.ordinal)
    _check_wraps(header)
    require(acceptable(header.sender))
    return header


def _read_shared(reader):
    count = reader.number(1)
    require(1 <= count <= 4)
    return [reader.lp(4096) for _ in range(count)]


def _read_wraps(reader):
    count = reader.number(1)
    require(1 <= count <= 16)
    wraps = []
    for _ in range(count):
        wrap = Wrap(reader.number(1), reader.raw(16), reader.raw(32), reader.number(1), reader.lp(4096),
                    reader.lp(1024))
        require(wrap.role in (1, 2))
        wraps.append(wrap)
    return wraps


def _check_wraps(header):
    seats = {(wrap.role, wrap.device, wrap.key_id) for wrap in header.wraps}
    named = {wrap.shared for wrap in header.wraps} - {255}
    require(len(seats) == len(header.wraps) and named == set(range(len(header.shared))))


def check_suite_1(header):
    named = [wrap.shared for wrap in header.wraps if wrap.shared != 255]
    require(len(named) == len(set(named)))
    require(all((wrap.shared == 255) == (wrap.ct != b"") and len(wrap.sealed) == 48 for wrap in header.wraps))


def check_suite_2(header):
    require(all(416 <= len(rsa) <= 544 for rsa in header.shared))
    for wrap in header.wraps:
        rest = len(wrap.ct) - 1088
        require(rest == 0 if wrap.shared != 255 else 416 <= rest <= 544)
        require(any(wrap.device) and len(wrap.sealed) == 48)
    require(len({wrap.key_id for wrap in header.wraps}) == len(header.wraps))
    require(all(sum(wrap.role == role for wrap in header.wraps) <= 8 for role in (1, 2)))


def halves(header, wrap):
    """Key id and ciphertext of a wrap's RSA half, and the ML-KEM ciphertext."""
    rsa = header.shared[wrap.shared] if wrap.shared != 255 else wrap.ct[:-1088]
    return rsa[:32], rsa[32:], wrap.ct[-1088:]


# --- one-time keys

OneTimeKey = namedtuple("OneTimeKey", "suite realm user identity device number key")


def write_one_time_key(key):
    """Everything before the signature."""
    return (label("one time key") + u8(1) + u16(key.suite) + key.realm + name(key.user) + key.identity + key.device
            + u64(key.number) + lp(key.key))


# --- messages

Envelope = namedtuple("Envelope", "epoch n lane number before id hedge commitment ciphertext")
Plaintext = namedtuple("Plaintext", "signature type time read_up_to view_position view_hash body")


def aad(header, sender_fingerprint, envelope):
    return (label("message aad") + u8(1) + u16(header.suite) + header.realm + header.conversation
            + sender_fingerprint + header.recipient + envelope.epoch + u16(envelope.n) + envelope.lane
            + u64(envelope.number) + envelope.before + envelope.id)


def message_hash(additional, envelope):
    return sha256(label("message hash"), additional, envelope.hedge, envelope.commitment, envelope.ciphertext)


def write_envelope(envelope):
    return (label("envelope") + envelope.epoch + u16(envelope.n) + envelope.lane + u64(envelope.number)
            + envelope.before + envelope.id + envelope.hedge + envelope.commitment + envelope.ciphertext)


def read_envelope(data):
    reader = Reader(data, 67772)
    require(reader.raw(18) == label("envelope"))
    envelope = Envelope(reader.raw(32), reader.number(2), reader.raw(16), reader.number(8), reader.raw(32),
                        reader.raw(16), reader.raw(16), reader.raw(32), reader.rest())
    require(envelope.n <= 255 and any(envelope.lane) and any(envelope.id) and envelope.number >= 1)
    size = len(envelope.ciphertext) - 16
    require(size >= 256 and padded_length(size) == size)
    return envelope


def padded_length(length):
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return max(256, -(-length // step) * step)


def signed_fields(plaintext):
    """All fields between signature and padding."""
    return (u16(plaintext.type) + u64(plaintext.time) + u64(plaintext.read_up_to) + u64(plaintext.view_position)
            + plaintext.view_hash + u32(len(plaintext.body)) + plaintext.body)


def content_hash(plaintext):
    return sha256(label("message content"), signed_fields(plaintext))


def write_plaintext(plaintext):
    data = plaintext.signature + signed_fields(plaintext)
    return data + bytes(padded_length(len(data)) - len(data))


def read_plaintext(data):
    reader = Reader(data)
    signature, kind, time = reader.raw(64), reader.number(2), reader.time()
    read_up_to, view_position, view_hash = reader.number(8), reader.number(8), reader.raw(32)
    size = reader.number(4)
    require(kind >= 1 and size <= 65536)
    body = reader.raw(size)
    require(padded_length(reader.at) == len(data) and not any(reader.rest()))
    if kind == 1:
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            raise Malformed from None
    return Plaintext(signature, kind, time, read_up_to, view_position, view_hash, body)


# --- views

def view_start(conversation):
    return sha256(label("view start"), conversation)


def view_step(before, position, message_id, envelope):
    return view_step_of(before, position, message_id, sha256(envelope))


def view_step_of(before, position, message_id, envelope_hash):
    return sha256(label("view step"), before, u64(position), message_id, envelope_hash)

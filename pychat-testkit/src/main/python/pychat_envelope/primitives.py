"""Section 1 of ENVELOPE.md: hashes, key derivation, AES-GCM, RSA-OAEP and Ed25519 with its key checks."""

import functools
import hashlib
import hmac as _hmac

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding, NoEncryption, PrivateFormat, PublicFormat, load_der_private_key, load_der_public_key)

from . import mlkem

KEM_INFO = bytes.fromhex("308204b2300b0609608648016503040402038204a100")


def label(text):
    return b"pychat/1 " + text.encode("ascii") + b"\0"


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hmac(key, *parts):
    return _hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def hkdf_expand(key, info, size):
    output, block, counter = b"", b"", 1
    while len(output) < size:
        block = hmac(key, block, info, bytes([counter]))
        output += block
        counter += 1
    return output[:size]


def hkdf(secret, info, size, salt=b""):
    return hkdf_expand(hmac(salt or bytes(32), secret), info, size)


def gcm_seal(key, nonce, aad, plaintext):
    return AESGCM(key).encrypt(nonce, plaintext, aad or None)


def gcm_open(key, nonce, aad, ciphertext):
    """The plaintext, or None."""
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, aad or None)
    except InvalidTag:
        return None


class Identity:
    """An Ed25519 key pair from its 32-byte seed."""

    def __init__(self, seed):
        self.seed = seed
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.key = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, what, message):
        return self._private.sign(label(what) + message)


def fingerprint(identity_key):
    return sha256(bytes.fromhex("302a300506032b6570032100") + identity_key)


def verifies(identity_key, what, message, signature):
    if len(signature) != 64 or not acceptable(identity_key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(identity_key).verify(signature, label(what) + message)
        return True
    except InvalidSignature:
        return False


# The curve -x^2 + y^2 = 1 + d x^2 y^2 over p; points in plain coordinates, which is slow and short.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def decode_point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x), y


def encode_point(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, P - 2, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - product, P - 2, P) % P
    return x, y


def times(scalar, point):
    result = (0, 1)
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


@functools.lru_cache(maxsize=None)
def acceptable(identity_key):
    """Whether an Ed25519 public key may be used: canonical, on the curve, of prime order."""
    if len(identity_key) != 32:
        return False
    point = decode_point(identity_key)
    return point is not None and point != (0, 1) and times(L, point) == (0, 1)


class WrappingKey:
    """An RSA key pair from its PKCS #8 DER, with a count of private operations."""

    def __init__(self, pkcs8):
        private = load_der_private_key(pkcs8, None)
        numbers = private.private_numbers()
        self.pkcs8 = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.info = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.key_id = sha256(self.info)
        self.modulus, self._exponent = numbers.public_numbers.n, numbers.d
        self.size = (self.modulus.bit_length() + 7) // 8
        self.private_operations = 0

    def wrap(self, secret, seed, mgf="sha256"):
        return oaep_wrap(self.modulus, self.size, secret, seed, mgf)

    def may_open(self, ct):
        return len(ct) == self.size and int.from_bytes(ct, "big") < self.modulus

    def unwrap(self, ct):
        """The secret, or None."""
        self.private_operations += 1
        block = pow(int.from_bytes(ct, "big"), self._exponent, self.modulus).to_bytes(self.size, "big")
        return _oaep_decode(block)


class KemKey:
    """An ML-KEM key pair from its 64-byte seed, with a count of private operations."""

    def __init__(self, seed):
        self._pair = mlkem.KeyPair(seed)
        self.seed, self.key = seed, self._pair.ek
        self.info = KEM_INFO + self.key
        self.key_id = sha256(self.info)
        self.private_operations = 0

    def decapsulate(self, ct):
        self.private_operations += 1
        return self._pair.decapsulate(ct)


@functools.lru_cache(maxsize=None)
def acceptable_rsa(info):
    """Whether the SubjectPublicKeyInfo of a wrapping key may be used."""
    try:
        key = load_der_public_key(info)
        numbers, again = key.public_numbers(), key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (ValueError, TypeError, AttributeError):
        return False
    modulus, small = getattr(numbers, "n", 0), (prime for prime in range(3, 65536, 2))
    return (again == info and 3072 <= modulus.bit_length() <= 4096 and modulus % 2 == 1 and numbers.e == 65537
            and all(modulus % prime for prime in small))


def _mgf1(seed, size, algorithm="sha256"):
    output, counter = b"", 0
    while len(output) < size:
        output += hashlib.new(algorithm, seed + counter.to_bytes(4, "big")).digest()
        counter += 1
    return output[:size]


def _xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def oaep_wrap(modulus, size, secret, seed, mgf="sha256"):
    data = sha256() + bytes(size - len(secret) - 66) + b"\1" + secret
    masked_data = _xor(data, _mgf1(seed, len(data), mgf))
    masked_seed = _xor(seed, _mgf1(masked_data, 32, mgf))
    block = int.from_bytes(masked_seed + masked_data, "big")
    return pow(block, 65537, modulus).to_bytes(size, "big")


def _oaep_decode(block):
    seed = _xor(block[1:33], _mgf1(block[33:], 32))
    data = _xor(block[33:], _mgf1(seed, len(block) - 33))
    rest = data[32:].lstrip(b"\0")
    if block[0] or data[:32] != sha256() or rest[:1] != b"\1":
        return None
    return rest[1:]

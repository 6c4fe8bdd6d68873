"""ML-KEM-768, written from FIPS 203 for these tests. Slow, not constant-time, and not for use with anybody's secrets."""

import hashlib

Q, K, DU, DV = 3329, 3, 10, 4
KEY_SIZE, CIPHERTEXT_SIZE = 1184, 1088


def _reversed7(i):
    return int("{:07b}".format(i)[::-1], 2)


ZETAS = [pow(17, _reversed7(i), Q) for i in range(128)]
GAMMAS = [pow(17, 2 * _reversed7(i) + 1, Q) for i in range(128)]


def _g(data):
    digest = hashlib.sha3_512(data).digest()
    return digest[:32], digest[32:]


def _h(data):
    return hashlib.sha3_256(data).digest()


def _j(data):
    return hashlib.shake_256(data).digest(32)


# --- section 4.2.1: numbers and bytes

def _encode(values, bits):
    total = sum(value << bits * i for i, value in enumerate(values))
    return total.to_bytes(32 * bits, "little")


def _decode(data, bits):
    total, mask = int.from_bytes(data, "little"), (1 << bits) - 1
    return [total >> bits * i & mask for i in range(256)]


def _compress(values, bits):
    return [((value << bits) + Q // 2) // Q % (1 << bits) for value in values]


def _decompress(values, bits):
    return [(value * Q + (1 << bits - 1)) >> bits for value in values]


# --- section 4.2.2: sampling

def _sample_ntt(seed):
    size = 1024
    while True:
        stream, values = hashlib.shake_128(seed).digest(size), []
        for i in range(0, size - 2, 3):
            a, b, c = stream[i:i + 3]
            values += [value for value in (a + 256 * (b % 16), b // 16 + 16 * c) if value < Q]
        if len(values) >= 256:
            return values[:256]
        size *= 2


def _sample_cbd(seed, number):
    bits = int.from_bytes(hashlib.shake_256(seed + bytes([number])).digest(128), "little")
    return [((bits >> 4 * i & 1) + (bits >> 4 * i + 1 & 1) - (bits >> 4 * i + 2 & 1) - (bits >> 4 * i + 3 & 1)) % Q
            for i in range(256)]


def _samples(seed, first):
    return [_sample_cbd(seed, first + i) for i in range(K)]


# --- section 4.3: the number-theoretic transform

def _ntt(f):
    f, i, length = list(f), 1, 128
    while length >= 2:
        for start in range(0, 256, 2 * length):
            zeta = ZETAS[i]
            i += 1
            for j in range(start, start + length):
                t = zeta * f[j + length] % Q
                f[j + length], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
        length //= 2
    return f


def _ntt_inverse(f):
    f, i, length = list(f), 127, 2
    while length <= 128:
        for start in range(0, 256, 2 * length):
            zeta = ZETAS[i]
            i -= 1
            for j in range(start, start + length):
                t = f[j]
                f[j], f[j + length] = (t + f[j + length]) % Q, zeta * (f[j + length] - t) % Q
        length *= 2
    return [value * 3303 % Q for value in f]


def _times(f, g):
    h = []
    for i, gamma in enumerate(GAMMAS):
        a, b, c, d = f[2 * i], f[2 * i + 1], g[2 * i], g[2 * i + 1]
        h += [(a * c + b * d * gamma) % Q, (a * d + b * c) % Q]
    return h


def _add(f, g):
    return [(a + b) % Q for a, b in zip(f, g)]


def _product(row, column):
    total = [0] * 256
    for f, g in zip(row, column):
        total = _add(total, _times(f, g))
    return total


def _matrix(rho):
    return [[_sample_ntt(rho + bytes([j, i])) for j in range(K)] for i in range(K)]


# --- section 5: K-PKE

def _pke_encrypt(ek, m, r):
    t = [_decode(ek[384 * i:384 * i + 384], 12) for i in range(K)]
    matrix = _matrix(ek[384 * K:])
    y = [_ntt(each) for each in _samples(r, 0)]
    e1, e2 = _samples(r, K), _sample_cbd(r, 2 * K)
    u = [_add(_ntt_inverse(_product([matrix[j][i] for j in range(K)], y)), e1[i]) for i in range(K)]
    v = _add(_add(_ntt_inverse(_product(t, y)), e2), _decompress(_decode(m, 1), 1))
    return b"".join(_encode(_compress(each, DU), DU) for each in u) + _encode(_compress(v, DV), DV)


def _pke_decrypt(s, c):
    size = 32 * DU
    u = [_ntt(_decompress(_decode(c[size * i:size * i + size], DU), DU)) for i in range(K)]
    v = _decompress(_decode(c[size * K:], DV), DV)
    w = [(a - b) % Q for a, b in zip(v, _ntt_inverse(_product(s, u)))]
    return _encode(_compress(w, 1), 1)


# --- sections 6 and 7: the key-encapsulation mechanism

def acceptable(ek):
    """The checks of section 7.2."""
    return len(ek) == KEY_SIZE and all(
        value < Q for i in range(K) for value in _decode(ek[384 * i:384 * i + 384], 12))


class KeyPair:
    """A key pair from its seed d | z."""

    def __init__(self, seed):
        assert len(seed) == 64
        self.seed = seed
        rho, sigma = _g(seed[:32] + bytes([K]))
        matrix = _matrix(rho)
        self._s = [_ntt(each) for each in _samples(sigma, 0)]
        e = [_ntt(each) for each in _samples(sigma, K)]
        t = [_add(_product(matrix[i], self._s), e[i]) for i in range(K)]
        self.ek = b"".join(_encode(each, 12) for each in t) + rho

    @property
    def dk(self):
        """The expanded form of section 7.1."""
        return b"".join(_encode(each, 12) for each in self._s) + self.ek + _h(self.ek) + self.seed[32:]

    def decapsulate(self, c):
        assert len(c) == CIPHERTEXT_SIZE
        m = _pke_decrypt(self._s, c)
        key, r = _g(m + _h(self.ek))
        return key if _pke_encrypt(self.ek, m, r) == c else _j(self.seed[32:] + c)


def encapsulate(ek, m):
    """The shared secret and the ciphertext that follow from 32 random bytes."""
    key, r = _g(m + _h(ek))
    return key, _pke_encrypt(ek, m, r)

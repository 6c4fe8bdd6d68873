"""Checks our ML-KEM-768 with the vectors of Project Wycheproof."""

import json
import os
import sys

from . import mlkem


def _vectors(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as source:
        for group in json.load(source)["testGroups"]:
            yield from group["tests"]


def _generate(seed):
    return mlkem.KeyPair(seed) if len(seed) == 64 else None


def _encapsulate(vector):
    ek = bytes.fromhex(vector["ek"])
    if not mlkem.acceptable(ek):
        return None
    key, c = mlkem.encapsulate(ek, bytes.fromhex(vector["m"]))
    return key.hex(), c.hex()


def _decapsulate(vector):
    pair, c = _generate(bytes.fromhex(vector["seed"])), bytes.fromhex(vector["c"])
    if pair is None or len(c) != mlkem.CIPHERTEXT_SIZE:
        return None
    return pair.ek.hex(), pair.decapsulate(c).hex()


def _keys(vector):
    pair = _generate(bytes.fromhex(vector["seed"]))
    return pair and (pair.ek.hex(), pair.dk.hex())


FILES = [("mlkem_768_keygen_seed_test.json", _keys, ("ek", "dk")),
         ("mlkem_768_encaps_test.json", _encapsulate, ("K", "c")),
         ("mlkem_768_test.json", _decapsulate, ("ek", "K"))]


def check(folder):
    count = 0
    for name, compute, fields in FILES:
        for vector in _vectors(folder, name):
            valid = vector["result"] == "valid"
            expected = tuple(vector[field] for field in fields) if valid else None
            if compute(vector) != expected:
                print("%s, vector %s does not hold" % (name, vector["tcId"]), file=sys.stderr)
                return 1
            count += 1
    print("%d vectors of ML-KEM-768 hold" % count)
    return 0 if count else 1

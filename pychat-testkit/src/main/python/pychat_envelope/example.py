"""Writes section 15 of ENVELOPE.md: one worked example with the vectors' bytes."""

import json
import textwrap

PARTS = [
    ("The two users and their keys", [
        ("realm", "realm"), ("conversation id", "conversation"),
        ("alice's identity, seed", "parties.0.identitySeed"), ("alice's identity key", "parties.0.identity"),
        ("alice's fingerprint", "parties.0.fingerprint"), ("alice's key id", "parties.0.keyId"),
        ("bob's identity key", "parties.1.identity"), ("bob's fingerprint", "parties.1.fingerprint"),
        ("bob's wrapping key", "parties.1.wrappingKey"), ("bob's key id", "parties.1.keyId"),
        ("bob's key bundle", "parties.1.bundle"), ("its hash", "parties.1.bundleHash")]),
    ("Alice begins the first epoch of a lane", [
        ("lane", "epochs.0.lane"), ("nonce", "epochs.0.nonce"), ("epoch secret", "epochs.0.secret"),
        ("commitment", "epochs.0.commitment"), ("ss for bob", "epochs.0.recipientWrap.ss"),
        ("OAEP seed", "epochs.0.recipientWrap.oaepSeed"), ("ct", "epochs.0.recipientWrap.ct"),
        ("KEK", "epochs.0.recipientWrap.kek"), ("sealed", "epochs.0.recipientWrap.sealed"),
        ("header", "epochs.0.header"), ("its name", "epochs.0.name")]),
    ("and seals the first message", [
        ("message id", "messages.0.messageId"), ("ck_0", "messages.0.chainKey"), ("mk_0", "messages.0.messageKey"),
        ("random bytes", "messages.0.fresh"), ("SHA-256(P0)", "messages.0.unsignedPlaintextHash"),
        ("hedge", "messages.0.hedge"), ("AAD", "messages.0.aad"), ("SHA-256(AAD)", "messages.0.aadHash"),
        ("key", "messages.0.key"), ("nonce of the message", "messages.0.nonce"),
        ("commitment of the message", "messages.0.commitment"), ("content hash", "messages.0.contentHash"),
        ("signature", "messages.0.signature"), ("P", "messages.0.plaintext"), ("C", "messages.0.ciphertext"),
        ("envelope", "messages.0.envelope"), ("SHA-256(envelope)", "messages.0.envelopeHash"),
        ("message hash", "messages.0.messageHash"), ("head after it", "messages.0.head")]),
    ("which both store at position 1", [("H(0)", "viewStart"), ("H(1)", "views.0.hash")])]


def lookup(vectors, path):
    for step in path.split("."):
        vectors = vectors[int(step)] if step.isdigit() else vectors[step]
    return vectors


def example(path):
    with open(path, encoding="utf-8") as source:
        vectors = json.load(source)
    print("The text is `%s`. All values stand in the vectors too, under the path in brackets.\n"
          % vectors["messages"][0]["text"])
    for title, values in PARTS:
        print(title + ":\n\n```")
        for name, where in values:
            print("%s [%s]" % (name, where))
            print(textwrap.fill(lookup(vectors, where), 112, initial_indent="    ", subsequent_indent="    "))
        print("```\n")
    return 0

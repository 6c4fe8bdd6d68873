"""Sections 6 and 7 of ENVELOPE.md, the sending side. Every random value is an argument; every intermediate one is returned."""

from . import formats as f
from .primitives import fingerprint, gcm_seal, hkdf, hkdf_expand, hmac, label, sha256

ACCOUNT = bytes(16)
NONCE_0 = bytes(12)


def epoch_commitment(secret):
    return hkdf_expand(secret, label("epoch commitment"), 32)


def kek(ss, header, role, key_id, key_hash, ct):
    info = (label("wrap kek") + f.u16(header.suite) + header.realm + header.conversation + fingerprint(header.sender)
            + header.recipient + f.u8(role) + key_id + key_hash + sha256(ct) + header.nonce)
    return hkdf(ss, info, 32)


def wrap(header, role, key, secret, ss, seed, shared, mgf="sha256"):
    """One wrap with its shared ciphertext, and the values in between."""
    ct = key.wrap(ss, seed, mgf)
    derived = kek(ss, header, role, key.key_id, key.key_id, ct)
    sealed = gcm_seal(derived, NONCE_0, b"", secret)
    values = {"ss": ss, "oaepSeed": seed, "ct": ct, "kek": derived, "sealed": sealed}
    return f.Wrap(role, ACCOUNT, key.key_id, shared, b"", sealed), ct, values


def sign_header(header, identity):
    unsigned = f.write_header(header)
    return unsigned + identity.sign("epoch signature", unsigned)


def sign_bundle(bundle, identity):
    unsigned = f.write_bundle(bundle)
    return unsigned + identity.sign("bundle signature", unsigned)


def chain_key(secret, epoch, n):
    key = hkdf_expand(secret, label("chain start") + epoch, 32)
    for _ in range(n):
        key = hmac(key, b"\2")
    return key


def seal(header, epoch, secret, identity, place, plaintext, fresh, edit=None):
    """Seals one message; `place` is (n, number, before, id), and `edit` may change the padded plaintext."""
    n, number, before, message_id = place
    ck = chain_key(secret, epoch, n)
    mk = hmac(ck, b"\1")
    unsigned = f.write_plaintext(plaintext._replace(signature=bytes(64)))
    hedge = hmac(mk, b"\3", fresh, sha256(unsigned))[:16]
    envelope = f.Envelope(epoch, n, header.lane, number, before, message_id, hedge, b"", b"")
    additional = f.aad(header, fingerprint(header.sender), envelope)
    derived = hkdf(mk, label("message keys") + sha256(additional), 76, hedge)
    key, nonce, commitment = derived[:32], derived[32:44], derived[44:]
    signed = additional + commitment + f.content_hash(plaintext)
    signature = plaintext.signature or identity.sign("message signature", signed)
    padded = f.write_plaintext(plaintext._replace(signature=signature))
    if edit is not None:
        padded = edit(padded)
    ciphertext = gcm_seal(key, nonce, additional, padded)
    envelope = envelope._replace(commitment=commitment, ciphertext=ciphertext)
    data = f.write_envelope(envelope)
    return {
        "n": n, "laneNumber": number, "messageId": message_id, "hashBefore": before, "chainKey": ck, "messageKey": mk,
        "unsignedPlaintext": unsigned, "unsignedPlaintextHash": sha256(unsigned), "fresh": fresh, "hedge": hedge,
        "aad": additional, "aadHash": sha256(additional), "key": key, "nonce": nonce, "commitment": commitment,
        "contentHash": f.content_hash(plaintext), "signedBytes": label("message signature") + signed,
        "signature": signature, "plaintext": padded, "ciphertext": ciphertext, "envelope": data,
        "envelopeHash": sha256(data), "messageHash": f.message_hash(additional, envelope)}

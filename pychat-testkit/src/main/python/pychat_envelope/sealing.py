"""Sections 6 and 7 of ENVELOPE.md, the sending side. Every random value is an argument; every intermediate one is returned."""

from . import formats as f
from . import mlkem
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


def hybrid_wrap(header, role, device, rsa, kem, secret, draws, shared):
    """One wrap of suite 2 and the values in between; `rsa` is (key, ss, ct), `draws` what the ML-KEM secret follows from."""
    rsa_key, rsa_ss, rsa_ct = rsa
    kem_ss, kem_ct = mlkem.encapsulate(kem.key, draws)
    key_hash, ct = sha256(rsa_key.info, kem.info), rsa_ct + kem_ct
    derived = kek(rsa_ss + kem_ss, header, role, kem.key_id, key_hash, ct)
    sealed = gcm_seal(derived, NONCE_0, b"", secret)
    values = {
        "role": role, "device": device, "keyId": kem.key_id, "rsaKeyId": rsa_key.key_id, "rsaSs": rsa_ss,
        "rsaCt": rsa_ct, "kemRandom": draws, "kemSs": kem_ss, "kemCt": kem_ct, "publicKeysHash": key_hash,
        "ctHash": sha256(ct), "kek": derived, "sealed": sealed}
    own = b"" if shared != 255 else rsa_key.key_id + rsa_ct
    return f.Wrap(role, device, kem.key_id, shared, own + kem_ct, sealed), values


def sign_one_time_key(key, identity):
    unsigned = f.write_one_time_key(key)
    return unsigned + identity.sign("one time key signature", unsigned)


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

/**
 * Cryptography that needs no secret of ours: hashing, HMAC and HKDF, checking Ed25519 signatures, checking public keys,
 * wrapping to an RSA or ML-KEM key, the labels, and the canonical binary form that everything hashed or signed is written in.
 *
 * <p>A server may use all of it. No private key, no password and no decryption lives here, and none ever may.
 */
@NullMarked
package dev.pychat.crypto.open;

import org.jspecify.annotations.NullMarked;

package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * The fixed labels that every hashed, signed, derived or sealed structure begins with. A label is ASCII text followed by one
 * zero byte; no text contains a zero, so no label is a prefix of another and nothing made for one purpose passes for
 * something made for another.
 *
 * <p>Immutable and thread-safe.
 */
public enum Label {
    /** Hash: the id of a conversation. */
    CONVERSATION_ID("pychat/1 conversation id"),
    /** Signature: a key bundle. */
    BUNDLE_SIGNATURE("pychat/1 bundle signature"),
    /** Signature: an identity says which one takes its place. */
    SUCCESSION("pychat/1 succession"),
    /** Hash: a key bundle, as its successor and epoch headers name it. */
    BUNDLE_HASH("pychat/1 bundle hash"),
    /** Hash: the iterated hash behind a safety number. */
    SAFETY_NUMBER("pychat/1 safety number"),
    /** The beginning of a one-time key. */
    ONE_TIME_KEY("pychat/1 one time key"),
    /** Signature: a one-time key. */
    ONE_TIME_KEY_SIGNATURE("pychat/1 one time key signature"),
    /** Signature: an epoch header. */
    EPOCH_SIGNATURE("pychat/1 epoch signature"),
    /** Hash: the name of an epoch header. */
    EPOCH_NAME("pychat/1 epoch name"),
    /** HKDF info: the key that encrypts an epoch secret to one recipient. */
    WRAP_KEK("pychat/1 wrap kek"),
    /** HKDF info: the commitment to an epoch secret. */
    EPOCH_COMMITMENT("pychat/1 epoch commitment"),
    /** HKDF info: the first chain key of an epoch. */
    CHAIN_START("pychat/1 chain start"),
    /** HKDF info: key, nonce and commitment of one message. */
    MESSAGE_KEYS("pychat/1 message keys"),
    /** Additional data of one message. */
    MESSAGE_AAD("pychat/1 message aad"),
    /** Hash: one message, as the next one in its lane names it. */
    MESSAGE_HASH("pychat/1 message hash"),
    /** Hash: the signed content of one message. */
    MESSAGE_CONTENT("pychat/1 message content"),
    /** Signature: one message. */
    MESSAGE_SIGNATURE("pychat/1 message signature"),
    /** Hash: an envelope, which begins with it. */
    ENVELOPE("pychat/1 envelope"),
    /** Hash: the view of an empty conversation. */
    VIEW_START("pychat/1 view start"),
    /** Hash: one step of a view. */
    VIEW_STEP("pychat/1 view step"),
    /** Hash: the Argon2id salt, bound to realm and name. */
    PASSWORD_SALT("pychat/1 password salt"),
    /** HKDF info: the login secret. */
    LOGIN_SECRET("pychat/1 login secret"),
    /** HKDF info: the vault key. */
    VAULT_KEY("pychat/1 vault key"),
    /** HKDF info: the vault key, with the recovery secret mixed in. */
    VAULT_KEY_RECOVERY("pychat/1 vault key with recovery secret"),
    /** Hash: the check of a recovery secret's text. */
    RECOVERY_SHEET("pychat/1 recovery sheet"),
    /** Box purpose: the recovery secret that a device keeps. */
    RECOVERY_SECRET("pychat/1 recovery secret"),
    /** HKDF info and additional data: a sealed box. */
    SEALED_BOX("pychat/1 sealed box"),
    /** Box purpose: the keyring of a device. */
    KEYRING("pychat/1 keyring"),
    /** Begins a document with a keyring and the recovery secret. */
    KEYRING_RECOVERY("pychat/1 keyring with recovery secret"),
    /** Begins a document with the keyrings before and after a change of the passphrase. */
    KEYRING_CHANGE("pychat/1 change of keyring"),
    /** Box purpose: a vault. */
    VAULT("pychat/1 vault"),
    /** Hash: a sealed vault, as its successor names it. */
    VAULT_HASH("pychat/1 vault hash"),
    /** Box purpose: a draft in the outbox. */
    DRAFT("pychat/1 draft"),
    /** Box purpose: an opened epoch secret that the device keeps. */
    EPOCH_CACHE("pychat/1 epoch cache"),
    /** Box purpose: an entry of the readable history that the device keeps. */
    HISTORY_ENTRY("pychat/1 history entry"),
    /** Box purpose: the transcript state of a conversation. */
    TRANSCRIPT("pychat/1 transcript"),
    /** Box purpose: the pin of a peer. */
    PIN("pychat/1 pin"),
    /** Box purpose: a resume token. */
    RESUME_TOKEN("pychat/1 resume token"),
    /** Box purpose: any other record of a device. */
    DEVICE_RECORD("pychat/1 device record"),
    /** Box purpose: a message of another device's history that a backup has brought here. */
    ARCHIVE_ENTRY("pychat/1 archive entry"),
    /** Begins a backup; box purpose: a part of one. */
    EXPORT("pychat/1 export"),
    /** Hash: the Argon2id salt of a backup. */
    EXPORT_SALT("pychat/1 export salt"),
    /** HKDF info: the key of a backup and its commitment. */
    EXPORT_KEY("pychat/1 export key"),
    /** The beginning of an evidence file. */
    EVIDENCE("pychat/1 evidence");

    private final String text;

    Label(String text) {
        this.text = text;
    }

    /**
     * The label as it stands in a structure.
     *
     * @return the ASCII bytes of the text, then one zero byte
     */
    public Bytes bytes() {
        return Bytes.adopt((text + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The label for people to read.
     *
     * @return the text without its terminator
     */
    public String text() {
        return text;
    }
}

package dev.pychat.audit;

import dev.pychat.key.BundleDefect;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import java.util.Optional;

/**
 * What an audit says of one key bundle of the file.
 *
 * <p>Immutable and thread-safe.
 *
 * @param hash the SHA-256 of the bundle
 * @param bundle what it says; empty if it is no bundle at all. Only that of one without a defect is to be believed
 * @param defect what does not hold about it
 * @param what the same as a sentence; empty without a defect
 * @param epochs how many epochs of the file were made with it
 */
public record AuditedBundle(
        Bytes hash, Optional<KeyBundle> bundle, Optional<BundleDefect> defect, String what, long epochs) {}

package dev.pychat.client;

import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import java.util.Optional;

/**
 * What this account holds of a peer's identity.
 *
 * <p>Immutable and thread-safe.
 *
 * @param fingerprint the accepted identity
 * @param safetyNumber the number that both people compare
 * @param verified whether the person has said that they are equal
 * @param change another identity that the server gives in its place, if it does
 * @param suite a weaker suite that its keys offer now, if they do
 */
public record PeerIdentity(
        Fingerprint fingerprint,
        SafetyNumber safetyNumber,
        boolean verified,
        Optional<IdentityChange> change,
        Optional<SuiteChange> suite) {}

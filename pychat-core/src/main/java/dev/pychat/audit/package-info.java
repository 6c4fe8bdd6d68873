/**
 * Evidence: a file with a conversation as it was received, and the audit of such a file without any server ({@code ENVELOPE.md},
 * section 16).
 *
 * <p>{@link dev.pychat.audit.EvidenceWriter} writes one, {@link dev.pychat.audit.Audit} says what holds, what does not, and what could
 * not be looked at. What is opened is opened by {@code dev.pychat.envelope}, as a client does it: no second judgement of envelopes may
 * ever come in here, and no private key.
 */
@NullMarked
package dev.pychat.audit;

import org.jspecify.annotations.NullMarked;

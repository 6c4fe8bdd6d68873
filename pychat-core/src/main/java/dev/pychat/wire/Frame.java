package dev.pychat.wire;

/**
 * One message of the protocol, in either direction. Every form of it is an immutable record; bytes in it may be slices of
 * the memory it was received in.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Frame permits ClientFrame, ServerFrame {}

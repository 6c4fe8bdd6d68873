package dev.pychat.envelope;

/** What became of looking at a message from outside: what its envelope says in clear, or the one finding that stopped it. */
public sealed interface MessageInspection permits SealedMessage, Finding {}

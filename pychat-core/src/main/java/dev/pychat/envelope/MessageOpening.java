package dev.pychat.envelope;

/** What became of opening a message: what it says, or the one finding that stopped it. */
public sealed interface MessageOpening permits OpenedMessage, Finding {}

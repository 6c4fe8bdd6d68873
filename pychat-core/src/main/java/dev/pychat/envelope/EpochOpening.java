package dev.pychat.envelope;

/** What became of opening an epoch header: the opened epoch, or the one finding that stopped it. */
public sealed interface EpochOpening permits OpenedEpoch, Finding {}

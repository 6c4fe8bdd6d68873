package dev.pychat.envelope;

/** What became of looking at an epoch header without a private key: the signed epoch, or the one finding that stopped it. */
public sealed interface EpochInspection permits SignedEpoch, Finding {}

package dev.pychat.client;

import dev.pychat.store.TranscriptEntry;

/** A message as this device holds it. Immutable. */
record KeptMessage(TranscriptEntry entry, HistoryRecord record) {}

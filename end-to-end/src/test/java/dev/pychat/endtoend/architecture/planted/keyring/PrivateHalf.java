package dev.pychat.endtoend.architecture.planted.keyring;

/** Stands for a private key. */
public record PrivateHalf(String secret) {}

package dev.pychat.endtoend.architecture.planted.internal;

/** Not for embedders. */
public record Detail(int size) {}

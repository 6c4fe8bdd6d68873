package dev.pychat.endtoend.architecture.planted.api;

/** Not visible outside of its package. */
class Hidden {}

/**
 * What every server store has to decide alike: which submission is appended, how unread messages are counted, which resume
 * token is good.
 *
 * <p>Nothing here does input or output, and nothing here is API: it serves the stores that pychat brings itself.
 */
@NullMarked
package dev.pychat.store.internal;

import org.jspecify.annotations.NullMarked;

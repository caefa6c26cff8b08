package org.stereo4d.backend;

/** An engine failed or is missing. The message names it and what to do. */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure without a cause. */
  public BackendException(String message) {
    super(message);
  }

  /** A failure that an engine reported. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.stereo4d.backend;

/** Whether a back end can be used. */
public sealed interface Availability {
  /**
   * It can.
   *
   * @param version of the engine
   */
  record Ready(String version) implements Availability {}

  /**
   * It cannot.
   *
   * @param reason what is missing and the Maven coordinates that add it
   */
  record Missing(String reason) implements Availability {}
}

package org.stereo4d.synthetic.scene;

import org.stereo4d.run.Check;

/**
 * What a face looks like and what it is.
 *
 * @param texture its colours
 * @param semanticClass index in the 150 classes of ADE20K, counted from 1; 0 is background
 */
public record Surface(Texture texture, int semanticClass) {
  /** Class of walls. */
  public static final int WALL = 1;

  /** Class of buildings. */
  public static final int BUILDING = 2;

  /** Class of the sky, which no surface has. */
  public static final int SKY = 3;

  /** Class of floors. */
  public static final int FLOOR = 4;

  /** Class of ceilings. */
  public static final int CEILING = 6;

  /** Class of cabinets. */
  public static final int CABINET = 11;

  /** Class of people. */
  public static final int PERSON = 13;

  /** Class of bare ground. */
  public static final int EARTH = 14;

  /** Class of tables. */
  public static final int TABLE = 16;

  /** Class of plants. */
  public static final int PLANT = 18;

  /** Class of water. */
  public static final int WATER = 22;

  /** Class of boxes. */
  public static final int BOX = 42;

  /** Class of balls. */
  public static final int BALL = 120;

  /** Checks the class. */
  public Surface {
    Check.that(
        semanticClass >= 0 && semanticClass <= 150,
        "semanticClass must be in 0..150, was %s",
        semanticClass);
  }
}

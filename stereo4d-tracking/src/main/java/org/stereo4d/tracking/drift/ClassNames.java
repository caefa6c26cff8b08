package org.stereo4d.tracking.drift;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * Names of the classes of a segmentation; the position in the list is the class.
 *
 * @param names at most 256, each unique
 */
public record ClassNames(List<String> names) {
  /** ADE20K with background first: 151 classes, short names of its authors. */
  public static final ClassNames ADE20K =
      new ClassNames(
          List.of(
              ("background,wall,building,sky,floor,tree,ceiling,road,bed,windowpane,grass,cabinet,"
                      + "sidewalk,person,earth,door,table,mountain,plant,curtain,chair,car,water,"
                      + "painting,sofa,shelf,house,sea,mirror,rug,field,armchair,seat,fence,desk,"
                      + "rock,wardrobe,lamp,bathtub,railing,cushion,base,box,column,signboard,"
                      + "chest of drawers,counter,sand,sink,skyscraper,fireplace,refrigerator,"
                      + "grandstand,path,stairs,runway,case,pool table,pillow,screen door,stairway,"
                      + "river,bridge,bookcase,blind,coffee table,toilet,flower,book,hill,bench,"
                      + "countertop,stove,palm,kitchen island,computer,swivel chair,boat,bar,"
                      + "arcade machine,hovel,bus,towel,light,truck,tower,chandelier,awning,"
                      + "streetlight,booth,television,airplane,dirt track,apparel,pole,land,"
                      + "bannister,escalator,ottoman,bottle,buffet,poster,stage,van,ship,fountain,"
                      + "conveyer belt,canopy,washer,plaything,swimming pool,stool,barrel,basket,"
                      + "waterfall,tent,bag,minibike,cradle,oven,ball,food,step,tank,trade name,"
                      + "microwave,pot,animal,bicycle,lake,dishwasher,screen,blanket,sculpture,hood,"
                      + "sconce,vase,traffic light,tray,ashcan,fan,pier,crt screen,plate,monitor,"
                      + "bulletin board,shower,radiator,glass,clock,flag")
                  .split(",")));

  /** Copies the list and checks it. */
  public ClassNames {
    names = List.copyOf(names);
    Check.that(names.size() <= 256, "there must be at most 256 classes, were %s", names.size());
    Check.that(
        names.stream().distinct().count() == names.size(), "names must differ, were %s", names);
  }

  /** Number of classes. */
  public int count() {
    return names.size();
  }

  /**
   * The class of a name.
   *
   * @throws IllegalArgumentException naming it, if there is no such class
   */
  public int classOf(String name) {
    int index = names.indexOf(name);
    Check.that(index >= 0, "there must be a class '%s' among %s", name, names);
    return index;
  }

  /** Flags of 256 classes that are set for the given names. */
  boolean[] flags(List<String> chosen) {
    boolean[] out = new boolean[256];
    for (String name : chosen) {
      out[classOf(name)] = true;
    }
    return out;
  }
}

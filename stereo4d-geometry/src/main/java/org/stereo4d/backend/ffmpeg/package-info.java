/**
 * Video through FFmpeg (JavaCV).
 *
 * <p>Pictures are converted with the matrix and range that the file states; a file that states none
 * is read as BT.601 below 720 rows and BT.709 from there. Files of 8 bits are written as BT.709,
 * limited range, and say so; those of 10 bits with the primaries and the transfer of the source and
 * the luma of BT.709 or BT.2020. Encoders, first that is present and can do the size: x264 (GPL
 * natives), Cisco openh264 (even sides, 4:2:0, at most 36 864 macroblocks), VP9; of 10 bits x265
 * (GPL natives), AV1 by libaom, which costs and saves about as much as SVT-AV1, but writes 4:4:4,
 * waits for no frames and prints no banner. The choice is logged once.
 */
@NullMarked
package org.stereo4d.backend.ffmpeg;

import org.jspecify.annotations.NullMarked;

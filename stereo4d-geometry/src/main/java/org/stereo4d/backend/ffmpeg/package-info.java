/**
 * Video through FFmpeg (JavaCV).
 *
 * <p>Pictures are converted with the matrix and range that the file states; a file that states none
 * is read as BT.601 below 720 rows and BT.709 from there. Files are written as BT.709, limited
 * range, and say so. Encoders, first that is present and can do the size: x264 (GPL natives), Cisco
 * openh264 (even sides, 4:2:0, at most 36 864 macroblocks), VP9. The choice is logged once.
 */
@NullMarked
package org.stereo4d.backend.ffmpeg;

import org.jspecify.annotations.NullMarked;

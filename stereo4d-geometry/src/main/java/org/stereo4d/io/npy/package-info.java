/**
 * NumPy arrays and archives of them.
 *
 * <p>{@link org.stereo4d.io.npy.NpzFile} opens an archive and gives one member at a time, decoded
 * straight into the primitive array asked for; {@link org.stereo4d.io.npy.NpyStream} gives a member
 * in pieces. Every numeric type, both byte orders, C and Fortran order, stored and deflated members
 * and zip64 are read. Object arrays hold pickles and are refused: nothing is ever executed.
 *
 * <p>In memory an array is always in C order (last index fastest). Files are written in C order,
 * little endian, with a fixed time stamp, so that the same arrays give the same bytes.
 *
 * <h2>Types</h2>
 *
 * <table>
 * <caption>How NumPy types are held</caption>
 * <tr><th>NumPy</th><th>{@link org.stereo4d.io.npy.NpyType}</th><th>Java array</th></tr>
 * <tr><td>?</td><td>BOOL</td><td>boolean[]</td></tr>
 * <tr><td>i1, u1</td><td>INT8, UINT8</td><td>byte[]</td></tr>
 * <tr><td>i2, u2</td><td>INT16, UINT16</td><td>short[]</td></tr>
 * <tr><td>i4, u4</td><td>INT32, UINT32</td><td>int[]</td></tr>
 * <tr><td>i8, u8</td><td>INT64, UINT64</td><td>long[]</td></tr>
 * <tr><td>f2, f4</td><td>FLOAT16, FLOAT32</td><td>float[]</td></tr>
 * <tr><td>f8</td><td>FLOAT64</td><td>double[]</td></tr>
 * <tr><td>c8, c16</td><td>COMPLEX64, COMPLEX128</td><td>float[], double[]: re, im, re, ...</td></tr>
 * <tr><td>S, U</td><td>BYTES, UNICODE</td><td>byte[] of fixed-width items, String[]</td></tr>
 * </table>
 */
@NullMarked
package org.stereo4d.io.npy;

import org.jspecify.annotations.NullMarked;

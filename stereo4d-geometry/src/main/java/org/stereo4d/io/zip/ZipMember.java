package org.stereo4d.io.zip;

/**
 * One file of an archive, as the central directory describes it.
 *
 * @param name path within the archive
 * @param stored true when the bytes are not compressed
 * @param compressedBytes size in the archive
 * @param bytes size when read
 * @param crc32 checksum of the bytes when read
 * @param headerOffset where the local header starts
 */
public record ZipMember(
    String name, boolean stored, long compressedBytes, long bytes, long crc32, long headerOffset) {}

/**
 * Pixels.
 *
 * <p>Images are interleaved row-major (H, W, C), RGB; {@link org.stereo4d.image.FloatImage} holds
 * values in [0, 1] unless a method says otherwise, {@link org.stereo4d.image.ByteImage} holds 0 to
 * 255. Continuous coordinates {@code xPx, yPx} put the top-left corner of the top-left pixel at (0,
 * 0), so its centre is (0.5, 0.5) and an array index is the floor. A crop is a view on the same
 * memory; {@code copy()} is the only copy.
 *
 * <h2>Metrics</h2>
 *
 * PSNR = 10 log10(1 / MSE) dB over values in [0, 1]. SSIM follows Wang et al., doi:10.1109/
 * TIP.2003.819861: Gaussian window of 11 x 11, sigma 1.5, K1 = 0.01, K2 = 0.03, mean over the
 * windows that lie wholly inside and over channels.
 *
 * <h2>Resizing</h2>
 *
 * {@link org.stereo4d.image.ResizeFilter} names the rules of the programs that are reproduced: the
 * interpolating filters and area means of OpenCV, the antialiased filters of Pillow and PyTorch.
 * Those libraries round 8-bit intermediate rows or weights; here arithmetic is float and a result
 * is rounded once, so 8-bit results may differ by one level.
 */
@NullMarked
package org.stereo4d.image;

import org.jspecify.annotations.NullMarked;

/**
 * 3D video loops from asynchronous videos.
 *
 * <p>Still cameras film a scene whose motion repeats in kind but not in phase: water, flames,
 * leaves. The result is a <em>multi-tile video</em>: planes at fixed depths, cut into tiles, of
 * which only those that show something are kept and only those that move have frames of their own.
 * It loops, and can be seen from new places.
 *
 * <table>
 * <caption>The way of a scene</caption>
 * <tr><th>step</th><th>class</th></tr>
 * <tr><td>cut own videos into clips, find poses</td>
 *   <td>{@link org.stereo4d.videoloop.data.ClipSplitter}, {@link
 *   org.stereo4d.videoloop.data.ColmapCommand}, {@link org.stereo4d.videoloop.data.ColmapPoses}</td></tr>
 * <tr><td>read a folder</td><td>{@link org.stereo4d.videoloop.data.SceneFolder}</td></tr>
 * <tr><td>train both stages</td><td>{@link org.stereo4d.videoloop.LoopTrainer}</td></tr>
 * <tr><td>keep the result</td><td>{@link org.stereo4d.videoloop.tile.MtvFile}</td></tr>
 * <tr><td>render</td><td>{@link org.stereo4d.videoloop.render.MtvRenderer}</td></tr>
 * <tr><td>show in a browser</td><td>{@link org.stereo4d.videoloop.export.ViewerExport}, {@link
 *   org.stereo4d.videoloop.export.ViewerServer}</td></tr>
 * <tr><td>measure</td><td>{@link org.stereo4d.videoloop.metric.LoopMetrics}</td></tr>
 * <tr><td>loop a single video</td><td>{@link org.stereo4d.videoloop.flat.FlatLoop}</td></tr>
 * </table>
 *
 * <p>The method is that of Ma, Li, Liao, Sander: 3D Video Loops from Asynchronous Input, CVPR 2023,
 * arXiv 2303.05312. Each package lists where it departs from the paper or its code, and why.
 */
@NullMarked
package org.stereo4d.videoloop;

import org.jspecify.annotations.NullMarked;

'use strict';
// Tracks in 3D. Data: a JSON element beside the canvas with base64 arrays, see TrackViewer.
(function () {
  const POINT_VERTEX = `
    attribute vec3 place; attribute vec4 color; uniform mat4 clipFromWorld; uniform float size;
    varying vec4 shown;
    void main() { gl_Position = clipFromWorld * vec4(place, 1.0);
      gl_PointSize = clamp(size / gl_Position.w, 1.5, 9.0); shown = color; }`;
  const FRAGMENT = `
    precision mediump float; varying vec4 shown; void main() { gl_FragColor = shown; }`;

  function bytes(text) {
    const raw = atob(text);
    const out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  }

  function compile(gl) {
    const program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, POINT_VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
  }

  function multiply(a, b) {
    const out = new Float32Array(16);
    for (let c = 0; c < 4; c++) for (let r = 0; r < 4; r++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[4 * k + r] * b[4 * c + k];
      out[4 * c + r] = sum;
    }
    return out;
  }

  function start(root) {
    const canvas = root.querySelector('canvas');
    const slider = root.querySelector('input[type=range]');
    const play = root.querySelector('button');
    const label = root.querySelector('output');
    const data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    const xyz = new Float32Array(bytes(data.xyz).buffer);
    const seen = bytes(data.visible);
    const rgb = bytes(data.rgb);
    const n = data.tracks, frames = data.frames, poses = data.worldFromCameras;
    const gl = canvas.getContext('webgl', { antialias: true, preserveDrawingBuffer: true });
    const program = gl && compile(gl);
    if (!program) {
      root.querySelector('.fallback').hidden = false;
      canvas.hidden = true;
      return;
    }
    const place = gl.getAttribLocation(program, 'place');
    const color = gl.getAttribLocation(program, 'color');
    const matrix = gl.getUniformLocation(program, 'clipFromWorld');
    const size = gl.getUniformLocation(program, 'size');
    const placeBuffer = gl.createBuffer(), colorBuffer = gl.createBuffer();
    // a little behind and above the first camera, looking at the middle of the points
    const view = { yaw: 0.35, pitch: 0.3, distance: 1.6 * data.side, x: data.center[0], y: data.center[1], z: data.center[2] };
    let playing = false, last = 0, pending = false;

    function clipFromWorld() {
      const aspect = canvas.width / canvas.height, near = 0.01 * data.side, far = 40 * data.side, f = 1.4;
      const projection = new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0,
        0, 0, (far + near) / (near - far), -1, 0, 0, 2 * far * near / (near - far), 0]);
      const cy = Math.cos(view.yaw), sy = Math.sin(view.yaw), cp = Math.cos(view.pitch), sp = Math.sin(view.pitch);
      // world: x right, y down, z forward; screen: y up, looking along -z
      const right = [cy, 0, -sy], up = [-sy * sp, -cp, -cy * sp], back = [-sy * cp, sp, -cy * cp];
      const c = [view.x, view.y, view.z];
      const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      const turn = new Float32Array([right[0], up[0], back[0], 0, right[1], up[1], back[1], 0,
        right[2], up[2], back[2], 0, -dot(right, c), -dot(up, c), -dot(back, c) - view.distance, 1]);
      return multiply(projection, turn);
    }

    function upload(places, colors, mode, count) {
      gl.bindBuffer(gl.ARRAY_BUFFER, placeBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, places.subarray(0, 3 * count), gl.DYNAMIC_DRAW);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 3, gl.FLOAT, false, 0, 0);
      gl.bindBuffer(gl.ARRAY_BUFFER, colorBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, colors.subarray(0, 4 * count), gl.DYNAMIC_DRAW);
      gl.enableVertexAttribArray(color);
      gl.vertexAttribPointer(color, 4, gl.FLOAT, false, 0, 0);
      gl.drawArrays(mode, 0, count);
    }

    const TRAIL = 12;
    const pointPlaces = new Float32Array(3 * n), pointColors = new Float32Array(4 * n);
    const linePlaces = new Float32Array(6 * n * TRAIL + 6 * (8 + frames)), lineColors = new Float32Array(8 * n * TRAIL + 8 * (8 + frames));

    function put(line, a, b, r, g, bl, alpha) {
      linePlaces.set(a, 6 * line); linePlaces.set(b, 6 * line + 3);
      lineColors.set([r, g, bl, alpha, r, g, bl, alpha], 8 * line);
    }

    function camera(t, line, bright) {
      const m = poses[t], k = 0.06 * data.side;
      const at = (x, y, z) => [0, 1, 2].map(r => m[4 * r] * x + m[4 * r + 1] * y + m[4 * r + 2] * z + m[4 * r + 3]);
      const o = at(0, 0, 0), w = k * data.halfWidth, h = k * data.halfHeight;
      const rim = [at(-w, -h, k), at(w, -h, k), at(w, h, k), at(-w, h, k)];
      for (let i = 0; i < 4; i++) {
        put(line++, o, rim[i], 1, 0.85, 0.3, bright);
        put(line++, rim[i], rim[(i + 1) % 4], 1, 0.85, 0.3, bright);
      }
      return line;
    }

    function draw() {
      pending = false;
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const width = Math.max(1, Math.round(canvas.clientWidth * ratio)), height = Math.max(1, Math.round(canvas.clientHeight * ratio));
      if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
      gl.viewport(0, 0, width, height);
      gl.clearColor(0.063, 0.082, 0.11, 1);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.enable(gl.DEPTH_TEST);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      gl.useProgram(program);
      gl.uniformMatrix4fv(matrix, false, clipFromWorld());
      gl.uniform1f(size, 0.012 * height * data.side);
      const t = Number(slider.value);
      let points = 0, line = 0;
      for (let i = 0; i < n; i++) {
        const at = i * frames + t;
        if (!seen[at]) continue;
        const r = rgb[3 * i] / 255, g = rgb[3 * i + 1] / 255, b = rgb[3 * i + 2] / 255;
        pointPlaces.set(xyz.subarray(3 * at, 3 * at + 3), 3 * points);
        pointColors.set([r, g, b, 1], 4 * points++);
        for (let s = Math.max(1, t - TRAIL + 1); s <= t; s++) {
          const to = i * frames + s;
          if (seen[to] && seen[to - 1]) {
            put(line++, xyz.subarray(3 * to - 3, 3 * to), xyz.subarray(3 * to, 3 * to + 3), r, g, b, 0.75 * (1 - (t - s) / TRAIL));
          }
        }
      }
      line = camera(t, line, 1);
      for (let s = 1; s < frames; s++) {
        const a = poses[s - 1], b = poses[s];
        put(line++, [a[3], a[7], a[11]], [b[3], b[7], b[11]], 0.6, 0.65, 0.75, s <= t ? 0.9 : 0.3);
      }
      upload(linePlaces, lineColors, gl.LINES, 2 * line);
      upload(pointPlaces, pointColors, gl.POINTS, points);
      label.textContent = 'frame ' + t + ' of ' + (frames - 1) + ', ' + points + ' points';
      root.dataset.points = String(points);
    }

    function redraw() {
      if (!pending) { pending = true; window.requestAnimationFrame(draw); }
    }

    function tick(now) {
      if (!playing) return;
      if (now - last > 1000 / data.framesPerSecond) {
        last = now;
        slider.value = String((Number(slider.value) + 1) % frames);
        redraw();
      }
      window.requestAnimationFrame(tick);
    }

    function zoom(factor) {
      view.distance = Math.min(20 * data.side, Math.max(0.05 * data.side, view.distance * factor));
      redraw();
    }

    function orbit(dx, dy) {
      view.yaw += dx;
      view.pitch = Math.min(1.5, Math.max(-1.5, view.pitch + dy));
      redraw();
    }

    slider.max = String(frames - 1);
    slider.addEventListener('input', redraw);
    play.addEventListener('click', () => {
      playing = !playing;
      play.textContent = playing ? 'Pause' : 'Play';
      play.setAttribute('aria-pressed', String(playing));
      if (playing) window.requestAnimationFrame(tick);
    });
    const held = new Map();
    canvas.addEventListener('pointerdown', e => { canvas.setPointerCapture(e.pointerId); held.set(e.pointerId, [e.clientX, e.clientY]); });
    canvas.addEventListener('pointerup', e => held.delete(e.pointerId));
    canvas.addEventListener('pointercancel', e => held.delete(e.pointerId));
    canvas.addEventListener('pointermove', e => {
      const from = held.get(e.pointerId);
      if (!from) return;
      const others = [...held].filter(([id]) => id !== e.pointerId);
      if (others.length > 0) {
        const o = others[0][1];
        const before = Math.hypot(from[0] - o[0], from[1] - o[1]), after = Math.hypot(e.clientX - o[0], e.clientY - o[1]);
        if (before > 0 && after > 0) zoom(before / after);
      } else {
        orbit(-0.008 * (e.clientX - from[0]), 0.008 * (e.clientY - from[1]));
      }
      held.set(e.pointerId, [e.clientX, e.clientY]);
    });
    canvas.addEventListener('wheel', e => { e.preventDefault(); zoom(Math.exp(0.001 * e.deltaY)); }, { passive: false });
    canvas.addEventListener('keydown', e => {
      const act = { ArrowLeft: () => orbit(0.08, 0), ArrowRight: () => orbit(-0.08, 0), ArrowUp: () => orbit(0, 0.08),
        ArrowDown: () => orbit(0, -0.08), '+': () => zoom(0.9), '-': () => zoom(1.1), ' ': () => play.click() }[e.key];
      if (act) { e.preventDefault(); act(); }
    });
    window.addEventListener('resize', redraw);
    draw();
  }

  document.querySelectorAll('.viewer').forEach(start);
})();

package org.stereo4d.videoloop.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** The viewer in a real browser. */
class ViewerBrowserTest {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final long READY_SECONDS = 20;

  /** Textures of 8 bits, and 8 bits after each layer. */
  private static final double LEAST_PSNR_DECIBELS = 35;

  private static final int MARGIN = 1; // edges of quads may fall on either side of a pixel
  private static final double MOVED = 1.5; // mean difference of frames where they move, 0..255
  private static final double CLOSE = 1e-6; // rounding of the page's camera
  private static final String PAGE = "?autoplay=0&limit=0&width=96&height=64";

  @TempDir static Path folder;
  private static ViewerServer server;
  private static ChromeDriver browser;
  private static MultiTileVideo video;

  @BeforeAll
  static void open() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        () -> "browser absent: " + BROWSER + " or " + DRIVER);
    video = SmoothVideo.create();
    double fov =
        Math.toDegrees(
            2 * Math.atan(SmoothVideo.CAMERA.centerYPx() / SmoothVideo.CAMERA.focalYPx()));
    ViewerMeta meta =
        new ViewerMeta(
            25, fov, 1, 6, new Vec3(0, -1, 0), new Vec3(0, 0, 3), new Vec3(0.2, 0.2, 0.1));
    new ViewerExport(ExportOptions.DEFAULTS).write(video, meta, folder, Progress.NONE);
    server = ViewerServer.start(folder, 0);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--use-gl=angle",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--window-size=800,600");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .withTimeout(Duration.ofSeconds(30))
            .build();
    browser = new ChromeDriver(service, options);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
    }
  }

  private static void load(String query) throws InterruptedException {
    browser.get(server.address() + query);
    long end = System.nanoTime() + READY_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end) {
      Object state = browser.executeScript("return window.mtvViewer && mtvViewer.error;");
      assertThat(state).isNull();
      if (Boolean.TRUE.equals(browser.executeScript("return mtvViewer.ready;"))) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the page was not ready within " + READY_SECONDS + " s");
  }

  private static byte[] pixels(int frame) {
    Object text =
        browser.executeScript(
            "mtvViewer.setFrame("
                + frame
                + "); let s = '';"
                + "for (const b of mtvViewer.readPixels()) s += String.fromCharCode(b);"
                + "return btoa(s);");
    return java.util.Base64.getDecoder().decode((String) text);
  }

  private static void noErrors() {
    List<LogEntry> entries = browser.manage().logs().get(LogType.BROWSER).getAll();
    assertThat(entries.stream().filter(e -> e.getLevel().intValue() >= Level.SEVERE.intValue()))
        .isEmpty();
  }

  @Test
  void page_everyFrame_equalsTheOfflineRenderer() throws Exception {
    load(PAGE);
    assertThat(browser.executeScript("return mtvViewer.frameCount;"))
        .isEqualTo((long) SmoothVideo.FRAMES);
    List<ByteImage> offline = new MtvRenderer(video).loop(SmoothVideo.CAMERA, Rigid3.IDENTITY);
    List<ByteImage> asViewer =
        new MtvRenderer(video, true).loop(SmoothVideo.CAMERA, Rigid3.IDENTITY);
    for (int t = 0; t < SmoothVideo.FRAMES; t++) {
      byte[] page = pixels(t);
      assertThat(psnr(page, offline.get(t))).isGreaterThanOrEqualTo(LEAST_PSNR_DECIBELS);
      assertThat(psnr(page, asViewer.get(t))).isGreaterThanOrEqualTo(LEAST_PSNR_DECIBELS);
    }
    noErrors();
  }

  @Test
  void page_nextFrame_movesOnlyWhereTilesMove() throws Exception {
    load(PAGE);
    byte[] first = pixels(0);
    byte[] second = pixels(1);
    assertThat(difference(first, second, 4, 30)).isZero();
    assertThat(difference(first, second, 60, 92)).isGreaterThan(MOVED);
  }

  @Test
  void page_movedCamera_equalsTheOfflineRenderer() throws Exception {
    load(PAGE);
    double fov =
        Math.toDegrees(
            2 * Math.atan(SmoothVideo.CAMERA.centerYPx() / SmoothVideo.CAMERA.focalYPx()));
    browser.executeScript(
        "mtvViewer.setCamera([0.1, -0.05, 0.02], [0.1, -0.05, 3], [0, -1, 0], " + fov + ");");
    Rigid3 cameraFromWorld = new Rigid3(Rigid3.IDENTITY.rotation(), new Vec3(-0.1, 0.05, -0.02));
    ByteImage offline = new MtvRenderer(video).loop(SmoothVideo.CAMERA, cameraFromWorld).get(2);
    assertThat(psnr(pixels(2), offline)).isGreaterThanOrEqualTo(LEAST_PSNR_DECIBELS);
    noErrors();
  }

  @Test
  void page_keysAndMouse_playStepOrbitAndReset() throws Exception {
    load(PAGE);
    WebElement canvas = browser.findElement(By.id("view"));
    canvas.sendKeys(".");
    assertThat(browser.executeScript("return mtvViewer.frame;")).isEqualTo(1L);
    canvas.sendKeys(" ");
    assertThat(browser.executeScript("return mtvViewer.isPlaying();")).isEqualTo(true);
    canvas.sendKeys(" ");
    Object before = browser.executeScript("return mtvViewer.camera().position;");
    canvas.sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.executeScript("return mtvViewer.camera().position;")).isNotEqualTo(before);
    canvas.sendKeys("r");
    assertThat(browser.executeScript("return mtvViewer.camera().position;")).isEqualTo(before);
    new Actions(browser)
        .moveToElement(canvas)
        .clickAndHold()
        .moveByOffset(20, 8)
        .release()
        .perform();
    assertThat(browser.executeScript("return mtvViewer.camera().position;")).isNotEqualTo(before);
    byte[] plain = pixels(0);
    browser.findElement(By.id("tiles")).click();
    assertThat(difference(plain, pixels(0), 4, 92)).isGreaterThan(MOVED);
    noErrors();
  }

  @Test
  void page_oneFinger_orbitsAroundTheTarget() throws Exception {
    load(PAGE);
    List<Double> before = camera("position");
    double reach = distance(before, camera("target"));
    PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
    browser.perform(List.of(drag(finger, 40, 30, 62, 38)));
    assertThat(camera("position")).isNotEqualTo(before);
    assertThat(distance(camera("position"), camera("target"))).isCloseTo(reach, within(CLOSE));
    noErrors();
  }

  @Test
  void page_twoFingersApart_comeCloser() throws Exception {
    load(PAGE);
    double before = distance(camera("position"), camera("target"));
    PointerInput left = new PointerInput(PointerInput.Kind.TOUCH, "left");
    PointerInput right = new PointerInput(PointerInput.Kind.TOUCH, "right");
    browser.perform(List.of(drag(left, 44, 32, 20, 32), drag(right, 52, 32, 76, 32)));
    double closer = distance(camera("position"), camera("target"));
    assertThat(closer).isLessThan(0.95 * before);
    browser.perform(List.of(drag(left, 20, 32, 44, 32), drag(right, 76, 32, 52, 32)));
    assertThat(distance(camera("position"), camera("target"))).isGreaterThan(closer);
    noErrors();
  }

  private static Sequence drag(PointerInput finger, int fromX, int fromY, int toX, int toY) {
    PointerInput.Origin page = PointerInput.Origin.viewport();
    Duration move = Duration.ofMillis(80);
    return new Sequence(finger, 0)
        .addAction(finger.createPointerMove(Duration.ZERO, page, fromX, fromY))
        .addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()))
        .addAction(finger.createPointerMove(move, page, (fromX + toX) / 2, (fromY + toY) / 2))
        .addAction(finger.createPointerMove(move, page, toX, toY))
        .addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
  }

  private static List<Double> camera(String part) {
    Object values = browser.executeScript("return mtvViewer.camera()." + part + ";");
    return ((List<?>) values).stream().map(v -> ((Number) v).doubleValue()).toList();
  }

  private static double distance(List<Double> a, List<Double> b) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += (a.get(i) - b.get(i)) * (a.get(i) - b.get(i));
    }
    return Math.sqrt(sum);
  }

  @Test
  void page_missingFile_saysWhichInThePage() throws Exception {
    browser.get(server.address() + "?dataurl=nothing");
    Object error = null;
    for (int n = 0; n < 100 && error == null; n++) {
      Thread.sleep(50);
      error = browser.executeScript("return window.mtvViewer && mtvViewer.error;");
    }
    assertThat(String.valueOf(error)).contains("nothing/meta.json");
    assertThat(browser.findElement(By.id("message")).isDisplayed()).isTrue();
    browser.manage().logs().get(LogType.BROWSER);
  }

  @Test
  void server_pathsOutside_areNotServed() throws Exception {
    Path secret = Files.writeString(folder.getParent().resolve("secret.txt"), "secret");
    HttpClient client = HttpClient.newHttpClient();
    Map<String, Integer> expected =
        Map.of(
            "meta.json",
            200,
            "",
            200,
            "%2e%2e/" + secret.getFileName(),
            404,
            "dynamic/..%2f..%2f" + secret.getFileName(),
            404,
            "absent.png",
            404);
    for (Map.Entry<String, Integer> entry : expected.entrySet()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.address() + entry.getKey())).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(entry.getKey()).isEqualTo(entry.getValue());
      assertThat(answer.body()).isNotEqualTo("secret");
    }
    Files.delete(secret);
  }

  private static double psnr(byte[] page, ByteImage offline) {
    double sum = 0;
    int count = 0;
    for (int y = MARGIN; y < offline.height() - MARGIN; y++) {
      for (int x = MARGIN; x < offline.width() - MARGIN; x++) {
        for (int c = 0; c < 3; c++) {
          double d = (page[4 * (y * offline.width() + x) + c] & 0xff) - offline.at(x, y, c);
          sum += d * d;
          count++;
        }
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * count / Math.max(1e-9, sum));
  }

  /** Mean difference within some columns. */
  private static double difference(byte[] a, byte[] b, int left, int right) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      int x = i / 4 % SmoothVideo.SIZE.width();
      if (x >= left && x < right) {
        sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        count++;
      }
    }
    return sum / count;
  }
}

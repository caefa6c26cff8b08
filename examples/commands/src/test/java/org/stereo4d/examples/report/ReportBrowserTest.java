package org.stereo4d.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.Tracks3d;

/** The page in a browser: it draws, obeys, and complains about nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportBrowserTest {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final int FRAMES = 10;

  @TempDir static Path folder;
  private ChromeDriver browser;

  @BeforeAll
  void open() throws IOException {
    assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        "needs /usr/bin/chromium and /usr/bin/chromedriver");
    Path page = write();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu-sandbox",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--disable-dev-shm-usage",
        "--window-size=1000,1200");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(service, options);
    browser.get(page.toUri().toString());
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  /** Points that march to the right while the camera walks ahead. */
  private Path write() throws IOException {
    int n = 60;
    float[] xyz = new float[3 * n * FRAMES];
    boolean[] visible = new boolean[n * FRAMES];
    byte[] rgb = new byte[3 * n];
    List<Rigid3> poses = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      poses.add(new Rigid3(Rotation3.IDENTITY, new Vec3(0, 0, 0.05 * t)));
    }
    for (int i = 0; i < n; i++) {
      rgb[3 * i] = (byte) 230;
      rgb[3 * i + 1] = (byte) (4 * i);
      for (int t = 0; t < FRAMES; t++) {
        int k = i * FRAMES + t;
        visible[k] = (i + t) % 7 != 0;
        xyz[3 * k] = i % 8 * 0.2f - 0.8f + 0.08f * t;
        xyz[3 * k + 1] = i / 8 * 0.2f - 0.7f;
        xyz[3 * k + 2] = 2;
      }
    }
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(64, 48), 60);
    ByteImage picture = ByteImage.create(view.size(), 3);
    picture.set(3, 4, 0, 200);
    return new HtmlPage("A <test> & its \"page\"", "of everything a page can hold")
        .section("Summary")
        .cards(Map.of("frames", FRAMES, "share", 0.5))
        .table(List.of("what", "value"), List.of(List.of("a", 1.5), List.of("b", "missed")))
        .section("Pictures")
        .picture("a picture", picture)
        .plot(
            "a histogram",
            SvgPlot.histogram("h", "px", new float[] {1, 2, Float.NaN, 9}, new double[] {0, 4}))
        .plot(
            "lines",
            SvgPlot.lines(
                "l",
                "frames",
                new double[] {0, 2},
                List.of(new SvgPlot.Line("<one>", new double[] {1, Double.NaN, 3}))))
        .plot("bars", SvgPlot.bars("b", "s", List.of("x", "y"), new double[] {1, Double.NaN}))
        .section("Tracks")
        .viewer(new TrackViewer(Tracks3d.wrap(FRAMES, xyz, visible, rgb), poses, view, 10))
        .record("numbers", Map.of("nan", Double.NaN))
        .write(folder);
  }

  private WebElement find(String css) {
    return browser.findElement(By.cssSelector(css));
  }

  private String drawing() {
    return find(".viewer canvas").getScreenshotAs(OutputType.BASE64);
  }

  private void settle() throws InterruptedException {
    Thread.sleep(150);
  }

  @Test
  void page_anyAction_logsNothing() throws InterruptedException {
    find(".viewer button").click();
    settle();
    find(".viewer button").click();
    List<String> complaints =
        Stream.of(browser.manage().logs().get(LogType.BROWSER).getAll())
            .flatMap(List::stream)
            .map(LogEntry::getMessage)
            .filter(message -> !message.contains("GL Driver Message"))
            .toList();
    assertThat(complaints).isEmpty();
  }

  @Test
  void viewer_start_drawsPointsOfManyColours() throws IOException {
    assertThat(Integer.parseInt(find(".viewer").getDomAttribute("data-points"))).isPositive();
    byte[] png = find(".viewer canvas").getScreenshotAs(OutputType.BYTES);
    var image = ImageIO.read(new ByteArrayInputStream(png));
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colors.add(image.getRGB(x, y));
      }
    }
    assertThat(colors).hasSizeGreaterThan(30);
  }

  @Test
  void slider_moved_changesPixels() throws InterruptedException {
    WebElement slider = find(".viewer input");
    slider.sendKeys(Keys.HOME);
    settle();
    String before = drawing();
    slider.sendKeys(Keys.END);
    settle();
    assertThat(drawing()).isNotEqualTo(before);
    assertThat(find(".viewer output").getText()).startsWith("frame 9 of 9");
  }

  @Test
  void keyboard_reachesAndTurnsTheView() throws InterruptedException {
    WebElement canvas = find(".viewer canvas");
    ((JavascriptExecutor) browser).executeScript("arguments[0].focus()", canvas);
    assertThat(browser.switchTo().activeElement()).isEqualTo(canvas);
    String before = drawing();
    canvas.sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_UP);
    settle();
    assertThat(drawing()).isNotEqualTo(before);
    // the rest is reached with the tab key alone
    canvas.sendKeys(Keys.TAB);
    assertThat(browser.switchTo().activeElement().getTagName()).isEqualTo("button");
    browser.switchTo().activeElement().sendKeys(Keys.TAB);
    assertThat(browser.switchTo().activeElement().getTagName()).isEqualTo("input");
  }

  @Test
  void page_phoneWidth_needsNoSidewaysScroll() throws InterruptedException {
    Dimension wide = browser.manage().window().getSize();
    try {
      browser.manage().window().setSize(new Dimension(500, 800)); // the least a window can be
      ((JavascriptExecutor) browser)
          .executeScript("document.documentElement.style.width = '360px'");
      settle();
      Long needed =
          (Long)
              ((JavascriptExecutor) browser)
                  .executeScript("return document.querySelector('main').scrollWidth");
      assertThat(needed).isLessThanOrEqualTo(360);
    } finally {
      ((JavascriptExecutor) browser).executeScript("document.documentElement.style.width = ''");
      browser.manage().window().setSize(wide);
    }
  }

  @Test
  void page_text_isEscaped() {
    assertThat(browser.getTitle()).isEqualTo("A <test> & its \"page\"");
    assertThat(find("h1").getText()).isEqualTo("A <test> & its \"page\"");
    assertThat(folder.resolve("report.json")).exists();
  }
}

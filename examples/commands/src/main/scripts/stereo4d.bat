@echo off
rem Starts stereo4d from any folder. JAVA_HOME chooses the Java, STEREO4D_OPTS adds options to it.
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_FOLDER=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME:"=%\bin\java"
set "VERSION="
set "MORE="
rem The shell that for starts takes away the outer pair of quotes.
for /f "tokens=3" %%v in ('""%JAVA%" -version 2^>^&1 ^| findstr /i version"') do if not defined VERSION set "VERSION=%%~v"
if not defined VERSION (
  echo stereo4d needs Java 17 or newer; set JAVA_HOME or put java on the path 1>&2
  exit /b 1
)
for /f "delims=.-+" %%v in ("%VERSION%") do set "VERSION=%%v"
if %VERSION% LSS 17 (
  echo stereo4d needs Java 17 or newer, this is version %VERSION% 1>&2
  exit /b 1
)
if %VERSION% GEQ 24 set "MORE=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
"%JAVA%" --add-modules jdk.incubator.vector %MORE% %STEREO4D_OPTS% -cp "%HOME_FOLDER%\lib\*" org.stereo4d.examples.Stereo4d %*
exit /b %ERRORLEVEL%

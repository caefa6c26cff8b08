@echo off
rem Starts stereo4d from any folder. JAVA_HOME chooses the Java, STEREO4D_OPTS adds options to it.
setlocal
set "HOME_FOLDER=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "MORE="
for /f "tokens=3" %%v in ('"%JAVA%" -version 2^>^&1 ^| findstr /i "version"') do set "VERSION=%%~v"
for /f "delims=." %%v in ("%VERSION%") do if %%v GEQ 24 set "MORE=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
"%JAVA%" --add-modules jdk.incubator.vector %MORE% %STEREO4D_OPTS% -cp "%HOME_FOLDER%\lib\*" org.stereo4d.examples.Stereo4d %*
exit /b %ERRORLEVEL%

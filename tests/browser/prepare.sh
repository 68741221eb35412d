#!/bin/sh
# Chromium, Chinese fonts, a second SVG renderer and unzip for the browser tests: installed where this may be done, else
# said in one line.
has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn file)" ]; }
has_renderer() { command -v rsvg-convert >/dev/null; }
has_unzip() { command -v unzip >/dev/null; }
if has_browser && has_font && has_renderer && has_unzip; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium, Chinese fonts, a second SVG renderer and unzip for the browser tests (Debian packages)"
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    chromium fontconfig fonts-noto-cjk fonts-dejavu-core librsvg2-bin unzip || echo "Not all of it could be installed: browser tests will be skipped."
else
  echo "No Chromium, Chinese font, rsvg-convert or unzip, and no right to install them: browser tests will be skipped."
fi

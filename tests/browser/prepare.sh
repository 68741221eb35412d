#!/bin/sh
# Chromium, Chinese fonts and a second SVG renderer for the browser tests: installed where this may be done, else said in one line.
has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn file)" ]; }
has_renderer() { command -v rsvg-convert >/dev/null; }
if has_browser && has_font && has_renderer; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium, Chinese fonts and a second SVG renderer for the browser tests (Debian packages)"
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    chromium fontconfig fonts-noto-cjk fonts-dejavu-core librsvg2-bin || echo "Chromium and Chinese fonts could not be installed: the browser tests will be skipped."
else
  echo "No Chromium or no Chinese font, and no right to install them: the browser tests will be skipped."
fi

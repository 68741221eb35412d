#!/bin/sh
# Chromium, Chinese fonts, a second SVG renderer and unzip for the browser tests, nginx for those of what serves the
# public: installed where this may be done, else said in one line.
has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn file)" ]; }
has_renderer() { command -v rsvg-convert >/dev/null; }
has_unzip() { command -v unzip >/dev/null; }
has_nginx() { command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; } # no place for programs of ordinary users
if has_browser && has_font && has_renderer && has_unzip && has_nginx; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium, Chinese fonts, a second SVG renderer, unzip and nginx for the tests (Debian packages)"
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    chromium fontconfig fonts-noto-cjk fonts-dejavu-core librsvg2-bin unzip nginx || echo "Not all of it could be installed: tests will be skipped."
else
  echo "No Chromium, Chinese font, rsvg-convert, unzip or nginx, and no right to install them: tests will be skipped."
fi

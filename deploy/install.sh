#!/bin/sh
# Makes a service of the program in /opt/jangkau: account, settings, units, TLS. Called by `make service HOST=name` as root;
# a second time it brings the units up to date and keeps settings, the site of Caddy, and data.
set -eu
host=${1:?"HOST=name that leads to this machine"}
here=$(dirname "$0")
fill() { sed "s/@HOST@/$host/g" "$1"; }

id jangkau >/dev/null 2>&1 || useradd --system --home-dir /var/lib/jangkau --shell /usr/sbin/nologin jangkau
install -d -m 0700 -o jangkau -g jangkau /var/lib/jangkau /var/lib/jangkau/backups
install -d -m 0750 -g jangkau /etc/jangkau
[ -e /etc/jangkau/jangkau.env ] || { fill "$here/jangkau.env" >/etc/jangkau/jangkau.env.new
  chmod 0640 /etc/jangkau/jangkau.env.new
  chgrp jangkau /etc/jangkau/jangkau.env.new
  mv /etc/jangkau/jangkau.env.new /etc/jangkau/jangkau.env; }
install -m 0644 "$here"/jangkau-*.service "$here"/jangkau-*.timer /etc/systemd/system/
install -m 0755 "$here/jangkau" /usr/local/bin/jangkau
"$here/../.venv/bin/python" -m compileall -q "$here/../src"  # the service may not write there
if [ -d /etc/caddy ]; then
  [ -e /etc/caddy/jangkau.caddy ] || fill "$here/Caddyfile" >/etc/caddy/jangkau.caddy
  grep -qs '^import jangkau.caddy$' /etc/caddy/Caddyfile || echo 'import jangkau.caddy' >>/etc/caddy/Caddyfile
fi
systemctl is-enabled -q jangkau-web.service 2>/dev/null || jangkau init
systemctl daemon-reload
systemctl enable --now jangkau-web.service jangkau-worker.service jangkau-backup.timer
! [ -d /etc/caddy ] || systemctl reload-or-restart caddy

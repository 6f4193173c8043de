#!/usr/bin/env python3
"""Takes Alertmanager's webhook at POST /alerts, gives back at GET /alerts all that came, and counts it at GET /metrics."""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MOST = 1000
KEPT = """# HELP receiver_calls Calls of Alertmanager's webhook that are kept.
# TYPE receiver_calls gauge
receiver_calls {}
"""
received = []


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/metrics":
            return self.answer(200, KEPT.format(len(received)), "text/plain; version=0.0.4")
        self.answer(200 if self.path == "/alerts" else 404, json.dumps(received))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            call = json.loads(body)
        except ValueError as wrong:
            return self.answer(400, json.dumps({"error": str(wrong)}))
        received.append(call)
        del received[:-MOST]
        for alert in call.get("alerts", []):
            print(json.dumps({"status": alert.get("status"), "labels": alert.get("labels")}))
        self.answer(200, "{}")

    def answer(self, status, body, kind="application/json"):
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Alerts are worth a line, requests are not."""


ThreadingHTTPServer(("", 9095), Receiver).serve_forever()

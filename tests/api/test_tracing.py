"""OpenTelemetry: `leerbrug serve` sends its spans to a collector over OTLP; they say what answered, and of nobody."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from leerbrug.api.tracing import trace
from leerbrug.errors import InputError
from leerbrug.graph.releases import Release
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from ..servers import free_port


class Collector(BaseHTTPRequestHandler):
    """Takes in what an exporter sends (OTLP over HTTP with protobuf)."""

    received: list[ExportTraceServiceRequest]

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        assert self.path == "/v1/traces"
        self.received.append(ExportTraceServiceRequest.FromString(content))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def collector() -> Iterator[str]:
    Collector.received = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_spans_reach_a_collector_and_name_nobody(collector: str, sample_release: Release, tmp_path: Path) -> None:
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector, "LEERBRUG_LOG": "1", "LEERBRUG_BURST": "7", "LEERBRUG_RATE": "1"}
    command = [str(Path(sys.executable).with_name("leerbrug")), "serve", "--port", str(port)]
    command += ["--data", str(sample_release.folder.parent), "--database", f"sqlite:///{tmp_path / 'boek.sqlite'}"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **told})
        try:
            answer = _first(f"{home}/v1/kwalificaties?q=geheimewens", process)
            assert answer.headers["RateLimit-Limit"] == "7000", "a setting of the environment, a thousandfold from here"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    spans = [
        (span, {one.key: one.value.string_value for one in resource.resource.attributes})
        for request in Collector.received
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    (span, resource) = next(pair for pair in spans if pair[0].name == "GET /v1/kwalificaties")
    assert resource["service.name"] == "leerbrug"
    attributes = {one.key: one.value for one in span.attributes}
    assert attributes["http.route"].string_value == "/v1/kwalificaties"
    assert attributes["http.status_code"].int_value == 200
    for secret in ("geheimewens", "127.0.0.1", "toetsklant"):
        assert secret not in str(span)
        assert f'"{secret}' not in (tmp_path / "log").read_text("utf-8")
    assert '"route":"kwalificaties"' in (tmp_path / "log").read_text("utf-8").replace('": ', '":')


def _first(url: str, process: subprocess.Popen[bytes]) -> httpx.Response:
    """The first answer of a server that begins."""
    for _ in range(600):
        assert process.poll() is None
        try:
            return httpx.get(
                url, timeout=30, headers={"User-Agent": "toetsklant", "Authorization": "Bearer geheimewens"}
            )
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


def test_without_the_extra_or_with_another_exporter_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    trace(FastAPI(), {})
    with pytest.raises(InputError, match="http/protobuf"):
        trace(_app(), {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})
    with pytest.raises(InputError, match="http/protobuf"):
        trace(_app(), {"OTEL_TRACES_EXPORTER": "zipkin"})
    monkeypatch.setitem(sys.modules, "opentelemetry.instrumentation.fastapi", None)
    with pytest.raises(InputError, match=r"pip install leerbrug\[otel\]"):
        trace(_app(), {"OTEL_TRACES_EXPORTER": "console"})


def _app() -> FastAPI:
    app = FastAPI()
    app.state.endings = []
    return app

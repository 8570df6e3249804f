"""OpenTelemetry, an extra: `pip install leerbrug[otel]`; switched on by the environment variables of its standard.

A span says which route answered, how and how long: never who asked, what was searched for, or a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from ..errors import InputError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

SWITCHES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER")
"""Any of these switches tracing on; OTEL_SDK_DISABLED=true and OTEL_TRACES_EXPORTER=none switch it off."""

TOLD = frozenset(
    "http.method http.request.method http.scheme url.scheme http.flavor network.protocol.version "
    "http.route http.status_code http.response.status_code".split()
)
"""The attributes of a request that name nobody; all others are emptied, also those that a later version adds."""


def wanted(environ: Mapping[str, str]) -> bool:
    """Whether the environment asks for traces.

    >>> wanted({}), wanted({"OTEL_TRACES_EXPORTER": "console"}), wanted({"OTEL_TRACES_EXPORTER": "none"})
    (False, True, False)
    """
    disabled = environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    return not disabled and environ.get("OTEL_TRACES_EXPORTER") != "none" and any(map(environ.get, SWITCHES))


def trace(app: FastAPI, environ: Mapping[str, str]) -> None:
    """Send a span of every request where the environment says. Raises InputError where the extra is not installed."""
    if not wanted(environ):
        return
    try:
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
        from opentelemetry.metrics import NoOpMeterProvider
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise InputError("Het extra 'otel' is niet geïnstalleerd.", remedy="pip install leerbrug[otel]") from error
    named = environ.get("OTEL_SERVICE_NAME") or "service.name=" in environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    provider = TracerProvider(resource=Resource.create({} if named else {"service.name": "leerbrug"}))
    provider.add_span_processor(BatchSpanProcessor(_exporter(environ)))
    FastAPIInstrumentor.instrument_app(
        app,
        server_request_hook=_anonymous,
        tracer_provider=provider,
        meter_provider=NoOpMeterProvider(),
        exclude_spans=["receive", "send"],
    )
    app.state.endings.append(provider.shutdown)


def _exporter(environ: Mapping[str, str]) -> SpanExporter:
    """The exporter that the environment names. Raises InputError for one that this extra does not bring."""
    protocol = environ.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or environ.get("OTEL_EXPORTER_OTLP_PROTOCOL")
    match environ.get("OTEL_TRACES_EXPORTER", "otlp"):
        case "console":
            from opentelemetry.sdk.trace.export import ConsoleSpanExporter

            return ConsoleSpanExporter()
        case "otlp" if protocol in (None, "", "http/protobuf"):
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            return OTLPSpanExporter()
        case other:
            raise InputError(
                f"OpenTelemetry {other} {protocol or ''} is hier niet mogelijk.".replace("  ", " "),
                remedy="Kies otlp over http/protobuf, of console.",
            )


def _anonymous(span: Span, _scope: dict[str, Any]) -> None:
    """Empty what names a person, an address or a search."""
    for name in getattr(span, "attributes", None) or ():
        if name not in TOLD:
            span.set_attribute(name, "")

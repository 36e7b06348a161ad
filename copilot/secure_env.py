"""Settings of the process that must hold before any heavy package is imported.

Analytics, tracing and hub downloads are off; the checkpointer unpacks plain values only;
files are made private. `secure_env()` is the first call of every entry point.
"""

import os

_FIXED = {
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGGRAPH_STRICT_MSGPACK": "true",
    "LANGSMITH_TRACING": "false",
    "OTEL_SDK_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}
_DROPPED = ("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY", "LANGSMITH_ENDPOINT", "HF_TOKEN")


def secure_env() -> None:
    """Set the process up so that nothing leaves it unasked; safe to call again."""
    os.environ.update(_FIXED)
    for name in _DROPPED:
        os.environ.pop(name, None)
    os.umask(0o077)

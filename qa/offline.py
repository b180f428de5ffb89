"""Switches that keep every library silent on the network; they work only when set before the library is imported.

`qa/__init__.py` calls `silence()` first of all. Each switch was seen to work (or to be needed) with strace:

- onnxruntime, which chromadb requires, looks up its maker's host from the first session on; only
  `ORT_DISABLE_TELEMETRY` set before the import stops it.
- Gradio looks up hosts when the page is launched.
- Hugging Face libraries ask the hub for newer files of a model that is already on disk.
- LangChain sends traces when a tracing variable is set for another project on the same machine.
"""

import os

__all__ = ["SWITCHES", "silence"]

SWITCHES = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}


def silence() -> None:
    """Set every switch that the user has not set otherwise."""
    for name, value in SWITCHES.items():
        os.environ.setdefault(name, value)

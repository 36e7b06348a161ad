"""Gradio's theme with the system's own fonts; colours and spacing stand in static/page.css."""

from __future__ import annotations

from typing import Any


def own_theme() -> Any:
    """A theme that loads no font and leaves colours to our style sheet."""
    import gradio as gr

    text = [gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")]
    fixed = [gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")]
    return gr.themes.Base(font=text, font_mono=fixed, primary_hue="teal", neutral_hue="stone")

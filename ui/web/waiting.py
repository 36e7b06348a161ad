"""The plain page shown for the seconds until the real one is there."""

from __future__ import annotations

from html import escape


def waiting_page(practice: str, style: str) -> str:
    """A page that asks every moment whether the real one is ready, then opens it."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Payer Copilot</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" type="image/svg+xml" href="/look/mark.svg">'
        f'<link rel="stylesheet" href="{escape(style)}">'
        '<script src="/look/waiting.js" defer></script></head>'
        '<body class="waiting"><div class="brand"><strong>Payer Copilot</strong>'
        f"<small>{escape(practice)}</small></div>"
        '<p role="status" id="waiting">Opening the workspace</p>'
        '<progress aria-label="Opening"></progress></body></html>'
    )

"""The headers of every response, and the one page of Gradio's made fit for them."""

from __future__ import annotations

import re
import secrets

HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_DROPPED = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*/>|<link rel="manifest"[^>]*>')
_SCRIPT = re.compile(r"<script(?=[\s>])")


def new_nonce() -> str:
    """A word that marks the inline scripts of one response as ours."""
    return secrets.token_urlsafe(16)


def content_policy(nonce: str | None = None) -> str:
    """The content security policy: this origin only, no eval, inline scripts by nonce only.

    Inline styles stay allowed: Gradio's components set them.
    """
    scripts = f"script-src 'self' 'nonce-{nonce}'" if nonce else "script-src 'self'"
    return "; ".join(
        (
            "default-src 'self'",
            scripts,
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def fitted(page: str, nonce: str, head: str) -> str:
    """Gradio's page with our head in it, its scripts marked, its outside addresses taken out.

    Gradio writes its configuration with every `<` escaped, so each script tag in the page
    is one of its template's.
    """
    page = _DROPPED.sub("", page)
    page = page.replace("</head>", f"{head}</head>", 1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', page)

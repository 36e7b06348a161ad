"""The inputs of a model under its answer: a slider and a number for each, as one small form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.views.clean import words


def inputs_form(
    inputs: Sequence[Mapping[str, Any]], first: Mapping[str, str], finding: str, place: str
) -> str:
    """The form of one finding's inputs.

    inputs: name, label, value, unit, least, most, step as texts. first: the values that the
    answer began with, empty while nothing was moved. place: "/inputs/THREAD/TURN".
    """
    key = place.strip("/").replace("/", "-") + f"-{finding}"
    changed = {name: old for name, old in first.items() if _now(inputs, name) not in ("", old)}
    rows = "".join(_row(each, changed.get(str(each["name"])), key) for each in inputs)
    back = ""
    if changed:
        old = "".join(f' data-first-{words(name)}="{words(v)}"' for name, v in changed.items())
        back = (
            f'<button type="button" class="plain" data-first-inputs{old}>As first answered</button>'
        )
    return (
        f'<details class="inputs" open data-inputs="{words(place)}"'
        f' data-finding="{words(finding)}">'
        "<summary>Move an input, and the answer follows</summary>"
        f'<div class="input-rows" role="group" aria-label="Inputs of this model">{rows}</div>'
        f'<div class="actions">{back}</div><p class="said-here" aria-live="polite"></p></details>'
    )


def _now(inputs: Sequence[Mapping[str, Any]], name: str) -> str:
    return next((str(each["value"]) for each in inputs if each["name"] == name), "")


def _row(each: Mapping[str, Any], old: str | None, key: str) -> str:
    """The slider, and beside it the number, which may lie beyond the slider's ends."""
    name, label, unit = words(each["name"]), words(each["label"]), str(each["unit"])
    value = words(each["value"])
    ends = f'min="{words(each["least"])}" max="{words(each["most"])}" step="{words(each["step"])}"'
    said = f"{label}, in {'percent' if unit == '%' else words(unit)}" if unit else label
    was = f' <span class="was">was {words(old)}</span>' if old is not None else ""
    sign = f'<span class="unit" aria-hidden="true">{words(unit)}</span>'
    return (
        f'<div class="input-row"><label for="{key}-{name}">{label}{was}</label>'
        f'<input type="range" id="{key}-{name}" name="{name}" {ends} value="{value}">'
        f'<span class="number"><input type="number" name="{name}" step="any" inputmode="decimal"'
        f' aria-label="{said}, as a number" value="{value}">{sign}</span></div>'
    )

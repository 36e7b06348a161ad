"""A plain mail-merge letter, as the thing that a text has to be better than.

One form a kind of text, in the words that practices copy from one another; the payer, the
practice and the percentage are filled in, and nothing else is known.
"""

from __future__ import annotations

import re

from evals.scenarios.cases import Scenario, data
from evals.scenarios.letter_text import Text

PRACTICE = "Sagebrush Family Medicine (sample)"


def merged(scenario: Scenario, text: Text) -> Text:
    """The form filled in for a scenario, to be judged beside the product's text.

    The user's message counts as understood, and no number of the form is unsupported: it
    repeats the user's own.
    """
    forms = data("mail_merge")
    form = forms.get(scenario.stage) or forms[scenario.kind]
    said = " ".join(text.said)
    percent = re.findall(r"\d+(?:\.\d+)?%", said)
    fill = {
        "payer": scenario.payer,
        "practice": PRACTICE,
        "percent": (percent or ["an increase"])[-1],
    }
    return Text(
        kind=text.kind,
        subject=form["subject"].format(**fill),
        body=form["body"].format(**fill),
        today=text.today,
        payer=scenario.payer,
        said=text.said,
        before=text.before,
        profile=text.profile,
        papers=text.papers,
    )

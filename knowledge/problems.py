"""What can go wrong, sorted by who must act.

BadInput: the user gave something that cannot be used and can mend it.
MoreNeeded: one thing is missing that the user can say; it is asked for, with choices.
NotKnown: nobody has the answer yet; it is shown as a caveat, never filled in.
Anything else that is raised is a defect of ours.
"""

from collections.abc import Mapping


class BadInput(Exception):
    """Something the user gave cannot be used: where it stands, what is wrong, what to do.

    The three parts are whole clauses without a final stop; `str()` is one sentence
    fit to be shown. None of them may hold patient data.
    """

    def __init__(self, where: str, what: str, do: str) -> None:
        super().__init__(where, what, do)
        self.where = where
        self.what = what
        self.do = do

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.do}."


class MoreNeeded(BadInput):
    """A tool lacks one argument that only the user can give.

    argument: its name among the tool's arguments; question: how it is asked for; choices:
    answers to choose from, in words that would do as a reply; held: arguments that the tool
    must be given again with the reply.
    """

    def __init__(
        self,
        where: str,
        argument: str,
        question: str,
        choices: tuple[str, ...],
        held: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(where, question.rstrip("?.") + " is not said", "say it")
        self.argument = argument
        self.question = question
        self.choices = choices
        self.held = dict(held or {})

    def __str__(self) -> str:
        return f"{self.where}: {self.question}"


class NotKnown(Exception):
    """An answer that our tables or the user's files do not hold.

    `what` is missing, `why` says the reason, `do` names the one thing that would give it.
    """

    def __init__(self, what: str, why: str = "", do: str = "") -> None:
        super().__init__(what, why, do)
        self.what = what
        self.why = why
        self.do = do

    def __str__(self) -> str:
        return "; ".join(part for part in (self.what, self.why, self.do) if part) + "."

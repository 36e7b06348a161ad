"""Everything a review finds in one payer's papers, each point priced where the data tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents.document import Document
from knowledge.playbook_files import Playbook
from knowledge.terms.family import terms_in_force
from tools.papers.term_entries import Entry
from tools.practice import Practice
from tools.reviewing.held import clause_issues, law_issues, paper_issues, term_issues
from tools.reviewing.issue import Issue
from tools.reviewing.worth import worth_of


def reviewed(
    practice: Practice, payer: str, documents: Sequence[Document], book: Playbook
) -> tuple[list[Entry], list[Issue]]:
    """The terms in force of a payer's papers, and every position held against them."""
    terms = terms_in_force(documents)
    own = [Entry(payer, practice.payers.short_name(payer), term) for term in terms]
    found = [
        *term_issues(own, book, practice),
        *clause_issues(payer, documents, terms, book, practice),
        *paper_issues(payer, documents, practice),
        *law_issues(payer, terms, practice.payers.line_of_business(payer), practice),
    ]
    return own, [_priced(each, practice) for each in found]


def _priced(issue: Issue, practice: Practice) -> Issue:
    """The issue with its dollars where it raises an alarm and the data tell them."""
    if not issue.alarm:
        return issue
    return replace(issue, worth=worth_of(practice, issue.entry.payer, issue.entry.term))

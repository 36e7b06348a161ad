"""The errors the page and the command line show, as they are raised below."""

from knowledge.problems import BadInput, NotKnown

__all__ = ["BadInput", "NotKnown"]

"""The end of a letter: who signs it, from the practice's profile and nothing else."""

from __future__ import annotations

from copilot.drafting.wording import capital
from copilot.settings import Profile


def signature(profile: Profile, signer: str = "") -> str:
    """Name, role, practice and how to reach it, one below the other; empty fields left out.

    signer: a name the user gave for this draft, in place of the profile's.
    """
    name = signer or profile.signature
    role = "" if signer and signer != profile.signature else profile.role
    lines = [", ".join((name, role)) if name and role else name or capital(role)]
    lines.append(profile.name)
    lines.append(" | ".join(part for part in (profile.phone, profile.email) if part))
    return "  \n".join(line for line in lines if line)

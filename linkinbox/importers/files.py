"""Which files an export holds, and what each of them is to us.

The list of names is the union of what real exports between 2018 and 2026 held.
"""

from __future__ import annotations

import re

SUBJECTS = {  # in the order they are imported: who one is and knows, before what came in
    "profile": "profile",
    "emailaddresses": "emails",
    "positions": "positions",
    "connections": "connections",
    "endorsementreceivedinfo": "endorsements",
    "recommendationsreceived": "recommendations",
    "invitations": "invitations",
    "messages": "messages",
}
TOLD_TWICE = frozenset({"endorsements"})  # by some exports, once more in UTF-16 and with blanks in the name
_NOT_NEEDED_NAMES = """
    accountstatushistory adtargeting adsclicked causesyoucareabout certifications comments companyfollows
    contacts courses duolingo education endorsementgiveninfo events hashtagfollows
    honors importedcontacts inferencesaboutyou instantreposts jobapplicantsavedanswers
    jobapplicantsavedscreeningquestionresponses jobapplications jobseekerpreferences savedjobs
    lanadsengagement languages learning learningcoachmessages logins memberhashtags memberfollows notes
    onlinejobpostings organizations phonenumbers privateidentityasset profilesummary projects publications
    reactions receipts receiptsv2 recommendationsgiven registration reviews richmedia
    saveditems savedjobalerts searchqueries securitychallenges providers shares skills testscores
    verifications verifiedexternalcapability videos volunteering votes whatsappphonenumbers coachmessages
    guidemessages learningroleplaymessages
"""
_NOT_NEEDED = frozenset(_NOT_NEEDED_NAMES.split())
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def normalised(name: str) -> str:
    """A file's or a column's name without case, blanks, underscores and hyphens."""
    return re.sub(r"[\s_-]+", "", name.casefold())


def shown_name(name: str) -> str:
    """A name from a file system with what is no UTF-8 in it replaced: it is shown and stored, never opened."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def base_name(path: str) -> str:
    """The last part of a member's path, whichever way its slashes lean."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def subject_of(path: str) -> str | None:
    """What a file is about, by its whole base name; None when it is none of the files that are read.

    ``guide_messages.csv`` and three others end in "messages.csv" too and are never taken for it.
    """
    stem, ending = _stem(path)
    return SUBJECTS.get(normalised(stem)) if ending == ".csv" else None


def is_not_needed(path: str) -> bool:
    """Whether a file is known and of no use to an inbox."""
    name = base_name(path).casefold()
    if name in _SYSTEM_FILES or path.startswith("__MACOSX/"):
        return True
    stem, ending = _stem(path)
    if ending == ".html":
        return "articles/" in path.casefold()
    plain = normalised(stem)
    # Long tables come in numbered parts: "Job Applications_2.csv".
    return ending == ".csv" and (plain in _NOT_NEEDED or plain.rstrip("0123456789") in _NOT_NEEDED)


def _stem(path: str) -> tuple[str, str]:
    """Base name and ending, without a browser's " (1)" and a member id ("Comments_12345678.csv")."""
    name = base_name(path)
    stem, dot, ending = name.rpartition(".")
    stem = re.sub(r"\s*\(\d+\)$", "", stem)
    return re.sub(r"_\d{5,}$", "", stem), (dot + ending).casefold()

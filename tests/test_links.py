import json
import os
import random
import re
import stat
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.errors import LinkinboxError
from linkinbox.links import INVITATION_MANAGER, open_in_browser, openable
from tests.hostile import HOSTILE

ANA = "https://www.linkedin.com/in/ana-ruiz"


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        (ANA, ANA),
        (f"{ANA}/", f"{ANA}/"),
        ("http://www.linkedin.com/in/ana-ruiz", ANA),
        ("HTTPS://WWW.LinkedIn.com/in/ana-ruiz", ANA),
        ("https://linkedin.com/in/ana-ruiz", "https://linkedin.com/in/ana-ruiz"),
        ("https://fr.linkedin.com/in/ana-ruiz/en-us", "https://fr.linkedin.com/in/ana-ruiz/en-us"),
        ("https://www.linkedin.com/in/josé-núñez", "https://www.linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez"),
        ("https://www.linkedin.com/in/jos%c3%a9", "https://www.linkedin.com/in/jos%C3%A9"),
        ("https://www.linkedin.com/in/陳大文", "https://www.linkedin.com/in/%E9%99%B3%E5%A4%A7%E6%96%87"),
        (f"{ANA}?trk=eml-x&otpToken=secret#top", ANA),
        (f"{ANA}#:~:text=x", ANA),
        ("https://www.linkedin.com/in/ACoAABcDe-F_g", "https://www.linkedin.com/in/ACoAABcDe-F_g"),
        ("https://www.linkedin.com/comm/in/ana?midToken=x", "https://www.linkedin.com/comm/in/ana"),
        ("https://www.linkedin.com/pub/ana/1/2/3", "https://www.linkedin.com/pub/ana/1/2/3"),
        ("https://www.linkedin.com/company/acme/about/", "https://www.linkedin.com/company/acme/about/"),
        ("https://www.linkedin.com/school/eth", "https://www.linkedin.com/school/eth"),
        ("https://www.linkedin.com/messaging/", "https://www.linkedin.com/messaging/"),
        ("https://www.linkedin.com/messaging/thread/2-YWJj==/", "https://www.linkedin.com/messaging/thread/2-YWJj==/"),
        (
            "https://www.linkedin.com/messaging/compose/?recipient=ana&trk=x",
            "https://www.linkedin.com/messaging/compose/?recipient=ana",
        ),
        (INVITATION_MANAGER, INVITATION_MANAGER),
        (f"{INVITATION_MANAGER}received/", f"{INVITATION_MANAGER}received/"),
        (
            "https://www.linkedin.com/mypreferences/d/download-my-data",
            "https://www.linkedin.com/mypreferences/d/download-my-data",
        ),
    ],
)
def test_linkedins_pages_can_be_opened(url, opened):
    assert openable(url) == opened
    assert openable(opened) == opened


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "   ", "/in/ana", "www.linkedin.com/in/ana", "//linkedin.com/in/ana", "https:linkedin.com/in/ana"),
        *(
            "https://linkedin.com",
            "https://linkedin.com/",
            "https://www.linkedin.com/in",
            "https://www.linkedin.com/in/",
        ),
        *(
            "https://xlinkedin.com/in/a",
            "https://linkedin.com.evil.example/in/a",
            "https://evil.example/linkedin.com/in/a",
        ),
        *("https://linkedin.com@evil.example/in/a", "https://ana:x@linkedin.com/in/a", "https://@linkedin.com/in/a"),
        *("https://linkedin.com:443/in/a", "https://linkedin.com:/in/a", "https://www.linkedin.com./in/a"),
        *("https://a.b.linkedin.com/in/a", "https://evil.linkedin.com/in/a", "https://m.linkedin.com/in/a"),
        *(
            "https://línkedin.com/in/a",
            "https://lınkedin.com/in/a",
            "https://ＬＩＮＫＥＤＩＮ.com/in/a",
            "https://lin\u212aedin.com/in/a",
        ),
        *(
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://linkedin.com/in/a",
            "data:text/html,x",
            "-remote",
            "--help",
        ),
        *("https://linkedin.com/in/a b", "https://linkedin.com/in/a\n", "https://linkedin.com/in/a\r\nx", " " + ANA),
        *("https://linkedin.com/in/a\x1b[2J", "https://linkedin.com/in/a\0", "https://linkedin.com/in/a\u202e"),
        *("https://linkedin.com\\@evil.example/in/a", "https:\\\\linkedin.com/in/a", "https://linkedin.com/in\\..\\x"),
        *("https://linkedin.com/in/../redir", "https://linkedin.com/in/%2e%2e/redir", "https://linkedin.com/in/a/./b"),
        *("https://linkedin.com/in/%2e./x", "https://linkedin.com/in/a%2fb", "https://linkedin.com/in/a%5cb"),
        *("https://linkedin.com/in/a%0d%0aX", "https://linkedin.com/in/a%00", "https://linkedin.com/in/a%20b"),
        *("https://linkedin.com/in/%252e%252e/x", "https://linkedin.com/in/%ff", "https://linkedin.com/in/a%E2%80%AE"),
        *("https://linkedin.com//in/a", "https://linkedin.com/in//a", "https://linkedin.com/in/a;x=y"),
        *(
            "https://linkedin.com/redir/redirect?url=evil",
            "https://linkedin.com/uas/logout",
            "https://linkedin.com/IN/a",
        ),
        "https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/1/sharedKey/x/",
        "https://www.linkedin.com/comm/people/invite-accept?invitationId=1&sharedKey=x",
        "https://www.linkedin.com/mynetwork/invite-accept/1",
        "https://www.linkedin.com/messaging/thread/1/leave",
        ANA + "a" * 2_000,
        *HOSTILE.values(),
    ],
    ids=lambda url: ascii(url)[:50],
)
def test_nothing_else_can(url):
    assert openable(url) is None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_slug_opens_nothing_or_a_profile(text):
    opened = openable(f"https://www.linkedin.com/in/{text}")
    assert opened is None or re.fullmatch(r"https://www\.linkedin\.com/in/[!-~]+", opened)


def test_a_recipient_said_twice_is_dropped():
    assert (
        openable("https://linkedin.com/messaging/compose?recipient=a&recipient=b")
        == "https://linkedin.com/messaging/compose"
    )


PIECES = """
https:// http:// // / \\ @ : :443 . .. %2e %2f %5c %0a %25 % ? # ; & - -- = ' $(id) linkedin.com www.linkedin.com
LinkedIn.com fr. evil.example linkedin.com.evil.example /in/ /comm/in/ /pub/ /company/ /messaging/thread/ /messaging/compose
/mynetwork/ /redir/ invite-accept ana é 漢 recipient=x otpToken=x
"""
UNPRINTED = [" ", "\t", "\r\n", "\x1b", "\0", "\u202e", "\u200b", "\u3164", "\ud800"]
SECTIONS = {"in", "comm", "pub", "company", "school", "messaging", "mynetwork", "mypreferences"}


def is_harmless(opened: str) -> bool:
    split = urlsplit(opened)
    segments = split.path.split("/")
    return (
        opened.isascii()
        and opened.isprintable()
        and not set(opened) & set(" \\\"'`$();&<>|@")
        and re.fullmatch(r"https://([a-z]{2,3}\.)?linkedin\.com/.+", opened) is not None
        and segments[1] in SECTIONS
        and segments[1:3] != ["comm", "mynetwork"]
        and not {".", ".."} & set(map(unquote, segments))
        and "otpToken" not in split.query
        and openable(opened) == opened
    )


def test_of_5000_made_up_addresses_only_pages_of_linkedin_pass():
    chance = random.Random(7)
    pieces = [*PIECES.split(), *UNPRINTED]
    starts = ["", "https://", "https://linkedin.com", "http://www.linkedin.com/in/ana"]
    made_up = [chance.choice(starts) + "".join(chance.choices(pieces, k=chance.randint(1, 6))) for _ in range(5_000)]
    passed = [opened for url in made_up if (opened := openable(url))]
    assert all(map(is_harmless, passed))
    assert 50 < len(passed) < 1_000


@given(st.text())
def test_any_slug_opens_nothing_or_a_page_of_linkedin(slug):
    opened = openable(f"https://linkedin.com/in/{slug}")
    assert opened is None or is_harmless(opened)


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A browser that notes its arguments; returns a function that waits for them."""
    noted = tmp_path / "noted.json"
    script = tmp_path / "my browser"
    script.write_text(
        f"#!{sys.executable}\nimport json, os, sys\nprint('noise')\n"
        f"open({str(noted) + '~'!r}, 'w').write(json.dumps(sys.argv[1:]))\nos.replace({str(noted) + '~'!r}, {str(noted)!r})\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", f"no-such-browser-here{os.pathsep}'{script}' --new-tab")

    def arguments() -> list[str]:
        for _ in range(500):
            if noted.exists():
                return json.loads(noted.read_text())
            time.sleep(0.02)
        pytest.fail("the browser was not started")

    return arguments


def test_the_users_browser_gets_the_page_as_one_argument(browser, capfd):
    open_in_browser("http://www.linkedin.com/in/josé?trk=x")
    assert browser() == ["--new-tab", "https://www.linkedin.com/in/jos%C3%A9"]
    assert capfd.readouterr() == ("", "")


def test_the_page_goes_where_the_user_wants_it(browser, monkeypatch):
    monkeypatch.setenv("BROWSER", os.environ["BROWSER"] + " %s --private")
    open_in_browser(ANA)
    assert browser() == ["--new-tab", ANA, "--private"]


def test_what_is_no_page_of_linkedin_is_never_opened(browser):
    with pytest.raises(LinkinboxError, match="none of LinkedIn's pages"):
        open_in_browser("https://evil.example/")


@pytest.mark.parametrize("configured", ["", "no-such-browser-here", "'open quote"])
def test_without_a_browser_it_says_what_to_do(tmp_path, monkeypatch, configured):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BROWSER", configured)
    with pytest.raises(LinkinboxError) as refusal:
        open_in_browser(ANA)
    assert "BROWSER" in refusal.value.hint


def test_a_browser_that_does_not_start_is_told(tmp_path, monkeypatch):
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(broken))
    with pytest.raises(LinkinboxError, match="did not start"):
        open_in_browser(ANA)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.importers.sponsored import spinmail_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hello</p><p>World</p>", "Hello\nWorld"),
        ("One<br>Two<br/>Three<BR />Four", "One\nTwo\nThree\nFour"),
        ("<ul><li>One</li><li>Two</li></ul>Three", "One\nTwo\n\nThree"),
        ("a&nbsp;b &amp; &rsquo;c&lsquo; &lt;d&gt;", "a\xa0b & ’c‘ <d>"),
        ("<strong>Very</strong> <em>good</em>", "Very good"),
        ('<a href="https://example.com/?a=1&amp;b=2">Book</a>', "Book (https://example.com/?a=1&b=2)"),
        ("<a href='https://example.com'>https://example.com</a>", "https://example.com"),
        ('<a href="https://example.com"></a>', "https://example.com"),
        ("<a>no target</a>", "no target"),
        ("<p>Seen<style>p {}</style><script>if (a < b) alert('<p>x</p>')</script>!</p>", "Seen!"),
        ("Hi %FIRSTNAME%, greetings from %COMPANYNAME%", "Hi %FIRSTNAME%, greetings from %COMPANYNAME%"),
        ("<!-- unseen -->3 < 4 and <3", "3 < 4 and <3"),
        ("<p> Hello </p><p> </p><p></p><p> World </p>", "Hello\n\nWorld"),
        ("<p>unclosed", "unclosed"),
        ("<![foo[", "<![foo["),
    ],
)
def test_a_campaigns_html_becomes_text(html, text):
    assert spinmail_text(html) == text


@given(st.text(alphabet="<>/pab&; '\"=!-\n", max_size=80))
def test_no_html_breaks_the_reader(html):
    assert len(spinmail_text(html)) <= len(html)

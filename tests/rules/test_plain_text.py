"""Text stays text: nothing that people write becomes markup, and they read again what they wrote."""

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules.plain_text import as_typed, disarm, holds_markup, means_the_same

HOSTILE = (
	'"<img src=x onerror=a()>"',
	'["<svg onload=a()>"]',
	"<img src=x onerror=a()",
	"&lt;img src=x onerror=a()&gt;",
	"&amp;lt;img src=x onerror=a()&amp;gt;",
	"&#60;img&#x20;src=x onerror=a()>",
	"&#x26;#x3C;script>",
	"&ltscript>a()</script>",
	"<&#105;mg src=x onerror=a()>",
	"<!--<img>-->",
	"</p><?xml?>",
	"‹<b>",
	"a < b and c > d",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_becomes_markup_however_often_it_is_decoded(text):
	kept = disarm(text)
	for _ in range(4):
		assert not re.search(r"<[A-Za-z/!?]|<[^>]*>", kept)
		kept = html.unescape(kept)


@pytest.mark.parametrize(
	"text", ["spesa < 5.000", "A&B", "<3", "a >= b", "R&D &c.", "5 &lt; 6", "Lavoro&notizie", ""]
)
def test_what_is_no_markup_is_kept_as_it_is(text):
	assert disarm(text) == text


def test_what_was_typed_is_read_again():
	assert as_typed(disarm("rete <Nodo> & <b>figli</b>")) == "rete <Nodo> & <b>figli</b>"
	assert as_typed("rete &lt;Nodo&gt;") == "rete <Nodo>" and disarm("rete <Nodo>") == "rete ‹Nodo›"
	assert as_typed(5) == 5


def test_a_text_kept_before_means_the_same():
	for text in ('"<img src=x>"', "rete &lt;Nodo&gt; &amp; figli", "&amp;lt;b"):
		assert means_the_same(text, disarm(text))
	assert not means_the_same("rete <Nodo>", "rete <Nudo>")
	assert means_the_same([1], [1]) and not means_the_same("1", None)


@given(st.text(alphabet="<>&;#lt amp60x3cG/!‹›\"'b"))
def test_disarmed_twice_is_disarmed_once(text):
	kept = disarm(text)
	assert disarm(kept) == kept and not holds_markup(html.unescape(kept))


def test_entities_are_decoded_six_times_and_no_more():
	six, seven = ("&" + "amp;" * number + "lt;b>" for number in (5, 6))
	assert disarm(six) == "‹b›" and disarm(seven) == seven


@pytest.mark.timed
def test_entities_upon_entities_cost_no_time():
	begun = time.perf_counter()
	disarm("&" + "amp;" * 200_000 + "lt;b>")
	disarm("<" * 200_000)
	assert time.perf_counter() - begun < 2

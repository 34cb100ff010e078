"""Sites from before the front page get it, unless they have a first page of their own."""

from rtc_conciliation.setup.front_page import keep_own_home_page


def execute():
	keep_own_home_page()

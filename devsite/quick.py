"""For the tests alone: what core works out anew with each request is kept. The answers are the same."""

import gc
import os
from functools import lru_cache

import sqlparse
from jinja2 import Environment

from devsite.tools import PLAIN


def keep_what_is_worked_out() -> None:
	if os.environ.get(PLAIN):
		return
	compile_each_template_once()
	parse_each_field_once()
	look_for_garbage_seldom()


def read_settings_each_time() -> None:
	"""Version 16 reads a site's settings once a minute; tests change them."""
	from frappe import config

	if hasattr(config, "_cached_get_site_config"):
		config._cached_get_site_config = config._get_site_config


def compile_each_template_once() -> None:
	"""Core has a Jinja environment for each request, and compiles each template in it."""
	translate, known = Environment.compile, {}

	def compile(self, source, *arguments, **options):
		key = (type(self), source, arguments, tuple(options.items()))
		if not isinstance(source, str):
			return translate(self, source, *arguments, **options)
		if key not in known:
			known[key] = translate(self, source, *arguments, **options)
		return known[key]

	Environment.compile = compile


def parse_each_field_once() -> None:
	"""Core parses the name of every field that it reads as SQL, the same few hundred again and again."""
	sqlparse.format = lru_cache(maxsize=10_000)(sqlparse.format)


def look_for_garbage_seldom() -> None:
	"""What is imported and cached by now stays: Python need not go through it again and again."""
	gc.freeze()
	gc.set_threshold(20_000, 20, 50)

from rtc_conciliation import setup
from rtc_conciliation.setup.reference import seed_reference
from rtc_conciliation.setup.roles import ensure_roles


def before_install():
	ensure_roles()


def after_install():
	setup.ensure()
	seed_reference()


def after_migrate():
	setup.ensure()

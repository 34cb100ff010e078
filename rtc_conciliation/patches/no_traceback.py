"""An error's traceback is for the Error Log: this site had the setting of before."""

from rtc_conciliation.install import tell_guests_no_traceback


def execute() -> None:
	tell_guests_no_traceback()

from rtc_conciliation.portal import profile


def get_context(context):
	profile.show(context)

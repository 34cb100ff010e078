from rtc_conciliation.portal import application


def get_context(context):
	application.show(context)

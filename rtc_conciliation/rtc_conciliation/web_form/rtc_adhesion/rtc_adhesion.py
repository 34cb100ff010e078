from rtc_conciliation.portal import adhesion


def get_context(context):
	adhesion.show(context)

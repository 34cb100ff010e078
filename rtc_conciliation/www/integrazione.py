from rtc_conciliation.portal import integration

no_cache = 1
sitemap = 0


def get_context(context):
	integration.show(context)

from rtc_conciliation.portal import questions

no_cache = 1
sitemap = 0


def get_context(context):
	questions.show(context)

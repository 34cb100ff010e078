// The form is drawn by public/js/rtc_web_form.bundle.js; see rtc_conciliation/common/web/page.py.

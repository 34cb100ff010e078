"""The form is drawn by common/web/form_page.py, from what network/adhesion_form.py says; core asks for this module."""

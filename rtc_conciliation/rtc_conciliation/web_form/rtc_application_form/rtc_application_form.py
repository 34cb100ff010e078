"""The form is drawn by portal/form_page.py, from what portal/application.py says; core asks for this module."""

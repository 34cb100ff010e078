"""The form is drawn by portal/form_page.py, from what portal/adhesion.py says; core asks for this module."""

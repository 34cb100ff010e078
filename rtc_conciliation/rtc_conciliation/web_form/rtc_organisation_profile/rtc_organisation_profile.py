"""The form is drawn by portal/form_page.py, from what portal/profile.py says; core asks for this module."""

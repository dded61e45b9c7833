"""Django's own entry for the web server's threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.config.settings")
application = get_wsgi_application()
